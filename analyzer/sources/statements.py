"""What an import statement says beyond its target: the names it brings in, and what it stands in.

The scanner reports the line of a statement and what it imports. This module reads the few lines
around: it does not parse the file, so it works for any version of Python's grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from msgspec import Struct

from analyzer.model.imports import Kind

_TAB = 8
_NEAR = 200
_QUOTES_IN_COMMENT = re.compile(r"""[^"'#]*#""")
_HEADER = re.compile(
    r"(?:async\s+)?(def|class|if|elif|else|try|except|finally|with|for|while|match|case)\b"
)
_IMPORT = re.compile(r"(?:lazy\s+)?(?:from|import)\b")
_FROM = re.compile(r"\bfrom\s+([\w.\s]*?)\s*\bimport\b(.*)", re.DOTALL)
_IMPORTS = re.compile(r"(?:^|[;:]|\blazy\s)\s*import\s+([^;]*)")
_NAME = re.compile(r"^([\w.]+|\*)(?:\s+as\s+(\w+))?$")
_TYPE_CHECKING = r"(?:\w+\.)?TYPE_CHECKING"
# `from typing import TYPE_CHECKING as TC`, and `TC = typing.TYPE_CHECKING`.
_ALIASES = re.compile(
    r"\bTYPE_CHECKING[ \t]+as[ \t]+(\w+)"
    rf"|^(\w+)[ \t]*(?::[^=\n]*)?=[ \t]*{_TYPE_CHECKING}[ \t]*(?:#.*)?$",
    re.MULTILINE,
)


class ImportedName(Struct, frozen=True):
    """One name of a `from … import` list."""

    name: str
    """The name in the module that it is taken from; `*` for all."""
    bound_as: str
    """The name in the importer."""


class FromImport(Struct, frozen=True, dict=True):
    """A `from … import …` statement."""

    level: int
    """The number of leading dots."""
    module: str
    """What stands between the dots and `import`; may be empty."""
    names: tuple[ImportedName, ...]

    @cached_property
    def by_name(self) -> dict[str, tuple[ImportedName, ...]]:
        """The names by what they are called in the module that they are taken from."""
        found: dict[str, tuple[ImportedName, ...]] = {}
        for one in self.names:
            found[one.name] = (*found.get(one.name, ()), one)
        return found


def read_from_import(lines: Sequence[str], line: int) -> FromImport | None:
    """Read the `from … import` statement that begins on a 1-based line.

    Nothing for a plain `import`, and where the statement cannot be read.
    """
    match = _FROM.search(_join_statement(lines, line))
    if match is None:
        return None
    origin = "".join(match[1].split())
    module = origin.lstrip(".")
    names = []
    for part in match[2].strip().strip("()").split(","):
        found = _NAME.match(part.strip())
        if found is not None:
            names.append(ImportedName(found[1], found[2] or found[1]))
    return FromImport(len(origin) - len(module), module, tuple(names))


def read_imports(lines: Sequence[str], line: int) -> Iterator[ImportedName]:
    """The modules that plain `import` statements on a 1-based line import, with their names here.

    `import a.b` binds `a`, and the module is used as `a.b`: that counts as its name.
    """
    for statement in _IMPORTS.findall(_join_statement(lines, line)):
        for part in statement.split(","):
            found = _NAME.match(part.strip())
            if found is not None:
                yield ImportedName(found[1], found[2] or found[1])


def _join_statement(lines: Sequence[str], line: int) -> str:
    """The text of a statement without comments and line breaks."""
    parts = []
    depth = 0
    for text in islice(lines, line - 1, None):
        code = text.partition("#")[0].rstrip()
        depth += code.count("(") - code.count(")")
        parts.append(code.removesuffix("\\"))
        if depth <= 0 and not code.endswith("\\"):
            break
    # What follows on the same line is another statement.
    head, import_, names = " ".join(parts).partition("import")
    return head + import_ + names.partition(";")[0]


