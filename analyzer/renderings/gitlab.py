"""Findings as a GitLab code quality report.

The properties that GitLab reads, https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from analyzer.model.answers import Answer
from analyzer.model.findings import Severity
from analyzer.renderings.findings import Findings, changed_lines, in_repository, spot_of
from analyzer.renderings.inert import dump_json, printable

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render_gitlab(answer: Answer[Findings], *, prefix: str = "") -> str:
    """Return the report: a list, empty where nothing was found.

    GitLab itself compares the reports of both branches by the fingerprints.
    """
    lines = changed_lines(answer.body)
    report = []
    for finding in answer.body.findings:
        spot = spot_of(finding, lines)
        report.append(
            {
                "description": printable(f"{finding.code}: {finding.message}"),
                "check_name": finding.name,
                "fingerprint": finding.fingerprint,
                "severity": _SEVERITIES[finding.severity],
                "location": {
                    "path": in_repository(spot.path, prefix),
                    # GitLab shows no finding without a line.
                    "lines": {"begin": spot.line or 1},
                },
            }
        )
    return dump_json(report)
