"""Findings for reviewdog, in its Reviewdog Diagnostic Format as one document.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

from typing import Any

from analyzer.model.answers import Answer
from analyzer.model.findings import Finding, Severity
from analyzer.model.names import ProjectPath
from analyzer.renderings.findings import Findings, Lines, changed_lines, in_repository, spot_of
from analyzer.renderings.inert import dump_json, printable
from analyzer.renderings.text_parts import link_line

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render_rdjson(answer: Answer[Findings], *, prefix: str = "") -> str:
    """Return the document. reviewdog chooses by the diff itself what it shows."""
    lines = changed_lines(answer.body)
    return dump_json(
        {
            "source": {"name": "analyzer"},
            "diagnostics": [_diagnostic(one, lines, prefix) for one in answer.body.findings],
        }
    )


def _diagnostic(finding: Finding, lines: Lines, prefix: str) -> dict[str, Any]:
    spot = spot_of(finding, lines)
    message = [finding.message]
    if len(finding.chain) > 1:
        message += [link_line(link) for link in finding.chain]
    diagnostic: dict[str, Any] = {
        "message": "\n".join(map(printable, message)),
        "location": _location(spot.path, spot.line, prefix),
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code},
    }
    if finding.record is not None and finding.record.path != spot.path:
        record = _location(finding.record.path, finding.record.line, prefix)
        text = printable(f"record of {finding.artifact}")
        diagnostic["related_locations"] = [{"message": text, "location": record}]
    return diagnostic


def _location(path: ProjectPath, line: int | None, prefix: str) -> dict[str, Any]:
    location: dict[str, Any] = {"path": in_repository(path, prefix)}
    return location if line is None else location | {"range": {"start": {"line": line}}}
