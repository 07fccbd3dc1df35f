"""How far the registration of listed artifacts has come, and what documents say that is not so."""

from __future__ import annotations

import enum

from msgspec import Struct

from analyzer.model.answers import Dependency
from analyzer.model.imports import Link
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import BacklogRow, Origin, Target


class Topic(enum.StrEnum):
    """What a contradiction is about."""

    COUNT = "count"
    """A number that is not what is listed or registered."""
    SUM = "sum"
    """A total that is not what its rows add up to."""
    COMPLETION = "completion"
    """A percentage that is not the share of what is registered."""
    STATUS = "status"
    """A word such as COMPLETE for what is not, or two such words for one wave."""
    TARGET = "target"
    """More or fewer files of a folder have a record than the document aims at."""
    FILES = "files"
    """A count of the files of a folder that the folder does not hold."""
    LISTED_TWICE = "listed-twice"
    SHARED_ID = "shared-id"
    """One id for two files."""
    EXCLUDED = "excluded"
    """Listed, and left out by design."""
    CONVENTION = "convention"
    """An id with a code that the document's own convention does not know."""
    PRIORITY = "priority"
    PLACE = "place"
    """A listed file that is not there, or not where its record stands."""
    WAVE = "wave"
    """A record of no wave, or of one that does not list it; a wave that only one table knows."""


class Standing(enum.Enum):
    """How far something is."""

    DONE = "complete"
    BEGUN = "in progress"
    OPEN = "not started"


class Correction(Struct, frozen=True):
    """What a claim would have to say, in place of what it says."""

    written: str
    truth: str
    column: int | None
    """0-based cell of a table's row; none where it stands in a heading or a line of text."""


class Insertion(Struct, frozen=True):
    """A row that a table lacks."""

    path: ProjectPath
    after: int
    """1-based line of the row above it."""
    cells: tuple[str, ...]


class Discrepancy(Struct, frozen=True):
    """A place where a document or a record says something that is not so."""

    topic: Topic
    origin: Origin
    claim: str
    found: str
    wave: int | None = None
    mend: Correction | Insertion | None = None
    """How a document is brought up to date; none where only a person can tell."""

    def sort_key(self) -> tuple[str, int, str, str, str]:
        """By place, then by what is said there."""
        return (self.origin.path, self.origin.line or 0, self.topic, self.claim, self.found)


class Tally(Struct, frozen=True):
    """How much of what a heading, or a priority, lists is registered and stands in the code."""

    name: str
    listed: int
    records: int
    located: int


class CategoryProgress(Struct, frozen=True):
    """One row of a wave's table of counts, and the records of that type."""

    origin: Origin
    name: str
    claimed: int
    status: str | None
    types: tuple[str, ...]
    """The record types that its name means; empty where it means none for certain."""
    records: int | None
    """None where no records can be told to be those of the category."""


class WaveProgress(Struct, frozen=True):
    """One wave: what the documents claim and list, and what is so."""

    number: int
    title: str
    origin: Origin | None
    """Where its section begins; none where only records name it."""
    claimed_registered: int | None
    claimed_total: int | None
    claimed_status: str | None
    claimed_completion: str | None
    listed: int
    records: int
    located: int
    total: int | None
    """What there is to register: what is listed, and records of the wave that are not; of a wave
    that lists nothing, what its categories count. None where nothing says it."""
    credited: int | None
    """What a document that is right says is registered: `records`; where there are no records at
    all, what is listed; None where nothing can tell."""
    missing: tuple[BacklogRow, ...]
    """What is listed and has no record."""
    groups: tuple[Tally, ...]
    """By the headings of its section, from top to bottom."""
    priorities: tuple[Tally, ...]
    categories: tuple[CategoryProgress, ...]

    @property
    def completion(self) -> int | None:
        """The whole percents that are registered: 100 only where all is."""
        return percent(self.records, self.total)


class TargetProgress(Struct, frozen=True):
    """One row of a table of targets, and what is so."""

    target: Target
    files: int | None
    """None where the project holds none of the folders of the table."""
    registered: int
    is_met: bool | None
    """None where it cannot be told: all files, and the folder is not there."""


class Candidate(Struct, frozen=True):
    """A listed file without a record, and what depends on it."""

    row: BacklogRow
    wave: int
    artifact: ArtifactId | None
    paths: tuple[ProjectPath, ...]
    """Where it stands; empty where that cannot be told."""
    dependents: tuple[Dependency, ...]
    """One for each registered artifact that depends on it."""
    importers: tuple[Link, ...]
    """One for each module outside of it that imports it, tests left out."""


class Block(Struct, frozen=True):
    """Neighbouring lines of a document that hold claims which can be brought up to date."""

    path: ProjectPath
    first: int
    last: int


class ProgressAnswer(Struct, frozen=True):
    """How far registration has come."""

    waves: tuple[WaveProgress, ...]
    priorities: tuple[Tally, ...]
    targets: tuple[TargetProgress, ...]
    candidates: tuple[Candidate, ...]
    """What to register next: the most used first."""
    discrepancies: tuple[Discrepancy, ...]
    """Sorted by place."""
    blocks: tuple[Block, ...]
    """Sorted by place."""
    documents: tuple[ProjectPath, ...]
    """Those that have a wave, sorted."""
    has_records: bool
    """Without any record, documents are held against themselves and the code only."""


def percent(part: int, whole: int | None) -> int | None:
    """Whole percents, rounded down; nothing of nothing is none."""
    return part * 100 // whole if whole else None


def true_standing(registered: int, total: int) -> Standing:
    """How far something is of which so much is registered; nothing of nothing is not started."""
    if registered >= total > 0:
        return Standing.DONE
    return Standing.BEGUN if registered else Standing.OPEN
