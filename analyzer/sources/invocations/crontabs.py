"""Cron tables: five fields of time or `@daily`, in some of them a user, then a command."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.sources.invocations.base import Place, SourceFile, Started
from analyzer.sources.invocations.commands import Commands
from analyzer.sources.invocations.shell import ShellText

_ENTRY = re.compile(r"\s*(?:@\w+|(?:[\d*/,A-Za-z~-]+\s+){4}[\d*/,A-Za-z~-]+)\s+(\S.*)")
_VARIABLE = re.compile(r"\s*([A-Za-z_]\w*)\s*=\s*[\"']?(.*?)[\"']?\s*")
_USER = re.compile(r"[\w-]+\s+(?=\S)")
_COMMON_USERS = re.compile(r"(?:root|nobody|www-data|app|ubuntu|deploy|django)\s+(?=\S)")


def is_read(path: ProjectPath) -> bool:
    """Whether a file is a cron table."""
    name = posixpath.basename(path)
    in_folder = posixpath.basename(posixpath.dirname(path)) == "cron.d"
    is_named = name in ("crontab", "cronfile") or name.endswith((".cron", ".crontab"))
    return is_named or (in_folder and not name.endswith((".md", ".py", ".rst", ".sh")))


def find_started(source: SourceFile, commands: Commands) -> Iterator[Started]:
    """What a cron table starts. Cron starts everything in a home folder: that says nothing."""
    has_user = posixpath.basename(source.folder) == "cron.d"
    place = Place(("",), commands.mounts)
    variables: dict[str, str] = {}
    for number, line in enumerate(source.lines, 1):
        if line.lstrip().startswith("#"):
            continue
        assignment = _VARIABLE.fullmatch(line)
        if assignment is not None:
            variables[assignment[1]] = assignment[2]
            continue
        found = _ENTRY.match(line)
        if found is None:
            continue
        text = found[1]
        user = (_USER if has_user else _COMMON_USERS).match(text)
        if user is not None:
            text = text[user.end() :]
        yield from commands.find_started(ShellText(text, number, place, variables))
