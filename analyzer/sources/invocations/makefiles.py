"""Makefiles: each line of a recipe is a piece of shell of its own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.sources.invocations.base import UNKNOWN, Place, SourceFile, Started
from analyzer.sources.invocations.commands import Commands
from analyzer.sources.invocations.shell import ShellText

_NAMES = frozenset({"GNUmakefile", "Makefile", "makefile"})
_ASSIGNMENT = re.compile(r"(?:export\s+|override\s+)?([\w.-]+)\s*(?:::?:?|\?)?=\s*(.*)")
_RULE = re.compile(r"[^\t#=][^=]*?:(?!=)[^;]*;(.*)")
_VARIABLE = re.compile(r"\$(?:\(([^()]*)\)|\{([^{}]*)\}|([^({$\s]))")
_DEEPEST = 8


def is_read(path: ProjectPath) -> bool:
    """Whether a file is a Makefile."""
    name = posixpath.basename(path)
    return name in _NAMES or name.endswith(".mk") or name.startswith("Makefile.")


def find_started(source: SourceFile, commands: Commands) -> Iterator[Started]:
    """What the recipes of a Makefile start; make runs them in the Makefile's folder."""
    place = Place((source.folder,), commands.mounts)
    if source.path.endswith(".mk"):
        # Included from somewhere above.
        place = Place(tuple(dict.fromkeys(("", source.folder))), commands.mounts)
    variables: dict[str, str] = {}
    for line, text in _logical_lines(source.lines):
        if text.startswith("\t"):
            recipe: str | None = text
        else:
            rule = _RULE.match(text)
            assignment = _ASSIGNMENT.match(text)
            recipe = rule[1] if rule is not None else None
            if recipe is None and assignment is not None:
                name, value = assignment[1], assignment[2].partition(" #")[0].strip()
                variables[name] = value.replace("\\\n", " ")
        if recipe is not None:
            recipe = recipe.lstrip("\t @+-")
            shell = ShellText(_fill(recipe, variables), line, place, variables)
            yield from commands.find_started(shell)


def _logical_lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Lines with those that continue them; the line ends stay, so that lines can be counted."""
    start = 0
    for number, line in enumerate(lines):
        if not line.endswith("\\"):
            yield start + 1, "\n".join(lines[start : number + 1])
            start = number + 1
    if start < len(lines):
        yield start + 1, "\n".join(lines[start:])


def _fill(text: str, variables: dict[str, str], depth: int = 0) -> str:
    """A recipe as the shell gets it."""

    def value(found: re.Match[str]) -> str:
        name = found[1] or found[2] or found[3]
        if name == "CURDIR":
            return "."
        if name == "MAKE":
            return "make"
        if name in variables and depth < _DEEPEST:
            return _fill(variables[name], variables, depth + 1)
        # Left for the shell, which knows it as little.
        return "${" + name + "}" if re.fullmatch(r"\w+", name) else "${_}"

    pieces = text.split("$$")
    return "$".join(_VARIABLE.sub(value, piece) for piece in pieces).replace(UNKNOWN, "")
