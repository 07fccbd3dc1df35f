"""What starts programs: files that something outside of Python runs, and what says so."""

from __future__ import annotations

import enum
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """A file that something outside of Python starts, and what says so."""

    path: ProjectPath
    kind: EntryKind
    how: str
    """For people, such as `console script "analyzer"`."""
    declared_at: ProjectPath
    line: int | None
    """1-based line of the declaration; nothing where the file as a whole is one."""

    def sort_key(self) -> tuple[str, str, str, str, int]:
        """The file, then what starts it."""
        return (self.path, self.kind, self.how, self.declared_at, self.line or 0)


@dataclass(frozen=True, slots=True)
class Invocation:
    """One file starts another one as a program."""

    link: Link
    is_test_run: bool
    """The program is pytest or unittest: what it starts is tested, not used."""
