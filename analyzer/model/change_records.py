"""Records of changes: `CHANGE-2026-0001` says what a change does to which artifacts."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Origin

OPEN = "TODO"
"""What stands where only people know the answer."""


class ChangeRecord(Struct, frozen=True):
    """A record of a change, as far as the tool works with it."""

    id: str
    origin: Origin
    artifacts: tuple[str, ...]
    """The ids that it names as modified."""


class ChangeUnderReview(Struct, frozen=True):
    """What a change touches, and the records of changes that it brings."""

    artifacts: Mapping[ArtifactId, ProjectPath]
    """Each artifact whose files it touches, with the first of these."""
    records: tuple[ChangeRecord, ...]


class Drafted(Struct, frozen=True):
    """A value of a draft, and what speaks for it."""

    value: str
    """`OPEN` where that is not known."""
    reason: str


class ChangeDraft(Struct, frozen=True):
    """A record of a change, drafted from the change itself."""

    id: str
    date: str
    change_type: Drafted
    artifacts: tuple[ArtifactId, ...]
    added: tuple[ProjectPath, ...]
    removed: tuple[ProjectPath, ...]
    renamed: tuple[tuple[ProjectPath, ProjectPath], ...]
    authority: Drafted
    behavior: Drafted
    interface: Drafted
    data: Drafted
    risk: Drafted
    compatibility: Drafted
    tests_added: Drafted
    tests_modified: Drafted


class DraftedChange(Struct, frozen=True):
    """The answer of `registry change new`."""

    id: str
    path: str
    """Where the record is written, or would be."""
    artifacts: tuple[ArtifactId, ...]
    open: tuple[str, ...]
    """The fields that people have to fill in."""
    text: str
    is_written: bool
