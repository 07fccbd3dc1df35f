"""Configuration of supervisord: the commands of its programs."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.sources.invocations.base import Place, SourceFile, Started
from analyzer.sources.invocations.commands import Commands
from analyzer.sources.invocations.shell import ShellText

_NAME = re.compile(r"supervisor.*\.(?:conf|ini)|.*\.supervisor\.conf|worker\.conf")
_KEY = re.compile(r"(command|directory)\s*=\s*(.*)")


def is_read(path: ProjectPath) -> bool:
    """Whether a file is a configuration of supervisord, going by its name."""
    folder = posixpath.basename(posixpath.dirname(path))
    is_in_folder = folder.startswith("supervisor") and path.endswith((".conf", ".ini"))
    return is_in_folder or _NAME.fullmatch(posixpath.basename(path)) is not None


def find_started(source: SourceFile, commands: Commands) -> Iterator[Started]:
    """What the programs of supervisord start."""
    top = Place(tuple(dict.fromkeys(("", source.folder))), commands.mounts)
    command: tuple[int, str] | None = None
    place = top
    for number, line in enumerate([*source.lines, "[end]"], 1):
        if line.startswith("["):
            if command is not None:
                yield from commands.find_started(ShellText(command[1], command[0], place))
            command, place = None, top
            continue
        found = _KEY.match(line)
        if found is None:
            continue
        if found[1] == "command":
            # `%(ENV_X)s` is supervisord's own way to name a variable.
            command = number, re.sub(r"%\([^)]*\)s", "${_}", found[2])
        else:
            folders = commands.tree.find_folders(found[2].strip(), top)
            place = Place(folders or top.folders, commands.mounts)
