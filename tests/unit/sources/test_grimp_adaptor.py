"""The adaptor stands on Grimp below its public API: these fail loudly when Grimp changes."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import grimp
import pytest

from analyzer.model.names import ProjectPath
from analyzer.sources.grimp_adaptor import GrimpScanner, SourceText
from tests.support import ASSETS, edges, scan, write_tree


def test_the_minor_version_is_the_one_that_the_adaptor_was_written_for() -> None:
    assert version("grimp").split(".")[:2] == ["3", "19"]


def test_the_scanner_gives_names_lines_and_texts(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/a.py": "from . import b\nfrom app import b as c\nimport app.b, os\n",
        "app/b.py": "",
    }
    write_tree(tmp_path, files)
    paths = {ProjectPath(path) for path in files}
    scanner = GrimpScanner(project=tmp_path, modules=paths, known_names=["app", "app.b"])
    path = ProjectPath("app/a.py")
    outcome = scanner.scan([SourceText(path, files["app/a.py"].encode())])
    found = sorted((one.line, one.text, one.is_relative, one.path) for one in outcome.imports[path])
    assert found == [
        (1, "from . import b", True, "app/b.py"),
        (2, "from app import b as c", False, None),
        (3, "import app.b, os", False, None),
    ]
    assert outcome.unscanned == ()


def test_new_grammar_is_read_under_any_running_python(tmp_path: Path) -> None:
    code = 'type X = int\nname = t"{1}"\ntry:\n    import b\nexcept A, B:\n    pass\n'
    facts = scan(write_tree(tmp_path, {"a.py": code, "b.py": ""}))
    assert facts.unscanned == ()
    assert edges(facts) == ["a.py:4 b.py conditional"]


def test_a_plain_grimp_graph_leaves_folders_without_init_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A reason for the adaptor; once this fails, Grimp has learnt to do it."""
    monkeypatch.syspath_prepend(str(ASSETS / "no_init"))
    graph = grimp.build_graph("app", cache_dir=None)
    assert len(scan(ASSETS / "no_init").modules) - len(graph.modules) == 3


def test_a_plain_grimp_graph_gives_up_at_the_first_broken_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"brk/__init__.py": "", "brk/a.py": "import brk.b\n", "brk/b.py": "def (:\n"}
    monkeypatch.syspath_prepend(str(write_tree(tmp_path, files)))
    with pytest.raises(grimp.exceptions.SourceSyntaxError):
        grimp.build_graph("brk", cache_dir=None)
    assert edges(scan(tmp_path)) == ["brk/a.py:1 brk/b.py runtime"]
