"""`analyzer.config`: where a configuration is looked for, and what it means."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analyzer.config import find_project, load_config
from analyzer.model.configuration import DEFAULT_TESTS
from analyzer.model.errors import AnalyzerError
from analyzer.model.findings import Severity
from tests.support import write_tree

EVERYTHING = """\
registry = ["records"]
roots = [".", "src"]
exclude = ["**/gen/**"]
tests = ["spec/**"]
entry-points = ["src/main.py"]
baseline = "accepted.json"

[scope]
include = ["src/*.py"]
exclude = ["src/x.py"]

[rules.wave-order]
severity = "error"

[rules.DEP005]
severity = "off"
"""
PYPROJECT = "[project]\nname = 'x'\n[tool.analyzer]\n" + EVERYTHING.replace(
    "\n[", "\n[tool.analyzer."
)


def test_no_configuration_at_all(tmp_path: Path) -> None:
    config = load_config(project=tmp_path, file=None)
    assert (config.registry, config.roots, config.tests) == ((), (), DEFAULT_TESTS)
    assert config.scope.include is None
    assert config.severity_of("DEP001") is Severity.ERROR
    assert config.severity_of("REG006") is Severity.WARNING


@pytest.mark.parametrize(
    ("name", "text", "is_named"),
    [
        ("analyzer.toml", EVERYTHING, False),
        ("pyproject.toml", PYPROJECT, False),
        ("pyproject.toml", PYPROJECT, True),
        ("other.toml", EVERYTHING, True),
    ],
)
def test_every_key(name: str, text: str, is_named: bool, tmp_path: Path) -> None:
    write_tree(tmp_path, {name: text, "src/main.py": "", "records/a.yaml": ""})
    config = load_config(project=tmp_path, file=tmp_path / name if is_named else None)
    assert config.registry == ("records",)
    assert config.roots == (".", "src")
    assert config.exclude == ("**/gen/**",)
    assert config.tests == ("spec/**",)
    assert config.entry_points == ("src/main.py",)
    assert config.baseline == "accepted.json"
    assert (config.scope.include, config.scope.exclude) == (("src/*.py",), ("src/x.py",))
    assert config.severity_of("DEP005") == "off"
    assert config.severity_of("DEP001") is Severity.ERROR


def test_which_file_counts(tmp_path: Path) -> None:
    write_tree(tmp_path, {"pyproject.toml": '[tool.analyzer]\nbaseline = "b"\n'})
    write_tree(tmp_path, {"other.toml": 'baseline = "c"\n'})
    assert load_config(project=tmp_path, file=None).baseline == "b"
    write_tree(tmp_path, {"analyzer.toml": 'baseline = "a"\n'})
    assert load_config(project=tmp_path, file=None).baseline == "a"
    assert load_config(project=tmp_path, file=tmp_path / "other.toml").baseline == "c"
    # An empty one counts as well.
    write_tree(tmp_path, {"analyzer.toml": ""})
    assert load_config(project=tmp_path, file=None).baseline == "analyzer-baseline.json"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("analyzer.toml", ""),
        (".git/HEAD", ""),
        (".git", "gitdir: elsewhere\n"),
        ("pyproject.toml", "[tool.analyzer]\n"),
    ],
)
def test_find_project(path: str, text: str, tmp_path: Path) -> None:
    write_tree(tmp_path / "top", {path: text, "a/pyproject.toml": "[tool.x]\n", "a/b/c.py": ""})
    for folder in ("top", "top/a", "top/a/b"):
        assert find_project(tmp_path / folder) == tmp_path / "top"
    # The nearest one counts.
    write_tree(tmp_path, {"top/a/b/analyzer.toml": ""})
    assert find_project(tmp_path / "top/a/b") == tmp_path / "top/a/b"


def test_no_project_anywhere(tmp_path: Path) -> None:
    start = re.escape(str(tmp_path))
    with pytest.raises(AnalyzerError, match=f"^{start}: no project here .*--project DIR$"):
        find_project(tmp_path)


def test_a_file_elsewhere_is_shown_from_the_project(tmp_path: Path) -> None:
    write_tree(tmp_path, {"ci/a.toml": "\n\nroot = []\n", "project/x.py": ""})
    expected = r'^\.\./ci/a\.toml:3: unknown key "root"; did you mean "roots"\?$'
    with pytest.raises(AnalyzerError, match=expected):
        load_config(project=tmp_path / "project", file=tmp_path / "ci/a.toml")


def test_names_of_rules_that_come_later_may_stand_there(tmp_path: Path) -> None:
    names = ["authority-escalation", "label-against-callers", "no-owner", "wave-order"]
    text = "".join(f'[rules.{name}]\nseverity = "info"\n' for name in names)
    write_tree(tmp_path, {"analyzer.toml": text})
    assert sorted(load_config(project=tmp_path, file=None).severities) == names
