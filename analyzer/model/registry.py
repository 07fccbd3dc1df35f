"""What people declared: records, waves, and where a record stands in the code."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping

from msgspec import Struct, field

from analyzer.model.ignores import Ignore
from analyzer.model.names import ArtifactId, ProjectPath

_COUNT = re.compile(r"^[^\w-]*(\d{1,9})\b(?!\s*%|[.,/\-\u2013]\d)")

Value = str | None | tuple["Value", ...] | Mapping[str, "Value"]
"""A YAML value as it was written: scalars stay text, so `no` is "no" and `010` is "010"."""


class Origin(Struct, frozen=True):
    """Where something is written: a file of the registry and a 1-based line."""

    path: ProjectPath
    """Relative to the project; begins with `../` where the registry stands outside of it."""
    line: int | None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"

    def seen_from(self, other: Origin) -> str:
        """The place, as a text about another place says it: "line 12" in the same file."""
        return f"line {self.line}" if self.path == other.path and self.line else str(self)


class Record(Struct, frozen=True):
    """One registered thing, as people wrote it.

    `fields` holds everything that the record says, also what the schema does not know; the
    attributes are the fields that the tool works with.
    """

    id: ArtifactId
    origin: Origin
    name: str | None = None
    type: str | None = None
    status: str | None = None
    owner: str | None = None
    purpose: str | None = None
    authority_level: str | None = None
    product: str | None = None
    """`product`, else `traceability.product`."""
    wave: int | None = None
    priority: str | None = None
    paths: tuple[str, ...] = ()
    """`path` as written: files, folders or globs; empty where the record has none."""
    notes: str = ""
    fields: Mapping[str, Value] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    """1-based line of each field, and of each entry of a list: `relations.imports[0]`."""
    columns: Mapping[str, int] = field(default_factory=dict)
    """1-based column of each value, or of the field's name where the value is not beside it."""

    def line_of(self, field_name: str) -> int | None:
        """The line of a field or of an entry; the record's own line where it has none such."""
        return self.lines.get(field_name, self.origin.line)

    def column_of(self, field_name: str) -> int | None:
        """The column of a field or of an entry; that of the id where it has none such."""
        return self.columns.get(field_name, self.columns.get("artifact_id"))


class Resolution(enum.StrEnum):
    """How the place of a record was decided, in the order in which the rules are tried."""

    PATH = "path"
    """The record's `path` says so."""
    NOTES = "notes"
    """The record's notes name the place."""
    NAME = "name"
    """Just one file of the project bears the record's file name."""
    INFERRED = "inferred"
    """Several files bear the name; just one stands in a folder that fits the record's type."""
    AMBIGUOUS = "ambiguous"
    """Several files fit; the record has no place until a person says which."""
    MISSING = "missing"
    """No file fits."""


class Place(Struct, frozen=True):
    """Where a record stands in the code."""

    resolution: Resolution
    paths: tuple[ProjectPath, ...] = ()
    """Files and folders that exist, sorted; empty if and only if ambiguous or missing."""
    explanation: str = ""
    """One sentence for `show`: what was looked at and what decided."""
    candidates: tuple[ProjectPath, ...] = ()
    """The files between which nothing decided, or near names of a missing one."""
    missing: tuple[str, ...] = ()
    """Entries of `path` that fit nothing, also where others of them do."""


class Artifact(Struct, frozen=True):
    """A registered thing and where it stands."""

    record: Record
    place: Place
    files: tuple[ProjectPath, ...] = ()
    """All files that belong to it and to no more specific artifact, of any kind, sorted."""

    @property
    def id(self) -> ArtifactId:
        """The artifact's id."""
        return self.record.id


class Claim(Struct, frozen=True):
    """A number or a word that a backlog document says, as it stands there without its marks."""

    origin: Origin
    text: str
    column: int | None = None
    """0-based cell of a table's row; none where it stands in a heading or a line of text."""

    @property
    def count(self) -> int | None:
        """The whole number that it begins with: 20 of "20 (selective)", none of "2-5" or "5%"."""
        match = _COUNT.match(self.text)
        return None if match is None else int(match[1])


class BacklogRow(Struct, frozen=True):
    """One listed artifact of a backlog document's wave."""

    origin: Origin
    id: ArtifactId | None
    file: str
    purpose: str
    priority: str | None
    group: str | None
    """The heading above the table, such as "Platform Core Services"."""


