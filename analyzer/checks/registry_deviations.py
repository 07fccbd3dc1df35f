"""REG001 to REG005: what is wrong in the registry itself.

The registry's loader meets these while it reads; here they become findings.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Settings, build_finding
from analyzer.graph.system import System
from analyzer.model.findings import Finding


def find(system: System, settings: Settings) -> Iterator[Finding]:  # noqa: ARG001 - every check's shape
    """Yield one finding for each deviation."""
    for deviation in system.deviations:
        yield build_finding(
            deviation.code,
            message=deviation.message,
            subject=deviation.subject,
            path=deviation.origin.path,
            line=deviation.origin.line,
            artifact=deviation.artifact,
            owner=deviation.owner,
        )
