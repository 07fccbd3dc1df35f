"""What the code says: modules, the links between them, and what could not be read."""

from __future__ import annotations

import enum

from msgspec import Struct

from analyzer.model.ignores import Ignore
from analyzer.model.names import ModuleName, ProjectPath


class Kind(enum.StrEnum):
    """How a link comes about.

    The order is the order of strength: evidence of an earlier kind is shown before a later one's.
    """

    RUNTIME = "runtime"
    """An import at the top level of a module."""
    FUNCTION_LEVEL = "function-level"
    """An import inside a function: it happens when the function is called."""
    CONDITIONAL = "conditional"
    """An import below `if`, `try`, `with`, a loop or `match` at module level."""
    DYNAMIC = "dynamic"
    """`importlib.import_module` or `__import__` with a name that can be read."""
    INVOKES = "invokes"
    """Not an import: one file starts another one as a program."""
    REQUESTS = "requests"
    """Not an import: one artifact calls an endpoint of another one."""
    ENQUEUES = "enqueues"
    """Not an import: one artifact sends a task that another one defines."""
    DECLARED = "declared"
    """Not an import: a record says so."""
    TYPE_CHECKING = "type-checking"
    """An import below `if TYPE_CHECKING:`; it never happens when the program runs."""
    PARENT_INIT = "parent-init"
    """The `__init__` of a package that is executed because something inside it is imported.

    Such a link ends there: what the `__init__` itself imports is not reached through it.
    """

    @property
    def is_import(self) -> bool:
        """Whether Python imports something; else one program meets another by other means."""
        return self not in _NO_IMPORTS


_NO_IMPORTS = frozenset({Kind.INVOKES, Kind.REQUESTS, Kind.ENQUEUES, Kind.DECLARED})
KIND_STRENGTH: dict[Kind, int] = {kind: rank for rank, kind in enumerate(Kind)}


class Mention(Struct, frozen=True):
    """A place that names a file without importing it."""

    path: ProjectPath
    line: int
    text: str


class Link(Struct, frozen=True):
    """One import from one file to another, with its evidence."""

    importer: ProjectPath
    imported: ProjectPath
    line: int
    """1-based line of the statement in the importer."""
    kind: Kind
    text: str
    """The first line of the statement, stripped."""
    only_passes: bool = False
    """The importer takes nothing from the package that the package itself defines: its names have
    links of their own, or are `unfollowed`."""
    unfollowed: tuple[str, ...] = ()
    """Names that are taken from the package, and that it does not bind as far as can be read."""
    hands_on: bool = False
    """An `__init__` takes names from a module inside of its package and uses none of them itself:
    as far as can be read it only passes them on."""
    named_at: Mention | None = None
    """Where the name stands that a `dynamic` link imports by, where that is another file: in a
    table of settings, in what calls the loader."""

    @property
    def ends_here(self) -> bool:
        """Whether a chain may go no further than to what this link imports."""
        return self.only_passes or self.kind is Kind.PARENT_INIT

    def sort_key(self) -> tuple[str, str, int, bool, int, str, tuple[str, ...], tuple[str, int]]:
        """Both ends, then the strongest evidence, then the first line."""
        strength = KIND_STRENGTH[self.kind]
        ends = (self.importer, self.imported)
        named = ("", 0) if self.named_at is None else (self.named_at.path, self.named_at.line)
        return (*ends, strength, self.only_passes, self.line, self.text, self.unfollowed, named)


Chain = tuple[Link, ...]
"""Links that follow on each other: what one imports is the importer of the next."""


class UnscannedReason(enum.StrEnum):
    """Why a file, or a part of it, could not be read."""

    SYNTAX_ERROR = "syntax-error"
    ENCODING = "encoding"
    RELATIVE_IMPORT_BEYOND_ROOT = "relative-import-beyond-root"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    SYMLINK_LOOP = "symlink-loop"


class Unscanned(Struct, frozen=True, order=True):
    """A place in the code that the graph knows nothing about."""

    path: ProjectPath
    line: int | None
    reason: UnscannedReason
    detail: str


class Module(Struct, frozen=True):
    """One Python source file. Its identity is its path; two modules may have the same name."""

    path: ProjectPath
    name: ModuleName
    """Dotted name as seen from `root`; of a file that no import can name, its bare file name."""
    root: ProjectPath
    """The folder that imports of this module start from; "." is the project itself."""
    is_test: bool
    is_scanned: bool
    """False where part of the file could not be read: see `Unscanned`."""
    is_started: bool
    """The file can be started as a program: a `__main__` guard, a `__main__.py`, a shebang."""


class Root(Struct, frozen=True):
    """A folder that Python's import starts from."""

    path: ProjectPath
    packages: tuple[str, ...]
    """Top-level names that imports find here: packages and single modules, sorted."""


class AmbiguousImport(Struct, frozen=True):
    """An import that fits files in several other roots: reported, never guessed."""

    importer: ProjectPath
    line: int
    name: ModuleName
    candidates: tuple[ProjectPath, ...]


class UnknownImport(Struct, frozen=True, order=True):
    """An import by a name of which only a part can be read, such as `f"app.plugins.{name}"`."""

    importer: ProjectPath
    line: int
    what: str
    """For people: `something below "app.plugins" that is not known`."""
    begins: tuple[str, ...]
    """How the paths begin that it may mean; sorted."""
    ends: tuple[str, ...]
    """How they end, one of these; any way where it is empty."""

    def may_mean(self, path: ProjectPath) -> bool:
        """Whether a file may be what is imported."""
        return path.startswith(self.begins) and (not self.ends or path.endswith(self.ends))


class CodeFacts(Struct, frozen=True):
    """What the files and their imports say. All tuples are sorted."""

    files: tuple[ProjectPath, ...]
    """Every file of the project that is not excluded, of any kind."""
    roots: tuple[Root, ...]
    modules: tuple[Module, ...]
    links: tuple[Link, ...]
    unscanned: tuple[Unscanned, ...]
    ambiguous: tuple[AmbiguousImport, ...]
    ignores: tuple[Ignore, ...] = ()
