"""Shell scripts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.sources.invocations.base import Place, SourceFile, Started
from analyzer.sources.invocations.commands import Commands
from analyzer.sources.invocations.shell import ShellText

_SUFFIXES = frozenset({".bash", ".ksh", ".sh", ".zsh"})
_SHEBANG = re.compile(r"#!.*\b(?:ba|da|k|z)?sh\b")
_PROSE = re.compile(r"[A-Z][A-Z0-9_-]*")


def is_read(path: ProjectPath) -> bool:
    """Whether a file may be a shell script: by its suffix, or by having none."""
    name = posixpath.basename(path)
    suffix = posixpath.splitext(name)[1]
    # `LICENSE`, `CODEOWNERS` and the like are no programs.
    return suffix in _SUFFIXES or ("." not in name and _PROSE.fullmatch(name) is None)


def is_script(path: ProjectPath, text: str) -> bool:
    """Whether a file that may be a script is one: a file without suffix begins by saying so."""
    return posixpath.splitext(path)[1] in _SUFFIXES or _SHEBANG.match(text) is not None


def find_started(source: SourceFile, commands: Commands) -> Iterator[Started]:
    """What a shell script starts.

    Nothing says from where it is called: from the project's folder, or from its own.
    """
    if not is_script(source.path, source.text):
        return
    folders = [""]
    for part in source.folder.split("/"):
        if part:
            folders.append(f"{folders[-1]}/{part}".lstrip("/"))
    place = Place(tuple(folders), commands.mounts, source.path)
    yield from commands.find_started(ShellText(source.text, 1, place))
