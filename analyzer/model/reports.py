"""Answers made of findings: those of `check`, `baseline` and `review`."""

from __future__ import annotations

from msgspec import Struct

from analyzer.model.answers import Affected, Dependency
from analyzer.model.baseline import BaselineEntry
from analyzer.model.changes import ChangeSet
from analyzer.model.findings import Finding
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Origin


class CheckAnswer(Struct, frozen=True):
    """All findings, those that were asked for."""

    findings: tuple[Finding, ...]
    baselined: int
    """How many more the baseline accepts."""
    stale: tuple[BaselineEntry, ...] = ()
    """Entries of the baseline whose finding is gone."""


class ValidationAnswer(Struct, frozen=True):
    """What is wrong with the records of the registry, sorted by place."""

    findings: tuple[Finding, ...]
    records: int
    """How many there are."""


class BaselineAnswer(Struct, frozen=True):
    """What the baseline accepts now."""

    path: str
    """Of the baseline file."""
    entries: int
    added: tuple[Finding, ...]
    removed: tuple[BaselineEntry, ...]
    """Those whose finding is gone."""


class Difference(Struct, frozen=True):
    """What one end of a change has and the other one has not; all sorted."""

    dependencies: tuple[Dependency, ...] = ()
    artifacts: tuple[ArtifactId, ...] = ()
    modules: tuple[ProjectPath, ...] = ()


class RecordChange(Struct, frozen=True):
    """A field of a record that a change gives another value: its owner or its authority level."""

    artifact: ArtifactId
    field: str
    origin: Origin
    """Where the new value stands."""
    before: str | None
    after: str | None


class ReviewAnswer(Struct, frozen=True):
    """What a change brings in, and what it mends; never what stood there before."""

    base: str
    """The commit that the change is seen from, in full."""
    head: str
    """The commit that is checked out, in full."""
    is_clean: bool
    """Whether the work tree is as `head` says; else the change goes on in it."""
    findings: tuple[Finding, ...]
    """New ones only, sorted by place."""
    baselined: int
    mended: tuple[Finding, ...]
    """As they stood at the base."""
    added: Difference
    removed: Difference
    kept: tuple[Dependency, ...]
    """Other dependencies between artifacts that what was added or removed concerns, sorted."""
    records: tuple[RecordChange, ...]
    changes: ChangeSet
    affected: tuple[Affected, ...]
    """Whom to ask: the artifacts that the change can affect, nearest first."""
