"""Answers: what questions return and renderings turn into text. One type a command."""

from __future__ import annotations

import enum
from typing import Generic, TypeVar

from msgspec import Struct

from analyzer.model.entry_points import EntryPoint
from analyzer.model.findings import Finding
from analyzer.model.imports import (
    KIND_STRENGTH,
    AmbiguousImport,
    Chain,
    Kind,
    Link,
    Mention,
    Module,
    Root,
    Unscanned,
)
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.notification import NotificationPlan
from analyzer.model.registry import Artifact, Wave
from analyzer.model.routes import Endpoint, UnmountedRouter

T_co = TypeVar("T_co", covariant=True)


class Dependency(Struct, frozen=True):
    """One artifact reaches another one directly, or only through code of no artifact."""

    dependent: ArtifactId
    depends_on: ArtifactId
    kinds: tuple[Kind, ...]
    """The kinds on the chain; of a direct dependency, the kinds of all its links."""
    chain: Chain
    """A shortest chain: from a file of the dependent to a file of what it depends on."""

    @property
    def hops(self) -> int:
        """The number of links in the chain."""
        return len(self.chain)

    def sort_key(self) -> tuple[str, str]:
        """Both ends."""
        return (self.dependent, self.depends_on)


def sorted_kinds(kinds: set[Kind]) -> tuple[Kind, ...]:
    """Kinds from the strongest to the weakest."""
    return tuple(sorted(kinds, key=KIND_STRENGTH.__getitem__))


class Unregistered(Struct, frozen=True):
    """A module that no record covers, and how an artifact reaches it."""

    path: ProjectPath
    chain: Chain


class StatusAnswer(Struct, frozen=True):
    """One screen about the whole system."""

    roots: tuple[Root, ...]
    modules: int
    test_modules: int
    imports: int
    artifacts: tuple[Artifact, ...]
    dependencies: int
    orphans: int
    entry_points: tuple[EntryPoint, ...]
    endpoints: tuple[Endpoint, ...]
    findings: tuple[Finding, ...]
    waves: tuple[Wave, ...]
    ambiguous: tuple[AmbiguousImport, ...]
    skipped: tuple[ProjectPath, ...]


class StartedApplication(Struct, frozen=True):
    """The file of a web application, and what was found to start it."""

    path: ProjectPath
    entry_points: tuple[EntryPoint, ...]
    """Of the file itself, else of the one that the chain begins with. Empty where only the
    application itself speaks for its being started."""
    chain: Chain = ()
    """From a file that is started to the application's; empty where that itself is."""


class ShowAnswer(Struct, frozen=True):
    """One artifact with its direct neighbours."""

    artifact: Artifact
    is_analysed: bool
    """Whether it has Python code: of anything else no imports are known."""
    dependencies: tuple[Dependency, ...]
    dependents: tuple[Dependency, ...]
    entry_points: tuple[EntryPoint, ...]
    """What starts its files."""
    endpoints: tuple[Endpoint, ...]
    unmounted: tuple[UnmountedRouter, ...]
    applications: tuple[StartedApplication, ...]
    """What the endpoints are mounted on, sorted by path."""


class DepsAnswer(Struct, frozen=True):
    """What an artifact depends on or, reversed, what depends on it."""

    artifact: Artifact
    is_reverse: bool
    is_transitive: bool
    is_analysed: bool
    """Whether it has Python code: of anything else no imports are known."""
    dependencies: tuple[Dependency, ...]
    unregistered: tuple[Unregistered, ...]


class WhyAnswer(Struct, frozen=True):
    """A shortest chain of imports from one thing to another; empty where there is none."""

    source: str
    target: str
    chain: Chain


class Changed(Struct, frozen=True):
    """One thing that changes: a file, the artifact it belongs to, and what the user called it."""

    ref: str
    path: ProjectPath
    artifact: ArtifactId | None


class Affected(Struct, frozen=True):
    """An artifact that a change can affect."""

    artifact: Artifact
    distance: int
    """How many artifacts the change passes through to get here; a direct dependent has 1."""
    chain: Chain
    """From a file of the artifact to a changed file."""


class AffectedEndpoint(Struct, frozen=True):
    """An endpoint whose answer a change can affect, and the artifact that it belongs to."""

    endpoint: Endpoint
    artifact: ArtifactId | None


class OwnerShare(Struct, frozen=True):
    """An owner, and the ids of this owner's artifacts in an answer, sorted."""

    owner: str | None
    artifacts: tuple[ArtifactId, ...]


