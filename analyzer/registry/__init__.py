"""YAML records and backlog documents -> one registry, and where each record stands."""

from __future__ import annotations

import os
from pathlib import Path

from analyzer.model.errors import AnalyzerError


def check_location(location: Path) -> None:
    """Check that a registry is where the user says it is.

    Raises:
        AnalyzerError: there is nothing, or a folder that cannot be read: no answer would be true.
    """
    if not location.exists():
        raise AnalyzerError(
            f"{location}: there is no such registry; check --registry or the configuration"
        )
    if location.is_dir() and not os.access(location, os.R_OK | os.X_OK):
        raise AnalyzerError(f"{location}: the registry cannot be read; check its permissions")


def no_file(path: Path) -> str:
    """What is wrong with a path that is no file."""
    if path.is_symlink() and not path.exists():
        return f"a link to {path.readlink()}, which is not there"
    return "not a file"
