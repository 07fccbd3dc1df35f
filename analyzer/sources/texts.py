"""Texts of the project that are no code, and how the names in them lead to files."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable
from pathlib import Path

from analyzer.model.imports import Unscanned, UnscannedReason
from analyzer.model.names import ProjectPath

ModuleResolver = Callable[[str, ProjectPath], ProjectPath | None]
"""Dotted name, folder that imports start from -> the file that Python would import."""

LARGEST_FILE = 1_048_576
"""In bytes."""


def read_text(file: Path) -> str:
    """The text of a file; none where it cannot be read or is larger than `LARGEST_FILE`."""
    try:
        data = file.read_bytes()
    except OSError:
        return ""
    return data.decode("utf-8-sig", "replace") if len(data) <= LARGEST_FILE else ""


def read_lines(file: Path) -> list[bytes]:
    """The lines of a file without their ends; none where it is no file or cannot be read.

    As bytes, because a text has further ends of lines that neither Python nor editors count.
    """
    try:
        if not file.is_file() or file.stat().st_size > LARGEST_FILE:
            return []
        return file.read_bytes().removeprefix(codecs.BOM_UTF8).splitlines()
    except (OSError, ValueError):
        return []


def find_unread(project: Path, path: ProjectPath) -> Unscanned | None:
    """Why `read_text` gives no text of a file; nothing where it does."""
    try:
        with (project / path).open("rb") as file:
            is_too_large = os.fstat(file.fileno()).st_size > LARGEST_FILE
    except OSError as error:
        detail = error.strerror or type(error).__name__
        return Unscanned(path, None, UnscannedReason.UNREADABLE, detail)
    if is_too_large:
        return Unscanned(path, None, UnscannedReason.TOO_LARGE, f"over {LARGEST_FILE:,} bytes")
    return None
