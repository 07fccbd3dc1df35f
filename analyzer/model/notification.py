"""Whom a change concerns: who has to approve it, and who only has to know."""

from __future__ import annotations

from msgspec import Struct

from analyzer.model.names import ArtifactId


class Concerned(Struct, frozen=True):
    """An artifact that a change touches, or can affect."""

    artifact: ArtifactId
    distance: int
    """0 where the change touches it."""
    authority: str | None


class Notified(Struct, frozen=True):
    """One who has to hear of a change, and for what."""

    owner: str | None
    handles: tuple[str, ...]
    """Of an owner, and where a record names none, those whom CODEOWNERS names for its files."""
    artifacts: tuple[Concerned, ...]
    """By distance, then by id."""


class NotificationPlan(Struct, frozen=True):
    """Who has to approve a change, and who only has to know.

    No owner is in both; what has no owner may be.
    """

    approve: tuple[Notified, ...] = ()
    """Owners of what mutates or enforces, and is touched or reached directly."""
    inform: tuple[Notified, ...] = ()
