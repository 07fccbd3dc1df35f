"""SCN001 unscanned-file: code that could not be read, so that answers are incomplete."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Settings, build_finding
from analyzer.graph.system import System
from analyzer.model.findings import Finding
from analyzer.model.imports import UnscannedReason


def find(system: System, settings: Settings) -> Iterator[Finding]:  # noqa: ARG001 - every check's shape
    """Yield one finding for each place that could not be read."""
    for entry in system.facts.unscanned:
        artifact_id = system.artifact_of.get(entry.path)
        artifact = None if artifact_id is None else system.artifacts[artifact_id]
        yield build_finding(
            "SCN001",
            message=f"{entry.reason}: {entry.detail}",
            # Of other reasons the detail may hold positions, which move.
            subject=f"{entry.reason} {entry.detail}"
            if entry.reason is UnscannedReason.SYNTAX_ERROR
            else entry.reason,
            path=entry.path,
            line=entry.line,
            artifact=artifact_id,
            owner=None if artifact is None else artifact.record.owner,
        )
