"""Units of systemd.

Format: https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html. Keys stand
several times in one section, which configparser cannot keep apart; lines are read as systemd does.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.sources.invocations.base import Place, SourceFile, Started
from analyzer.sources.invocations.commands import Commands
from analyzer.sources.invocations.shell import ShellText

_KEY = re.compile(r"\s*(\w+)\s*=\s*(.*)", re.DOTALL)
_STARTING = re.compile(r"Exec(?:Start|StartPre|StartPost|Reload|Stop|StopPost|Condition)")


def is_read(path: ProjectPath) -> bool:
    """Whether a file is a unit, or a template of one, that runs commands."""
    return path.endswith((".service", ".service.j2", ".service.template"))


def find_started(source: SourceFile, commands: Commands) -> Iterator[Started]:
    """What a unit starts; a working directory outside of the project is taken for its top."""
    entries = list(_entries(source.lines))
    place = Place(("",), commands.mounts)
    variables: dict[str, str] = {}
    for _, key, value in entries:
        if key == "WorkingDirectory":
            folders = commands.tree.find_folders(value.strip("-\"' "), place)
            place = Place(folders or ("",), commands.mounts)
        elif key == "Environment":
            variables.update(_variables(value))
    for line, key, value in entries:
        if _STARTING.fullmatch(key):
            # `-` and the like say what to do about failures, `%` is systemd's own mark.
            text = value.lstrip("-@:+!").replace("%%", "%")
            yield from commands.find_started(ShellText(text, line, place, variables))


def _entries(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    start = 0
    for number, line in enumerate(lines):
        if line.endswith("\\") and number + 1 < len(lines):
            continue
        found = _KEY.match("\n".join(lines[start : number + 1]))
        if found is not None:
            yield start + 1, found[1], found[2]
        start = number + 1


def _variables(value: str) -> dict[str, str]:
    try:
        words = shlex.split(value)
    except ValueError:
        return {}
    return {name: text for name, equals, text in (word.partition("=") for word in words) if equals}
