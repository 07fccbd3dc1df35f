"""REG006 unregistered-module: a module in scope that has no record."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Settings, build_finding
from analyzer.checks.scope import find_unregistered
from analyzer.graph.system import System
from analyzer.model.findings import Finding


def find(system: System, settings: Settings) -> Iterator[Finding]:
    """Yield one finding for each unregistered module in scope."""
    for path in sorted(find_unregistered(system, settings.scope)):
        yield build_finding(
            "REG006",
            message="no record covers this module; register it or take it out of [scope]",
            subject="unregistered",
            path=path,
        )
