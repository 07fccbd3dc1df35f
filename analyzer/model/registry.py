"""What people declared: records, waves, and where a record stands in the code."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from msgspec import Struct, field

from analyzer.model.ignores import Ignore
from analyzer.model.names import ArtifactId, ProjectPath

Value = str | None | tuple["Value", ...] | Mapping[str, "Value"]
"""A YAML value as it was written: scalars stay text, so `no` is "no" and `010` is "010"."""


class Origin(Struct, frozen=True):
    """Where something is written: a file of the registry and a 1-based line."""

    path: ProjectPath
    """Relative to the project; begins with `../` where the registry stands outside of it."""
    line: int | None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


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
    deviations: tuple[Deviation, ...] = ()
    skipped: tuple[ProjectPath, ...] = ()
    """YAML files in the registry's folders that are not records, such as a schema."""
    ignores: tuple[Ignore, ...] = ()
    """Comments in its YAML files that say why a finding is left; sorted."""
    allowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field -> the values that it may have; a field that is not in here may hold any text."""
