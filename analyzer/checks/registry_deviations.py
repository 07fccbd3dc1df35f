"""What is wrong in the registry itself: its loader meets it, and here it becomes findings."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import build_finding
from analyzer.graph.system import System
from analyzer.model.findings import Finding


def find_deviations(system: System, code: str) -> Iterator[Finding]:
    """Yield one finding for each deviation with a code."""
    for deviation in system.deviations:
        if deviation.code == code:
            yield build_finding(
                code,
                message=deviation.message,
                subject=deviation.subject,
                path=deviation.origin.path,
                line=deviation.origin.line,
                artifact=deviation.artifact,
                owner=deviation.owner,
                column=deviation.column,
            )
