"""What a file that nobody registered is proposed to be registered as, and why."""

from __future__ import annotations

import enum

from msgspec import Struct

from analyzer.model.imports import Link
from analyzer.model.names import ArtifactId, ProjectPath


class Certainty(enum.StrEnum):
    """How sure a proposed value is, the surest first."""

    CERTAIN = "certain"
    """The code or a document says so."""
    LIKELY = "likely"
    """What stands around it says so."""
    GUESS = "guess"
    """Nothing says so: a person should look."""

    @property
    def rank(self) -> int:
        """0 is the surest."""
        return list(Certainty).index(self)


class EffectKind(enum.StrEnum):
    """What code changes outside of itself."""

    DATABASE = "writes to a database"
    FILE = "writes to the file system"
    QUEUE = "sends to a queue"
    HTTP = "sends a request that changes something"
    PROGRAM = "starts a program"


class Effect(Struct, frozen=True):
    """A call that changes something outside of the program."""

    kind: EffectKind
    line: int
    """1-based."""
    text: str
    """What is called: `session.commit()`."""
    is_certain: bool
    """Whether the call tells; else it is called as such things usually are, or may only look."""


class Conduct(Struct, frozen=True):
    """What one file says of itself, and what it does to the world."""

    purpose: str | None = None
    """The first sentence of its docstring."""
    purpose_line: int | None = None
    effects: tuple[Effect, ...] = ()
    """In the order of the text."""
    loop_line: int | None = None
    """1-based line of a loop that goes on until the program is told to stop."""
    is_read: bool = True
    """False where the file, or a part of it, could not be read."""


class ProposedField(Struct, frozen=True):
    """One field of a proposed record."""

    name: str
    value: str
    reason: str
    certainty: Certainty
    path: ProjectPath | None = None
    """Where that stands, if somewhere."""
    line: int | None = None
    """1-based."""

    @property
    def place(self) -> str | None:
        """Where the reason stands, as `path:line`."""
        if self.path is None:
            return None
        return self.path if self.line is None else f"{self.path}:{self.line}"


class Proposal(Struct, frozen=True):
    """A record that nobody has written yet."""

    id: ArtifactId
    path: ProjectPath
    """The file, or the folder of a package that is registered as a whole."""
    files: tuple[ProjectPath, ...]
    """The unregistered modules in scope that it covers, sorted."""
    paths: tuple[ProjectPath, ...]
    """What the record names: the file, the folder, or several files of a folder."""
    named_by: ProjectPath
    """What the domain of its id is made from; not always a file that is there."""
    is_in_scope: bool
    """False where no record of its folder puts it in scope yet, but production runs by it."""
    fields: tuple[ProposedField, ...]
    """In the order in which records are written. An owner that nothing names is not among them."""
    dependents: tuple[ArtifactId, ...]
    """Registered artifacts that depend on it, sorted."""
    imports: tuple[Link, ...]
    """The strongest link to each file that it imports, outside of itself."""
    importers: tuple[Link, ...]
    """The strongest link from each file that imports it; tests are left out."""

    def find(self, name: str) -> ProposedField | None:
        """A field by its name."""
        return next((one for one in self.fields if one.name == name), None)

    def sort_key(self) -> tuple[int, int, str]:
        """Most registered dependents first, then most importers, then by path."""
        return (-len(self.dependents), -len(self.importers), self.path)


class DiscoveryAnswer(Struct, frozen=True):
    """Everything that ought to have a record and has none, what matters most first."""

    proposals: tuple[Proposal, ...]
    has_conventions: bool
    """Whether a document of the registry says how ids are built."""
    asked: tuple[ProjectPath, ...] = ()
    """The files and folders that it is about alone; nothing where it is about everything."""


class WrittenRecord(Struct, frozen=True):
    """A record that was written, or would be."""

    id: ArtifactId
    file: ProjectPath
    """Where it stands, relative to the project."""
    text: str
    paths: tuple[ProjectPath, ...]
    """The code that it registers."""


class AdditionAnswer(Struct, frozen=True):
    """What `registry add` wrote, or would write."""

    records: tuple[WrittenRecord, ...]
    is_dry_run: bool
