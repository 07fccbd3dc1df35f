"""Procfiles: `name: command`, one a line."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.sources.invocations.base import Place, SourceFile, Started
from analyzer.sources.invocations.commands import Commands
from analyzer.sources.invocations.shell import ShellText

_LINE = re.compile(r"[\w-]+:\s*(\S.*)")


def is_read(path: ProjectPath) -> bool:
    """Whether a file is a Procfile."""
    name = posixpath.basename(path)
    return name == "Procfile" or name.startswith("Procfile.")


def find_started(source: SourceFile, commands: Commands) -> Iterator[Started]:
    """What the processes of a Procfile start, in its own folder."""
    place = Place((source.folder,), commands.mounts)
    for number, line in enumerate(source.lines, 1):
        found = _LINE.match(line)
        if found is not None:
            yield from commands.find_started(ShellText(found[1], number, place))
