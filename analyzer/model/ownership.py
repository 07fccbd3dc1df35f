"""Who owns what, and who depends on whom."""

from __future__ import annotations

from msgspec import Struct

from analyzer.model.answers import AffectedEndpoint, Dependency
from analyzer.model.codeowners import Codeowners, OwnerRule
from analyzer.model.findings import Finding
from analyzer.model.history import HistoryAnswer
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Artifact


class OwnerShareOfSystem(Struct, frozen=True):
    """What belongs to one owner."""

    owner: str | None
    """Nothing stands for the records that name nobody."""
    handles: tuple[str, ...]
    """What CODEOWNERS or the configuration calls the owner; empty where that is not known."""
    artifacts: tuple[ArtifactId, ...]
    endpoints: tuple[AffectedEndpoint, ...]
    findings: tuple[Finding, ...]
    """Those of the owner's artifacts and records."""


class OwnerDependency(Struct, frozen=True):
    """Artifacts of one owner depend on artifacts of another one."""

    dependent: str | None
    depends_on: str | None
    dependencies: int
    """How many pairs of artifacts."""
    worst: Dependency
    """The one that leads to what may do most: mutate, then enforce, advise, observe; of several,
    the one with the longest chain."""
    authority: str | None
    """The level of what the worst one leads to."""


class UnownedPlace(Struct, frozen=True):
    """Files that CODEOWNERS gives to nobody."""

    path: ProjectPath
    """A file, or a folder of which all files are so: `scripts/`."""
    files: int


class OwnersAnswer(Struct, frozen=True):
    """Who owns what, and who depends on whom."""

    codeowners: Codeowners | None
    owners: tuple[OwnerShareOfSystem, ...]
    """Sorted by name; records without an owner come last."""
    dependencies: tuple[OwnerDependency, ...]
    """Between different owners, sorted by both."""
    without_owner: tuple[Artifact, ...]
    unowned: tuple[UnownedPlace, ...]
    files: int
    """How many files the project has."""
    idle: tuple[OwnerRule, ...] = ()
    """Rules of CODEOWNERS that fit no file; none where the repository is larger than the project.
    """
    history: HistoryAnswer | None = None
    """Where it was asked for."""


class CompiledRule(Struct, frozen=True):
    """A line of a CODEOWNERS file, and the records that it comes from."""

    pattern: str
    handles: tuple[str, ...]
    artifacts: tuple[ArtifactId, ...]


class CompiledCodeowners(Struct, frozen=True):
    """The CODEOWNERS file that the records amount to."""

    rules: tuple[CompiledRule, ...]
    """The most specific ones last."""
    stale: str | None = None
    """Where the file that is there differs first, and how; nothing where it does not, or was not
    looked at."""