class ImpactAnswer(Struct, frozen=True):
    """What a change can affect, and whom to tell."""

    changed: tuple[Changed, ...]
    unseen: tuple[ProjectPath, ...]
    """Changed files that no import is known of: gone, or no Python code."""
    affected: tuple[Affected, ...]
    """By distance, then by id."""
    owners: tuple[OwnerShare, ...]
    endpoints: tuple[AffectedEndpoint, ...]
    tests: tuple[ProjectPath, ...]
    modules: tuple[ProjectPath, ...]
    plan: NotificationPlan = NotificationPlan()


class OrphanReason(enum.StrEnum):
    """Why an artifact counts as an orphan."""

    MISSING_FILE = "missing-file"
    NO_IMPORTERS = "no-importers"
    """Nothing imports it, and nothing starts it."""
    TESTS_ONLY = "tests-only"
    SCRIPTS_ONLY = "scripts-only"
    """Only scripts that people start by hand reach it."""
    UNMOUNTED_ROUTE = "unmounted-route"
    """It builds routes that no application answers to."""
    UNREACHABLE = "unreachable"
    """What imports it is itself reached by nothing: orphans, dead code, or a loop."""


class Confidence(enum.StrEnum):
    """How sure the claim is. `likely`: something that cannot be followed names the file."""

    CERTAIN = "certain"
    LIKELY = "likely"


class Orphan(Struct, frozen=True):
    """A registered artifact that nothing in production uses."""

    artifact: Artifact
    path: ProjectPath
    """Its first file; of a missing one, the record's own file."""
    reason: OrphanReason
    confidence: Confidence
    explanation: str
    evidence: tuple[Link, ...]
    line: int | None = None
    """1-based: of an unmounted route, where its router is built."""

    @property
    def is_deprecated(self) -> bool:
        """Whether its record says that it is on its way out: nothing has to use it any more."""
        return self.artifact.record.status == "deprecated"


class OrphansAnswer(Struct, frozen=True):
    """All orphans, and the artifacts about which nothing can be said."""

    orphans: tuple[Orphan, ...]
    not_analysed: tuple[ArtifactId, ...]


class ImporterRole(enum.StrEnum):
    """What an importer says about the life of what it imports."""

    LIVE = "live"
    """Production reaches it."""
    SCRIPT = "script"
    """Only scripts that people start reach it."""
    DEAD = "dead"
    """Nothing reaches it."""
    TEST = "test"
    REEXPORT = "re-export"
    """A package that passes a name on, which production does not take from there."""


class WeighedImporter(Struct, frozen=True):
    """An import of an artifact from outside of it, and what it says."""

    link: Link
    role: ImporterRole


class Reasoning(Struct, frozen=True):
    """Everything that was weighed about one artifact."""

    artifact: Artifact
    orphan: Orphan | None
    is_analysed: bool
    """Without it, and without an orphan, nothing is claimed."""
    entry_points: tuple[EntryPoint, ...]
    """What starts the artifact's own files."""
    started_by: EntryPoint | None
    """What starts the file that the chain begins with; of several, what says most about production.
    """
    chain: Chain
    """The way from a start of production to the artifact; empty where there is none."""
    importers: tuple[WeighedImporter, ...]
    mentions: tuple[Mention, ...]
    """Places that name its files without importing them."""
    endpoints: tuple[Endpoint, ...]
    unmounted: tuple[UnmountedRouter, ...]


class ModuleEntry(Struct, frozen=True):
    """A module and the artifact it belongs to."""

    module: Module
    artifact: ArtifactId | None


class ModuleExport(Struct, frozen=True):
    """The joined graph, module by module."""

    modules: tuple[ModuleEntry, ...]
    links: tuple[Link, ...]
    """The imports, sorted."""
    other_links: tuple[Link, ...] = ()
    """Programs that are started and tasks that are sent, sorted; either end may be no Python."""


class ArtifactExport(Struct, frozen=True):
    """The joined graph, artifact by artifact."""

    artifacts: tuple[Artifact, ...]
    dependencies: tuple[Dependency, ...]


class RegistryAnswer(Struct, frozen=True):
    """Every artifact of the registry."""

    artifacts: tuple[Artifact, ...]


class Answer(Struct, Generic[T_co], frozen=True):
    """An answer with what every document of the contract begins with."""

    command: str
    body: T_co
    unscanned: tuple[Unscanned, ...]

    @property
    def is_complete(self) -> bool:
        """Whether everything could be read that the answer depends on."""
        return not self.unscanned