class Surroundings:
    """The blocks that the statements of one file stand in, read off its lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Take the lines of a file, without their ends."""
        self._lines = lines
        self._known: dict[int, tuple[int, list[int]]] = {}
        """Index of a line that was asked for -> its indent, the blocks around it."""

    def find_kind(self, line: int) -> Kind:
        """Tell what the statement on a 1-based line stands in."""
        text = self._lines[line - 1] if line <= len(self._lines) else ""
        kinds = set()
        if not _IMPORT.match(text.lstrip()):
            # `try: import x`: the block begins on the line itself.
            kinds.add(self._block_kind(line - 1))
        if indent := _indent(text):
            kinds.update(self._block_kind(index) for index in self._blocks_around(line - 1, indent))
        for kind in (Kind.TYPE_CHECKING, Kind.FUNCTION_LEVEL, Kind.CONDITIONAL):
            if kind in kinds:
                return kind
        return Kind.RUNTIME

    def _blocks_around(self, index: int, indent: int) -> list[int]:
        """The indexes of the lines that begin the blocks around a line, innermost first."""
        found: list[int] = []
        own_indent = indent
        for above in range(index - 1, -1, -1):
            known = self._known.get(above)
            if known is not None and known[0] == indent:
                # A statement of the same block: many of these come one after the other.
                found += known[1]
                break
            text = self._lines[above]
            stripped = text.lstrip()
            here = len(text) - len(stripped)
            if not stripped or (here >= indent and "\t" not in text[:here]):
                # Most lines: this loop is the costliest of all that is read off the text.
                continue
            here = _indent(text)
            if here >= indent or stripped[0] == "#" or self._is_in_string(above, index):
                continue
            if _HEADER.match(stripped):
                found.append(above)
                indent = here
            elif stripped[0] in ")]}":
                # The end of a header of several lines: it begins further up, as far to the left.
                indent = here + 1
            if indent == 0:
                break
        self._known[index] = (own_indent, found)
        return found

    def _block_kind(self, index: int) -> Kind:
        text = self._lines[index]
        match = _HEADER.match(text.lstrip())
        keyword = match[1] if match is not None else ""
        if keyword == "def":
            return Kind.FUNCTION_LEVEL
        if keyword in ("", "class"):
            return Kind.RUNTIME
        if keyword in ("if", "elif"):
            return self._condition_kind(index, is_else=False)
        if keyword == "else":
            start = _find_if(self._lines, index)
            if start is not None:
                return self._condition_kind(start, is_else=True)
        return Kind.CONDITIONAL

    def _condition_kind(self, index: int, *, is_else: bool) -> Kind:
        """What stands below a condition: for type checkers, not for them, or for both at times."""
        statement = _join_statement(self._lines, index + 1).strip()
        condition = statement.partition(":")[0].partition("if")[2].strip("() ")
        found = [
            match
            for part in condition.split(" and ")
            if (match := self._type_checking.fullmatch(part.strip("() ")))
        ]
        is_negated = any(match["not"] for match in found)
        if not found or " or " in condition or ((is_else or is_negated) and " and " in condition):
            return Kind.CONDITIONAL
        return Kind.RUNTIME if is_negated != is_else else Kind.TYPE_CHECKING

    @cached_property
    def _type_checking(self) -> re.Pattern[str]:
        """What a condition for type checkers looks like in this file."""
        text = "\n".join(line for line in self._lines if "TYPE_CHECKING" in line)
        aliases = {name for found in _ALIASES.findall(text) for name in found if name}
        names = "|".join([_TYPE_CHECKING, *sorted(aliases)])
        return re.compile(rf"(?P<not>not\s+\(?\s*)?(?:{names})")

    def _is_in_string(self, index: int, end: int) -> bool:
        """Whether a line stands in a string of several lines that is over before another line.

        Such a string is closed in between but not opened, so its quotes are odd in number.
        """
        if end - index <= _NEAR:
            # Most blocks begin a few lines above: no need to look at the whole file.
            double, single = _count_quotes(islice(self._lines, index, end))
            return bool(double % 2 or single % 2)
        (double, single), (double_at_end, single_at_end) = (
            self._quotes_above[index],
            self._quotes_above[end],
        )
        return bool((double_at_end - double) % 2 or (single_at_end - single) % 2)

    @cached_property
    def _quotes_above(self) -> list[tuple[int, int]]:
        """How many triple quotes of either sort stand above each line, comments left out."""
        counts = [(0, 0)]
        for text in self._lines:
            double, single = _count_quotes([text])
            counts.append((counts[-1][0] + double, counts[-1][1] + single))
        return counts


def _count_quotes(lines: Iterable[str]) -> tuple[int, int]:
    """How many triple quotes of either sort there are, comments left out."""
    double = single = 0
    for text in lines:
        if '"""' in text or "'''" in text:
            code = text.partition("#")[0] if _QUOTES_IN_COMMENT.match(text) else text
            double += code.count('"""')
            single += code.count("'''")
    return double, single


def _find_if(lines: Sequence[str], index: int) -> int | None:
    """The `if` that an `else` belongs to; nothing where it is the `else` of something else."""
    indent = _indent(lines[index])
    for above in range(index - 1, -1, -1):
        stripped = lines[above].lstrip()
        if not stripped or _indent(lines[above]) > indent or stripped.startswith("#"):
            continue
        return above if stripped.startswith("if") else None
    return None


def _indent(text: str) -> int:
    """The column of the first character; as in Python, a tab goes to the next multiple of 8."""
    spaces = len(text) - len(text.lstrip(" "))
    if text[spaces : spaces + 1] not in ("\t", "\f"):
        return spaces
    column = 0
    for character in text:
        if character == " ":
            column += 1
        elif character == "\t":
            column += _TAB - column % _TAB
        elif character == "\f":
            column = 0
        else:
            break
    return column
