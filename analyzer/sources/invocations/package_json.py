"""Scripts of `package.json`."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.sources.invocations.base import Broken, Place, SourceFile, Started
from analyzer.sources.invocations.commands import Commands
from analyzer.sources.invocations.shell import ShellText


def is_read(path: ProjectPath) -> bool:
    """Whether a file is a `package.json`."""
    return posixpath.basename(path) == "package.json"


def find_started(source: SourceFile, commands: Commands) -> Iterator[Started]:
    """What the scripts of a package start, in its own folder."""
    try:
        scripts = json.loads(source.text).get("scripts", {})
        entries = list(scripts.items())
    except json.JSONDecodeError as error:
        source.broken = Broken(error.lineno, f"no JSON: {error.msg}")
        return
    except (ValueError, AttributeError, RecursionError):
        return
    place = Place((source.folder,), commands.mounts)
    for name, text in entries:
        if isinstance(text, str):
            line = _line_of(json.dumps(name), text, source)
            yield from commands.find_started(ShellText(text, line, place))


def _line_of(key: str, text: str, source: SourceFile) -> int:
    value = json.dumps(text)
    for number, line in enumerate(source.lines, 1):
        if key in line and value in line:
            return number
    return next((number for number, line in enumerate(source.lines, 1) if key in line), 1)
