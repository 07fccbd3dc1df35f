"""What a finding points at, in files as they come."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from analyzer.checks import run_checks
from analyzer.config import load_config
from analyzer.model.findings import Finding
from analyzer.model.names import ProjectPath
from analyzer.model.registry import Origin
from analyzer.questions.quoting import quote_findings
from tests.functional.running import analyse_tree

FILES = {
    "app/__init__.py": "",
    "app/orders.py": "\ufeff# Bestellungen\r\n\x0c\r\n    \r\nfrom app import tax  # später\r\n",
    "app/tax.py": "",
}


def test_each_finding_gets_its_line_and_its_record(tmp_path: Path) -> None:
    system = analyse_tree(tmp_path, FILES, A="app/orders.py")
    findings = run_checks(system, load_config(project=tmp_path, file=None), select=["DEP001"])
    (found,) = quote_findings(findings, system=system, project=tmp_path)
    assert (found.path, found.line) == ("app/orders.py", 4)
    # Neither the mark at the beginning nor a form feed is an end of a line.
    assert found.source == "from app import tax  # später"
    assert found.record == Origin(ProjectPath("registry/A.yaml"), 1)
    assert found.fingerprint == findings[0].fingerprint
    assert quote(tmp_path, found, line=1) == "# Bestellungen"


def quote(project: Path, finding: Finding, **place: object) -> str | None:
    system = analyse_tree(project, FILES, A="app/orders.py")
    moved = replace(finding, **place)
    (found,) = quote_findings([moved], system=system, project=project)
    return found.source


def test_what_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    system = analyse_tree(tmp_path, FILES, A="app/orders.py")
    findings = run_checks(system, load_config(project=tmp_path, file=None), select=["DEP001"])
    assert quote(tmp_path, findings[0], line=99) is None
    assert quote(tmp_path, findings[0], line=None) is None
    assert quote(tmp_path, findings[0], path="app/gone.py") is None
    assert quote(tmp_path, findings[0], path="app") is None
    assert quote(tmp_path, findings[0], path="app/\0.py") is None
    (tmp_path / "app/latin.py").write_bytes(b"a = '\xe9\x1b'\n")
    assert quote(tmp_path, findings[0], path="app/latin.py", line=1) == "a = '\ufffd\x1b'"
