"""YAML records and backlog documents -> one registry, and where each record stands."""

from __future__ import annotations

from pathlib import Path

from analyzer.model.errors import AnalyzerError


def check_location(location: Path) -> None:
    """Check that a registry is where the user says it is.

    Raises:
        AnalyzerError: there is nothing.
    """
    if not location.exists():
        raise AnalyzerError(
            f"{location}: there is no such registry; check --registry or the configuration"
        )
