"""What starts programs: files that something outside of Python runs, and what says so."""

from __future__ import annotations

import enum
import posixpath

from msgspec import Struct

from analyzer.model.imports import Link
from analyzer.model.names import ProjectPath


class EntryKind(enum.StrEnum):
    """How a file comes to be started. The order is that of a listing."""

    CONSOLE_SCRIPT = "console-script"
    """A command that installing the project gives."""
    PLUGIN = "plugin"
    """Another program looks for it in a group of entry points."""
    PUBLISHED = "published"
    """The outermost `__init__` of a package, or a single module, that the project is installed as:
    others import it."""
    INVOKED = "invoked"
    """A shell script, an image, a unit, a table or a pipeline runs it."""
    WEB_APPLICATION = "web-application"
    """It builds an object that a web server runs."""
    TASK_WORKER = "task-worker"
    """It builds what a worker of a task queue is started with."""
    MIGRATION = "migration"
    """A migration tool runs it by its path."""
    FRAMEWORK = "framework"
    """A framework looks for it by its name or settings, such as a Django command."""
    MAIN_GUARD = "main-guard"
    """It has a `__main__` guard or a shebang, or is a `__main__.py`: a person may run it."""
    CONFIGURED = "configured"
    """The configuration says so."""


class Standing(enum.IntEnum):
    """How much a start says about production; the first is what a person wants to be shown."""

    DEPLOYED = 0
    """A server, a worker, or what an image, a unit, a pipeline or a table of jobs runs."""
    OFFERED = 1
    """A command, a plug-in or a package for others; what a framework or the configuration names."""
    SCRIPT = 2
    """A script, a Makefile or other code runs it."""
    MIGRATION = 3
    GUARD = 4
    """Nothing but the file itself: a person may run it."""


_STANDING = {
    EntryKind.CONSOLE_SCRIPT: Standing.OFFERED,
    EntryKind.PLUGIN: Standing.OFFERED,
    EntryKind.PUBLISHED: Standing.OFFERED,
    EntryKind.INVOKED: Standing.DEPLOYED,
    EntryKind.WEB_APPLICATION: Standing.DEPLOYED,
    EntryKind.TASK_WORKER: Standing.DEPLOYED,
    EntryKind.MIGRATION: Standing.MIGRATION,
    EntryKind.FRAMEWORK: Standing.OFFERED,
    EntryKind.MAIN_GUARD: Standing.GUARD,
    EntryKind.CONFIGURED: Standing.OFFERED,
}
_SCRIPT_SUFFIXES = frozenset(
    {".bash", ".bat", ".cmd", ".fish", ".js", ".json", ".mk", ".ps1", ".py", ".sh", ".ts", ".zsh"}
)
_SCRIPT_NAMES = frozenset({"GNUmakefile", "Makefile", "justfile", "makefile", "noxfile", "tox.ini"})


class EntryPoint(Struct, frozen=True):
    """A file that something outside of Python starts, and what says so."""

    path: ProjectPath
    kind: EntryKind
    how: str
    """For people, such as `console script "analyzer"`."""
    declared_at: ProjectPath
    line: int | None
    """1-based line of the declaration; nothing where the file as a whole is one."""

    @property
    def standing(self) -> Standing:
        """How much it says about production."""
        suffix = posixpath.splitext(self.declared_at)[1]
        is_script = suffix in _SCRIPT_SUFFIXES or not _SCRIPT_NAMES.isdisjoint(
            self.declared_at.split("/")[-1:]
        )
        if self.kind is EntryKind.INVOKED and is_script:
            return Standing.SCRIPT
        return _STANDING[self.kind]

    def sort_key(self) -> tuple[str, str, str, str, int]:
        """The file, then what starts it."""
        return (self.path, self.kind, self.how, self.declared_at, self.line or 0)


class Invocation(Struct, frozen=True):
    """One file starts another one as a program."""

    link: Link
    is_test_run: bool
    """The program is pytest or unittest: what it starts is tested, not used."""
