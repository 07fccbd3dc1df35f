"""The values that readers of files and readers of commands hand to each other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Protocol

from msgspec import Struct, field

from analyzer.model.imports import Unscanned
from analyzer.model.names import ProjectPath

UNKNOWN = "\x00"
"""Stands in a word for what cannot be worked out, such as the value of a variable."""
PROJECT = "\x01"
"""Stands at the start of a path for the project's own folder."""

TOP = ProjectPath(".")


class Word(Struct, frozen=True):
    """A word of a command, variables filled in as far as they are known."""

    text: str
    line: int
    """1-based line in the file."""


class Mount(Struct, frozen=True):
    """A file or folder of the project that stands somewhere else when the program runs."""

    target: str
    """Absolute path in the container."""
    source: str
    """Path in the project; "" is the project itself."""


class Place(Struct, frozen=True):
    """Where a command runs."""

    folders: tuple[str, ...]
    """The folders of the project that the working directory may be; "" is the project itself.

    One where that is certain, several where a script may be started from several, none where
    nothing is known.
    """
    mounts: tuple[Mount, ...] = ()
    script: str | None = None
    """The script that the command stands in: what `$0` is."""


class Command(Struct, frozen=True):
    """One simple command, as a shell would start it."""

    words: tuple[Word, ...]
    place: Place
    variables: Mapping[str, str] = field(default_factory=dict)
    body: Word | None = None
    """What a here-document gives it to read."""


class Started(Struct, frozen=True):
    """A file that a command starts, and the line that names it."""

    path: ProjectPath
    line: int
    is_test_run: bool = False


class Broken(Struct, frozen=True):
    """Where a file is not what its kind of file is."""

    line: int | None
    """1-based."""
    detail: str


class SourceFile:
    """A file that may start programs. Lines are counted as editors do."""

    broken: Broken | None = None
    """What its reader could not read, and everything behind it."""

    def __init__(self, *, path: ProjectPath, text: str) -> None:
        self.path = path
        # The two marks must not come in from outside.
        text = text.replace("\r\n", "\n").replace(UNKNOWN, " ").replace(PROJECT, " ")
        self.text = text.replace("\r", "\n").removeprefix("\ufeff")

    @cached_property
    def lines(self) -> list[str]:
        """The text's lines, without their ends."""
        return self.text.split("\n")

    @property
    def folder(self) -> str:
        """The folder that the file stands in; "" is the project itself."""
        return self.path[: max(self.path.rfind("/"), 0)]


class ReadText(Protocol):
    """Reads a file of the project once; nothing where it cannot be read or is too large."""

    def __call__(self, path: ProjectPath) -> SourceFile | None:
        """Give the file."""
        ...

    def find_unread(self, path: ProjectPath) -> Unscanned | None:
        """Tell what of the file could not be read; nothing where all of it was."""
        ...
