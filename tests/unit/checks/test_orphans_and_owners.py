"""ORP002 to ORP006 and OWN001, beside the examples in their explanations."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.checks import run_checks
from analyzer.graph.system import System
from analyzer.model.answers import OrphanReason
from analyzer.model.configuration import OFF, Config
from analyzer.model.rules import RULES
from analyzer.questions.orphans import find_orphans
from tests.functional.running import analyse_tree, record

MAIN = {"main.py": "import a\nif __name__ == '__main__':\n    a.run()\n"}


def messages(system: System, *select: str) -> list[str]:
    return [f"{one.code} {one.message}" for one in run_checks(system, Config(), select=select)]


def test_each_reason_but_one_has_a_code_of_its_own_name() -> None:
    """A missing file is a mistake of the registry, and told as that."""
    named = {rule.name: rule.code for rule in RULES.values()}
    codes = [named[reason.value] for reason in OrphanReason]
    assert codes == ["REG003", "ORP002", "ORP003", "ORP004", "ORP005", "ORP006"]


def test_a_missing_file_is_told_once(tmp_path: Path) -> None:
    system = analyse_tree(tmp_path, {**MAIN, "a.py": ""}, A="a.py", G="gone.py")
    reasons = [one.reason for one in find_orphans(system, find_mentions=lambda _: {}).orphans]
    assert reasons == [OrphanReason.MISSING_FILE]
    assert messages(system, "ORP", "REG003") == ['REG003 no file at "gone.py"']


def test_evidence_place_and_owner(tmp_path: Path) -> None:
    files = {**MAIN, "a.py": "", "tests/test_b.py": "\nimport b\n"}
    system = analyse_tree(tmp_path, files | {"b.py": ""}, B="b.py")
    (finding,) = run_checks(system, Config(), select=["ORP"])
    assert (finding.path, finding.line, finding.owner) == ("b.py", None, "team")
    assert [(one.importer, one.line) for one in finding.chain] == [("tests/test_b.py", 2)]


def test_what_is_likely_or_deprecated_says_so(tmp_path: Path) -> None:
    files = {
        **MAIN,
        "a.py": "",
        "b.py": "",
        "bad.py": "def (:\n",
        "registry/B.yaml": record("T-SVC-B-001", "b.py", status="deprecated"),
    }
    (message,) = messages(analyse_tree(tmp_path, files), "ORP")
    assert message == (
        "ORP002 T-SVC-B-001 is likely an orphan, as its record leads to expect (deprecated): "
        "nothing imports it, and nothing starts it; but 1 file could not be read"
    )


def test_a_fingerprint_does_not_depend_on_doubts_and_importers(tmp_path: Path) -> None:
    files = {**MAIN, "a.py": "", "b.py": "", "tests/test_b.py": "import b\n"}
    before = run_checks(analyse_tree(tmp_path / "1", files, B="b.py"), Config(), select=["ORP"])
    files |= {"tests/test_more.py": "import b\n", "bad.py": "def (:\n"}
    after = run_checks(analyse_tree(tmp_path / "2", files, B="b.py"), Config(), select=["ORP"])
    assert before[0].message != after[0].message
    assert [one.fingerprint for one in before] == [one.fingerprint for one in after]


def test_severity_off_leaves_them_out(tmp_path: Path) -> None:
    system = analyse_tree(tmp_path, {**MAIN, "a.py": "", "b.py": ""}, B="b.py")
    config = Config(severities={"no-importers": OFF})
    assert run_checks(system, config, select=["ORP"]) == ()


@pytest.mark.parametrize("owner", ["", "''", "~", "'  '", None])
def test_no_owner_is_one_finding(owner: str | None, tmp_path: Path) -> None:
    """It is a question of its own, and not a field like others that are missing."""
    whole = record("T-SVC-A-001", "a.py")
    line = "" if owner is None else f"owner: {owner}\n"
    text = whole.replace("owner: team\n", line).replace("purpose: Does its work\n", "")
    system = analyse_tree(tmp_path, {"a.py": "", "registry/A.yaml": text})
    assert messages(system, "OWN", "REG001") == [
        *(["OWN001 owner is missing; every record has one"] if owner is None else []),
        "REG001 purpose is missing; every record has one",
        *([] if owner is None else ["OWN001 owner is missing; every record has one"]),
    ]


def test_an_owner_that_is_no_text_is_an_invalid_record(tmp_path: Path) -> None:
    text = record("T-SVC-A-001", "a.py", owner="[a, b]")
    system = analyse_tree(tmp_path, {"a.py": "", "registry/A.yaml": text})
    assert [one[:6] for one in messages(system, "OWN", "REG001")] == ["REG001"]


def test_a_row_of_a_backlog_document_names_no_owner(tmp_path: Path) -> None:
    """Only where no record stands behind it."""
    backlog = (
        "### Wave 1: One\n\n| File | Artifact ID | Purpose |\n|--|--|--|\n"
        "| `a.py` | T-SVC-A-001 | x |\n| `b.py` | T-SVC-B-001 | x |\n"
    )
    files = {"a.py": "", "b.py": "", "registry/BACKLOG.md": backlog}
    system = analyse_tree(tmp_path, files, A="a.py")
    (finding,) = run_checks(system, Config(), select=["OWN"])
    assert (finding.path, finding.line) == ("registry/BACKLOG.md", 6)
    assert finding.artifact == "T-SVC-B-001"
    assert "no owner: this row is all that registers it" in finding.message
