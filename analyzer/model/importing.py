"""What an import of backlog documents does to the records of a folder."""

from __future__ import annotations

import enum

from msgspec import Struct

from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Deviation


class ImportedAs(enum.StrEnum):
    """What becomes of a listed artifact."""

    WRITTEN = "written"
    """It had no record."""
    COMPLETED = "completed"
    """Its record lacked what the row knows."""
    UNCHANGED = "unchanged"


class ImportedRecord(Struct, frozen=True):
    """A listed artifact that has a record now."""

    artifact: ArtifactId
    path: ProjectPath
    """Of the file that holds the record."""
    outcome: ImportedAs
    fields: tuple[str, ...]
    """Those that were added, in the usual order."""


class FileChange(Struct, frozen=True):
    """A file of records before and after."""

    path: ProjectPath
    before: str | None
    """Nothing where the file is new."""
    after: str


class ImportAnswer(Struct, frozen=True):
    """Everything that an import does, or would do; sorted."""

    records: tuple[ImportedRecord, ...]
    changes: tuple[FileChange, ...]
    problems: tuple[Deviation, ...]
    """Why other rows are left out, in the order of their lines."""
    is_dry_run: bool = False
