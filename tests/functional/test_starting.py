"""The first minutes: `--help`, `--version`, `init`, `demo`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from analyzer import __version__
from tests.functional.running import Invoke, assert_refused
from tests.support import copy_asset, run_cli


def test_version_and_help(tmp_path: Path, invoke: Invoke) -> None:
    """Both answer outside of any project."""
    assert invoke("--version", cwd=tmp_path) == run_cli("--version", cwd=tmp_path)
    assert invoke("--version", cwd=tmp_path).out == f"analyzer {__version__}\n"
    help_ = invoke("--help", cwd=tmp_path)
    assert (help_.code, help_.err) == (0, "")
    assert invoke("-h", cwd=tmp_path).out == help_.out
    for word in [
        "init",
        "demo",
        "status",
        "show",
        "deps",
        "why",
        "impact",
        "orphans",
        "check",
        "diagram",
        "registry",
        "export",
    ]:
        assert re.search(rf"^\W*{word}\b", help_.out, re.MULTILINE), word
    for option in ("--project", "--config", "--registry", "--quiet", "--verbose"):
        assert option in help_.out


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("deps", ["--reverse", "--transitive", "--format", "--output", "--require-complete"]),
        ("impact", ["--diff"]),
        ("orphans", ["--fail"]),
        ("check", ["--select", "--ignore", "--fail-level"]),
        ("diagram", ["--wave", "--format"]),
        ("export", ["--level", "artifact", "module", "graphml", "csv"]),
        ("init", ["--force"]),
    ],
)
def test_help_of_a_command(
    command: str, options: list[str], tmp_path: Path, invoke: Invoke
) -> None:
    run = invoke(command, "--help", cwd=tmp_path)
    assert run.code == 0
    assert [option for option in options if option not in run.out] == []


def test_init(tmp_path: Path, invoke: Invoke) -> None:
    project = copy_asset("shop", tmp_path)
    run = invoke("init", cwd=project)
    assert (run.code, run.out) == (0, "")
    assert "found 19 modules and 11 records" in run.err
    file = project / "analyzer.toml"
    written = file.read_text(encoding="utf-8")
    assert tomllib.loads(written) == {"registry": ["docs/codebase-registry"]}
    assert '# roots = ["backend"]' in written
    # With it every answer is the same as without it, and as with the roots that it found.
    status = invoke("status", "--format", "json", cwd=project).out
    file.write_text(written.replace("# roots", "roots"), encoding="utf-8")
    assert invoke("status", "--format", "json", cwd=project).out == status
    # It is never overwritten unasked.
    file.write_text("# mine\n", encoding="utf-8")
    assert_refused(invoke("init", cwd=project), "there already; --force overwrites it")
    assert file.read_text(encoding="utf-8") == "# mine\n"
    assert invoke("init", "--force", cwd=project).code == 0
    assert file.read_text(encoding="utf-8") == written


def test_init_elsewhere(tmp_path: Path, invoke: Invoke) -> None:
    """In a folder that another command names, and where there is no registry yet."""
    project = tmp_path / "new"
    project.mkdir()
    (project / "main.py").touch()
    assert invoke("--project", "new", "init", cwd=tmp_path).code == 0
    assert tomllib.loads((project / "analyzer.toml").read_text(encoding="utf-8")) == {}
    assert '# registry = ["registry"]' in (project / "analyzer.toml").read_text(encoding="utf-8")
    assert invoke("status", cwd=project).code == 0


def test_init_with_a_registry_that_is_named(tmp_path: Path, invoke: Invoke) -> None:
    project = copy_asset("shop", tmp_path)
    location = "docs/codebase-registry/artifacts"
    assert invoke("--registry", location, "init", cwd=project).code == 0
    text = (project / "analyzer.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == {"registry": [location]}


def test_demo(tmp_path: Path, invoke: Invoke) -> None:
    run = invoke("demo", "--output", "pictures", cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    for title in ("status", "orphans", "impact", "check"):
        assert f"$ analyzer {title}" in run.out
    pictures = sorted((tmp_path / "pictures").iterdir())
    assert [file.name for file in pictures] == [f"wave-{wave}.svg" for wave in range(1, 5)]
    for file in pictures:
        assert ET.parse(file).getroot().tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own
        assert f"wrote pictures/{file.name}\n" in run.out
    assert [path.name for path in tmp_path.iterdir()] == ["pictures"]
