"""What findings point at: the line of source that each stands on, and its artifact's record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from analyzer.graph.system import System
from analyzer.model.findings import Finding
from analyzer.model.names import ProjectPath
from analyzer.sources.texts import read_lines


def quote_findings(
    findings: Sequence[Finding], *, system: System, project: Path
) -> tuple[Finding, ...]:
    """The findings with their source lines and records, in the same order.

    One place for all checks: none has to read a file for the sake of whoever shows its findings.
    A line that is not there, or that cannot be read, is left out.

    Args:
        findings: of the system.
        system: knows the records.
        project: the folder that the paths of the findings are relative to.
    """
    files: dict[ProjectPath, list[bytes]] = {}
    quoted = []
    for finding in findings:
        artifact = None if finding.artifact is None else system.artifacts.get(finding.artifact)
        source = None
        if finding.line is not None:
            if finding.path not in files:
                files[finding.path] = read_lines(project / finding.path)
            lines = files[finding.path]
            if finding.line <= len(lines):
                source = lines[finding.line - 1].decode("utf-8", "replace")
        quoted.append(
            replace(
                finding,
                record=finding.record if artifact is None else artifact.record.origin,
                source=source,
            )
        )
    return tuple(quoted)