class BacklogCategory(Struct, frozen=True):
    """One row of a wave's table of counts, such as "Backend API Routes | 28 | REGISTERED"."""

    origin: Origin
    name: str
    count: int
    status: str | None
    column: int = 1
    """0-based cell of the count."""
    status_column: int | None = None
    table: int = 1
    """1-based line at which the table begins."""


class BacklogGroup(Struct, frozen=True):
    """A heading inside of a wave, such as "CI/CD Scripts (Selective)"."""

    origin: Origin
    name: str


class Wave(Struct, frozen=True):
    """One wave of a backlog document: what it claims and what it lists."""

    number: int
    title: str
    origin: Origin
    status: str | None
    """From the heading, such as COMPLETE."""
    claimed_registered: int | None
    claimed_total: int | None
    rows: tuple[BacklogRow, ...] = ()
    categories: tuple[BacklogCategory, ...] = ()
    totals: tuple[BacklogCategory, ...] = ()
    """The rows of its tables of counts that say "Total"."""
    groups: tuple[BacklogGroup, ...] = ()
    registered: tuple[Claim, ...] = ()
    """Each "Registered Artifacts: 20" of its section."""
    statuses: tuple[Claim, ...] = ()
    """Of the heading, and each "Status: …" of its section."""


class TrackingRow(Struct, frozen=True):
    """What a table of all waves says about one of them, or about all."""

    origin: Origin
    name: str
    wave: int | None
    """None in a row that says "Total"."""
    status: Claim | None
    registered: Claim | None
    total: Claim | None
    completion: Claim | None


class Tracking(Struct, frozen=True):
    """A table with a row for each wave, such as "Wave 2 | COMPLETE | 20 | 20 | 100%"."""

    origin: Origin
    columns: tuple[str, ...]
    """What its header says, in lower case."""
    rows: tuple[TrackingRow, ...]
    """From top to bottom; what is neither a wave nor a total is left out."""


class Target(Struct, frozen=True):
    """How many files of a folder are meant to have a record: "Selective (2-5 key files)"."""

    origin: Origin
    category: str
    location: str
    approach: str
    least: int | None
    """None where all are."""
    most: int | None
    count: Claim | None
    """How many files there are, as the document says."""
    table: int
    """1-based line at which the table begins."""


class NamingConvention(Struct, frozen=True):
    """How ids are built, as a backlog document writes it down."""

    origin: Origin
    pattern: str
    """Such as `AOS-<LAYER>-<TYPE>-<DOMAIN>-<SEQ>`."""
    layers: tuple[str, ...]
    types: tuple[str, ...]
    meanings: Mapping[str, tuple[str, ...]] | None = None
    """Each code of a type -> the types that it stands for; the usual ones where nobody says so.

    Where somebody does, there are no other codes.
    """


class Exclusion(Struct, frozen=True):
    """A category that is left out of the registry by design, with its reason."""

    origin: Origin
    category: str
    reason: str
    patterns: tuple[str, ...]
    """Glob patterns that the category names, such as `test_*.py`."""


class Deviation(Struct, frozen=True):
    """Something in the registry that is not as it should be: becomes a finding."""

    code: str
    """`REG001`, `REG002`…"""
    origin: Origin
    message: str
    subject: str
    """What it is about, free of line numbers: goes into the fingerprint."""
    artifact: ArtifactId | None = None
    owner: str | None = None
    column: int | None = None
    """1-based; of a value, or of a field without one."""


class Registry(Struct, frozen=True):
    """Everything declared, from all of the registry's files and documents."""

    records: tuple[Record, ...] = ()
    """Sorted by id; ids are unique."""
    waves: tuple[Wave, ...] = ()
    conventions: tuple[NamingConvention, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    tracking: tuple[Tracking, ...] = ()
    targets: tuple[Target, ...] = ()
    priorities: tuple[Claim, ...] = ()
    """What a table of priorities defines, such as P1."""
    deviations: tuple[Deviation, ...] = ()
    skipped: tuple[ProjectPath, ...] = ()
    """YAML files in the registry's folders that are not records, such as a schema."""
    ignores: tuple[Ignore, ...] = ()
    """Comments in its YAML files that say why a finding is left; sorted."""
    allowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field -> the values that it may have; a field that is not in here may hold any text."""
