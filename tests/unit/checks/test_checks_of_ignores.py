"""IGN001, IGN002, and what comments in the code do to the other findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.checks import run_checks
from analyzer.graph.system import System
from analyzer.model.configuration import OFF, Config
from analyzer.model.findings import Finding
from tests.functional.running import analyse_tree

TREE = {
    "analyzer.toml": 'entry-points = ["app/a.py"]\n',
    "app/__init__.py": "",
    "app/a.py": "import app.free\nfrom app import (\n    other,\n)\n",
    "app/free.py": "",
    "app/other.py": "",
}


def analyse(folder: Path, **texts: str) -> System:
    """The tree with other texts: `a="…"` is that of `app/a.py`."""
    files = TREE | {f"app/{name}.py": text for name, text in texts.items()}
    return analyse_tree(folder, files, A="app/a.py")


def shown(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{one.code} {one.path.removeprefix('app/')}:{one.line}" for one in findings]


EVERYTHING = ["DEP001 a.py:1", "DEP001 a.py:2", "REG006 free.py:None", "REG006 other.py:None"]


def test_nothing_is_ignored_without_a_comment(tmp_path: Path) -> None:
    assert shown(run_checks(analyse(tmp_path), Config())) == EVERYTHING


def test_a_finding_is_ignored_on_its_line_and_nowhere_else(tmp_path: Path) -> None:
    text = (
        "import app.free  # analyzer: ignore[DEP001] goes in May\n"
        "from app import (\n    other,  # analyzer: ignore[DEP001,DEP005] soon\n)\n"
        "# analyzer: ignore[DEP001] a comment above is too late, or too early\n"
    )
    found = run_checks(analyse(tmp_path, a=text), Config())
    assert shown(found) == [
        "IGN002 a.py:3",
        "IGN002 a.py:5",
        "REG006 free.py:None",
        "REG006 other.py:None",
    ]
    assert [one.message for one in found[:2]] == [
        "there is no DEP005 on this line; remove the code from the comment",
        "there is no DEP001 on this line; remove the code from the comment",
    ]
    assert (found[0].artifact, found[0].owner) == ("T-SVC-A-001", "team")


def test_a_finding_without_a_line_is_ignored_at_the_top_of_its_file(tmp_path: Path) -> None:
    system = analyse(
        tmp_path,
        free='"""Doc."""\n# analyzer: ignore-file[REG006] generated\n',
        other="x = 1\n# analyzer: ignore-file[REG006] too far down\n",
        a="# analyzer: ignore-file[DEP001] only what has no line\nimport app.free\n",
    )
    found = run_checks(system, Config())
    assert shown(found) == [
        "IGN002 a.py:1",
        "DEP001 a.py:2",
        "REG006 other.py:None",
        "IGN002 other.py:2",
    ]
    assert [one.message for one in found if one.code == "IGN002"] == [
        (
            "this file has no DEP001 without a line; remove the code from the comment, or write "
            "ignore[DEP001] on the line of one"
        ),
        "ignore-file stands below the first statement; move it to the top of the file",
    ]


def test_an_ignore_without_a_reason_works_and_is_a_finding(tmp_path: Path) -> None:
    text = "import app.free  # analyzer: ignore[DEP001]\n"
    found = run_checks(analyse(tmp_path, a=text), Config(), select=["DEP", "IGN"])
    assert shown(found) == ["IGN001 a.py:1"]
    assert found[0].message == "DEP001 is ignored without a reason; say why behind the bracket"
    # The finding does not move with the line, nor is there a comment against it.
    text = f"\n\n{text.rstrip()}  # analyzer: ignore[IGN001] x\n"
    again = run_checks(analyse(tmp_path / "2", a=text), Config(), select=["DEP", "IGN"])
    assert found[0].fingerprint in {one.fingerprint for one in again}


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("# analyzer: ignore", "this ignores nothing: it names no code; write ignore[CODE]"),
        ("# analyzer: ignore[] x", "this ignores nothing: it names no code; write ignore[CODE]"),
        ("# analyzer: ignore[DEP01] x", 'there is no finding code "DEP01"; did you mean "DEP0'),
        ("# analyzer: ignore[DEP] x", '"DEP" is only the beginning of codes; name each code'),
        (
            "# analyzer: ignore[dep001] x",
            'there is no finding code "dep001"; did you mean "DEP001"?',
        ),
        (
            "# analyzer: ignore[no-owner] x",
            'there is no finding code "no-owner"; did you mean "OWN001"?',
        ),
        ("# analyzer: ignore[IGN002] x", "IGN002 cannot be ignored by a comment"),
    ],
)
def test_what_ignores_nothing(comment: str, message: str, tmp_path: Path) -> None:
    found = run_checks(analyse(tmp_path, a=f"import app.free  {comment}\n"), Config())
    assert shown(found)[:2] == ["DEP001 a.py:1", "IGN002 a.py:1"]
    assert found[1].message.startswith(message)


def test_only_what_is_looked_for_is_judged(tmp_path: Path) -> None:
    text = (
        "import app.free  # analyzer: ignore[DEP001] x\n"
        "import app.other  # analyzer: ignore[DEP001,REG006] x\n"
    )
    system = analyse(tmp_path, a=text)
    assert shown(run_checks(system, Config(), select=["IGN"])) == ["IGN002 a.py:2"]
    assert run_checks(system, Config(), select=["DEP"]) == ()
    off = Config(severities={"REG006": OFF})
    assert run_checks(system, off) == ()
    # What a broken file hides may be what its comments are about.
    broken = analyse(tmp_path / "2", a=f"{text}def (:\n")
    assert shown(run_checks(broken, Config(), select=["IGN", "SCN"])) == ["SCN001 a.py:3"]


def test_of_equal_findings_only_those_on_the_line_are_ignored(tmp_path: Path) -> None:
    """The other one keeps the fingerprint that it would have alone."""
    climbing = "from ..... import x{}\nfrom ..... import y\n"
    first = run_checks(analyse(tmp_path / "1", a=climbing.format("")), Config(), select=["SCN"])
    comment = "  # analyzer: ignore[SCN001] never runs"
    second = run_checks(
        analyse(tmp_path / "2", a=climbing.format(comment)), Config(), select=["SCN"]
    )
    assert shown(first) == ["SCN001 a.py:1", "SCN001 a.py:2"]
    assert shown(second) == ["SCN001 a.py:2"]
    assert second[0].fingerprint == first[0].fingerprint
