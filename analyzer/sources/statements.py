"""What an import statement says beyond its target: the names it brings in, and what it stands in.

The scanner reports the line of a statement and what it imports. This module reads the few lines
around: it does not parse the file, so it works for any version of Python's grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from analyzer.model.imports import Kind

_TAB = 8
_NEAR = 200
_QUOTES_IN_COMMENT = re.compile(r"""[^"'#]*#""")
_HEADER = re.compile(
    r"(?:async\s+)?(def|class|if|elif|else|try|except|finally|with|for|while|match|case)\b"
)
_IMPORT = re.compile(r"(?:lazy\s+)?(?:from|import)\b")
_FROM = re.compile(r"\bfrom\s+([\w.\s]*?)\s*\bimport\b(.*)", re.DOTALL)
_NAME = re.compile(r"^([\w.]+|\*)(?:\s+as\s+(\w+))?$")
_TYPE_CHECKING = re.compile(r"(?:\w+\.)?TYPE_CHECKING")
_NOT_TYPE_CHECKING = re.compile(r"not\s+(?:\w+\.)?TYPE_CHECKING")


@dataclass(frozen=True, slots=True)
class ImportedName:
    """One name of a `from … import` list."""

    name: str
    """The name in the module that it is taken from; `*` for all."""
    bound_as: str
    """The name in the importer."""


@dataclass(frozen=True)
class FromImport:
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

    def find_kind(self, line: int) -> Kind:
        """Tell what the statement on a 1-based line stands in."""
        text = self._lines[line - 1] if line <= len(self._lines) else ""
        kinds = set()
        if not _IMPORT.match(text.lstrip()):
            # `try: import x`: the block begins on the line itself.
            kinds.add(_block_kind(self._lines, line - 1))
        if indent := _indent(text):
            kinds.update(
                _block_kind(self._lines, index) for index in self._blocks_around(line - 1, indent)
            )
        for kind in (Kind.TYPE_CHECKING, Kind.FUNCTION_LEVEL, Kind.CONDITIONAL):
            if kind in kinds:
                return kind
        return Kind.RUNTIME

    def _blocks_around(self, index: int, indent: int) -> list[int]:
        """The indexes of the lines that begin the blocks around a line, innermost first."""
        found = []
        for above in range(index - 1, -1, -1):
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
        return found

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


def _block_kind(lines: Sequence[str], index: int) -> Kind:
    text = lines[index]
    match = _HEADER.match(text.lstrip())
    keyword = match[1] if match is not None else ""
    if keyword == "def":
        return Kind.FUNCTION_LEVEL
    if keyword in ("", "class"):
        return Kind.RUNTIME
    if keyword in ("if", "elif"):
        return _condition_kind(text, is_else=False)
    if keyword == "else":
        start = _find_if(lines, index)
        if start is not None and "TYPE_CHECKING" in lines[start]:
            return _condition_kind(lines[start], is_else=True)
    return Kind.CONDITIONAL


def _condition_kind(text: str, *, is_else: bool) -> Kind:
    """What stands below a condition: for type checkers, not for them, or for both at times."""
    condition = text.strip().partition(":")[0].partition(" ")[2].strip("() ")
    is_negated = _NOT_TYPE_CHECKING.fullmatch(condition) is not None
    if not is_negated and not any(
        _TYPE_CHECKING.fullmatch(part.strip("() ")) for part in condition.split(" and ")
    ):
        return Kind.CONDITIONAL
    if " or " in condition or (is_else and " and " in condition):
        return Kind.CONDITIONAL
    return Kind.RUNTIME if is_negated != is_else else Kind.TYPE_CHECKING


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
