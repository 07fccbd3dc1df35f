"""Comments in records: which are ignores, and which only look like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.checks import run_checks
from analyzer.model.configuration import Config
from analyzer.model.names import ProjectPath
from analyzer.registry.ignores import find_ignores
from tests.functional.running import analyse_tree, record

RECORD = """\
# analyzer: ignore-file[REG003] top
artifact_id: A-1  # analyzer: ignore[REG005] agreed
name: "quoted # analyzer: ignore[A] no"  # analyzer: ignore[REG001] yes
purpose: >
  A text  # analyzer: ignore[B] no
  # analyzer: ignore[C] no
notes: plain#analyzer:ignore[D] no
list: [a,  # analyzer: ignore[REG002] in a list
  'b # analyzer: ignore[E] no']
# analyzer: ignore-file[REG003] below
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_which_comments_are_ignores(line_end: str) -> None:
    found = find_ignores(ProjectPath("a.yaml"), RECORD.replace("\n", line_end))
    assert [(one.line, one.codes, one.reason, one.is_misplaced) for one in found] == [
        (1, ("REG003",), "top", False),
        (2, ("REG005",), "agreed", False),
        (3, ("REG001",), "yes", False),
        (8, ("REG002",), "in a list", False),
        (10, ("REG003",), "below", True),
    ]


def test_a_broken_file_is_read_up_to_the_mistake() -> None:
    text = "a: 1  # analyzer: ignore[X] y\nb: 2\nc: 'open  # analyzer: ignore[Z] y\n"
    assert [one.line for one in find_ignores(ProjectPath("a.yaml"), text)] == [1]
    assert list(find_ignores(ProjectPath("a.yaml"), "'# analyzer: ignore[X] y")) == []
    assert len(list(find_ignores(ProjectPath("a.yaml"), "# analyzer: ignore[X] y"))) == 1


def test_a_finding_in_a_record_is_ignored_on_its_line(tmp_path: Path) -> None:
    gone = record("T-SVC-G-001", "gone.py")
    path = "registry/G.yaml"
    (before,) = run_checks(analyse_tree(tmp_path / "1", {path: gone}), Config())
    assert (before.code, before.path) == ("REG003", path)
    told = gone.replace("path: gone.py", "path: gone.py  # analyzer: ignore[REG003] comes back")
    assert run_checks(analyse_tree(tmp_path / "2", {path: told}), Config()) == ()
    elsewhere = gone.replace("owner: team", "owner: team  # analyzer: ignore[REG003] comes back")
    found = run_checks(analyse_tree(tmp_path / "3", {path: elsewhere}), Config())
    assert [(one.code, one.line) for one in found] == [("IGN002", 5), ("REG003", before.line)]
