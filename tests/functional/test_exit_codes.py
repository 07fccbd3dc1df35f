"""What a CI job sees: the exit codes of the contract."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from analyzer.model.rules import get_rule
from tests.functional.running import Invoke

# The shop as it is: DEP001, DEP005 and REG003 are errors; waves, orphans, REG006 are warnings.
CHECKS = [
    ([], 1, "DEP001 DEP005 DEP006 DEP006 DEP006 ORP002 ORP003 ORP006 REG003 REG006"),
    (["--select", "ORP"], 0, "ORP002 ORP003 ORP006"),
    (["--select", "ORP", "--fail-level", "warning"], 1, "ORP002 ORP003 ORP006"),
    (["--select", "REG"], 1, "REG003 REG006"),
    (["--select", "REG006"], 0, "REG006"),
    (["--select", "REG006", "--fail-level", "warning"], 1, "REG006"),
    (["--select", "REG006", "--fail-level", "info"], 1, "REG006"),
    (["--select", "SCN001", "--fail-level", "info"], 0, ""),
    (["--select", "DEP001,REG006"], 1, "DEP001 REG006"),
    (["--select", "ALL", "--ignore", "DEP,ORP,REG003"], 0, "REG006"),
    (["--select", "DEP", "--ignore", "DEP"], 0, ""),
    (["--ignore", "ALL", "--fail-level", "info"], 0, ""),
]


@pytest.mark.parametrize(("arguments", "code", "codes"), CHECKS)
def test_check(arguments: list[str], code: int, codes: str, shop: Path, invoke: Invoke) -> None:
    run = invoke("check", *arguments, "--format", "json", cwd=shop)
    document = json.loads(run.out)
    assert sorted(one["code"] for one in document["findings"]) == codes.split()
    assert run.code == code
    severities = Counter(one["severity"] for one in document["findings"])
    assert document["summary"] == {
        "error": severities["error"],
        "warning": severities["warning"],
        "info": 0,
        "baselined": 0,
    }


SEVERITIES = [
    ("dependency-cycle", "off", None, 0),
    ("dependency-cycle", "info", "info", 0),
    ("dependency-cycle", "warning", "warning", 0),
    ("DEP005", "warning", "warning", 0),
    ("dependency-cycle", "error", "error", 1),
    ("tests-only", "off", None, 0),
    ("tests-only", "error", "error", 1),
    ("ORP003", "info", "info", 0),
]


@pytest.mark.parametrize(("rule", "severity", "found", "code"), SEVERITIES)
@pytest.mark.parametrize("file", ["analyzer.toml", "pyproject.toml"])
def test_severity_of_a_rule(  # noqa: PLR0917 - a table
    rule: str, severity: str, found: str | None, code: int, file: str, shop: Path, invoke: Invoke
) -> None:
    (shop / "analyzer.toml").unlink()
    prefix = "tool.analyzer." if file == "pyproject.toml" else ""
    text = f'[{prefix}rules.{rule}]\nseverity = "{severity}"\n'
    (shop / file).write_text(text, encoding="utf-8")
    code_of_rule = get_rule(rule).code
    run = invoke("check", "--select", code_of_rule, "--format", "json", cwd=shop)
    findings = json.loads(run.out)["findings"]
    assert [one["severity"] for one in findings] == ([] if found is None else [found])
    assert run.code == code
    # `status` counts what `check` finds.
    everything = json.loads(invoke("check", "--format", "json", cwd=shop).out)["findings"]
    assert [one for one in everything if one["code"] == code_of_rule] == findings
    counted = json.loads(invoke("status", "--format", "json", cwd=shop).out)["findings"]
    severities = Counter(one["severity"] for one in everything)
    assert counted == {level: severities[level] for level in ("error", "warning", "info")}


def test_analyzer_toml_comes_before_pyproject(shop: Path, invoke: Invoke) -> None:
    table = '[tool.analyzer.rules.dependency-cycle]\nseverity = "off"\n'
    (shop / "pyproject.toml").write_text(table, encoding="utf-8")
    assert invoke("check", "--select", "DEP005", cwd=shop).code == 1
    (shop / "analyzer.toml").unlink()
    assert invoke("check", "--select", "DEP005", cwd=shop).code == 0


def test_orphans_fail_only_when_asked(shop: Path, invoke: Invoke) -> None:
    assert invoke("orphans", cwd=shop).code == 0
    assert invoke("orphans", "--fail", cwd=shop).code == 1
    used = shop / "docs/codebase-registry/artifacts/SHP-BE-WKR-RUN-001.yaml"
    assert invoke("--registry", str(used), "orphans", "--fail", cwd=shop).code == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["status"], 0),
        (["show", "SHP-BE-SVC-ORD-001"], 0),
        (["deps", "SHP-BE-SVC-ORD-001"], 0),
        (["why", "app.main", "app.db"], 0),
        (["why", "app.db", "app.main"], 1),
        (["impact", "app.db"], 0),
        (["orphans", "--fail"], 1),
        (["check"], 1),
        (["registry", "list"], 0),
        (["export"], 0),
        (["diagram", "--wave", "1", "--format", "dot"], 0),
    ],
)
def test_require_complete(arguments: list[str], code: int, shop: Path, invoke: Invoke) -> None:
    """3 outweighs 1, and the answer is given all the same."""
    assert invoke(*arguments, "--require-complete", cwd=shop).code == code
    (shop / "backend/app/bad.py").write_text("def (:\n", encoding="utf-8")
    without = invoke(*arguments, cwd=shop)
    assert without.code == code
    run = invoke(*arguments, "--require-complete", cwd=shop)
    assert (run.code, run.out) == (3, without.out)
    assert len(run.out) > 50


def test_what_starts_programs_belongs_to_what_must_be_read(shop: Path, invoke: Invoke) -> None:
    (shop / "compose.yml").write_text("services:\n  a: [\n", encoding="utf-8")
    run = invoke("status", "--require-complete", cwd=shop)
    assert run.code == 3
    assert "compose.yml:3  syntax-error" in run.out


def test_a_wrong_request_outweighs_what_is_incomplete(shop: Path, invoke: Invoke) -> None:
    (shop / "backend/app/bad.py").write_text("def (:\n", encoding="utf-8")
    assert invoke("show", "nothing", "--require-complete", cwd=shop).code == 2


def test_text_says_what_could_not_be_read(shop: Path, invoke: Invoke) -> None:
    for number in range(5):
        (shop / f"backend/app/bad{number}.py").write_text("\ndef (:\n", encoding="utf-8")
    counted = invoke("deps", "SHP-BE-SVC-MAI-001", cwd=shop).out
    assert "Incomplete: 5 places could not be read" in counted
    assert counted.count("syntax-error") == 3
    assert "and 2 more" in counted
    listed = invoke("-v", "deps", "SHP-BE-SVC-MAI-001", cwd=shop).out
    assert listed.count(":2  syntax-error") == 5
    codes = invoke("check", "--select", "SCN", "--fail-level", "warning", cwd=shop)
    assert (codes.code, codes.out.count("SCN001")) == (1, 5)
