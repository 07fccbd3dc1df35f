"""`analyzer rule`: each finding's code explains itself, and so do the pages made from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analyzer.cli.rules import build_pages, write_pages
from analyzer.model.rules import RULES
from tests.functional.running import ROOT, Invoke, assert_refused
from tests.support import run_cli


@pytest.mark.parametrize("name", ["DEP001", "dep001", "unregistered-dependency", " Dep001 "])
def test_a_rule_by_code_or_name_in_any_case(name: str, tmp_path: Path, invoke: Invoke) -> None:
    """Needs no project: people read it where the finding was shown to them."""
    run = invoke("rule", name, cwd=tmp_path)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(
        "DEP001 unregistered-dependency: code of an artifact imports a module in scope that has "
        "no record.\nSeverity: error, unless the configuration says otherwise.\n\n## What it does\n"
    )
    assert "\n## How to mend\n" in run.out


def test_a_rule_as_json(tmp_path: Path, invoke: Invoke) -> None:
    document = json.loads(invoke("rule", "SCN001", "--format", "json", cwd=tmp_path).out)
    explanation = document.pop("explanation")
    assert document == {
        "schema_version": 1,
        "command": "rule",
        "complete": True,
        "unscanned": [],
        "code": "SCN001",
        "name": "unscanned-file",
        "severity": "warning",
        "summary": "code that could not be read",
    }
    assert explanation.startswith("## What it does\n\nReports each place in the code")


def test_all_rules(tmp_path: Path, invoke: Invoke) -> None:
    lines = invoke("rule", "--all", cwd=tmp_path).out.splitlines()
    assert [line.split()[:3] for line in lines] == [
        [rule.code, rule.default, rule.name] for rule in RULES.values()
    ]
    document = json.loads(invoke("rule", "--all", "--format", "json", cwd=tmp_path).out)
    assert [one["code"] for one in document["rules"]] == list(RULES)


@pytest.mark.parametrize(
    ("arguments", "fragments"),
    [
        (["DEP01"], ['there is no rule "DEP01"; did you mean "DEP001"?']),
        (["dep-cycle"], ['there is no rule "dep-cycle"; did you mean "dependency-cycle"?']),
        (["zzz"], ['there is no rule "zzz"; known are ', "DEP001", "unscanned-file"]),
        ([""], ['there is no rule ""; known are ']),
        ([], ["either CODE or --all"]),
        (["DEP001", "--all"], ["either CODE or --all"]),
    ],
)
def test_what_is_no_rule(
    arguments: list[str], fragments: list[str], tmp_path: Path, invoke: Invoke
) -> None:
    assert_refused(invoke("rule", *arguments, cwd=tmp_path), *fragments)


def test_explaining_needs_no_docstrings(tmp_path: Path) -> None:
    """`python -OO` drops them."""
    run = run_cli("rule", "REG001", cwd=tmp_path, PYTHONOPTIMIZE="2", PYTHONPATH=str(ROOT))
    assert "## Why it matters" in run.out


def test_help_does_not_load_the_checks(tmp_path: Path) -> None:
    run = run_cli("status", "--help", cwd=tmp_path, PYTHONPROFILEIMPORTTIME="1")
    assert "analyzer.cli.app" in run.err
    assert "analyzer.checks" not in run.err


def test_the_pages_are_those_of_the_code() -> None:
    """Else write them anew: `python -m analyzer.cli.rules docs/rules`."""
    folder = ROOT / "docs/rules"
    written = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    assert written == build_pages()


def test_pages_of_rules_that_are_gone_go(tmp_path: Path) -> None:
    (tmp_path / "DEP999.md").touch()
    write_pages(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == set(build_pages())
