"""What an import statement says beyond its target: the names it brings in, and what it stands in.

The scanner reports the line of a statement and what it imports. This module reads the few lines
around: it does not parse the file, so it works for any version of Python's grammar.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.model.imports import Kind

_TAB = 8
_HEADER = re.compile(
    r"(?:async\s+)?(def|class|if|elif|else|try|except|finally|with|for|while|match|case)\b"
)
_IMPORT = re.compile(r"(?:lazy\s+)?(?:from|import)\b")
_FROM = re.compile(r"\bfrom\s+([\w.\s]*?)\s*\bimport\b(.*)", re.DOTALL)
_NAME = re.compile(r"^([\w.]+|\*)(?:\s+as\s+(\w+))?$")
_TYPE_CHECKING = re.compile(r"\bTYPE_CHECKING\b")
_NOT_TYPE_CHECKING = re.compile(r"\bnot\s+(?:\w+\.)?TYPE_CHECKING\b")
# A statement is not looked for further down than this.
_LONGEST_STATEMENT = 500


@dataclass(frozen=True, slots=True)
class ImportedName:
    """One name of a `from … import` list."""

    name: str
    """The name in the module that it is taken from; `*` for all."""
    bound_as: str
    """The name in the importer."""


@dataclass(frozen=True, slots=True)
class FromImport:
    """A `from … import …` statement."""

    level: int
    """The number of leading dots."""
    module: str
    """What stands between the dots and `import`; may be empty."""
    names: tuple[ImportedName, ...]


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
    joined = ""
    for text in lines[line - 1 : line - 1 + _LONGEST_STATEMENT]:
        code = text.partition("#")[0].rstrip()
        continues = code.endswith("\\")
        joined += code.removesuffix("\\") + " "
        if not continues and joined.count("(") <= joined.count(")"):
            break
    # What follows on the same line is another statement.
    head, import_, names = joined.partition("import")
    return head + import_ + names.partition(";")[0]


def find_kind(lines: Sequence[str], line: int) -> Kind:
    """Tell what the statement on a 1-based line stands in: read off the blocks around it."""
    text = lines[line - 1] if line <= len(lines) else ""
    indent = _indent(text)
    kinds = set()
    if not _IMPORT.match(text.lstrip()):
        # `try: import x`: the block begins on the line itself.
        kinds.add(_block_kind(lines, line - 1))
    if indent:
        kinds.update(_block_kind(lines, index) for index in _blocks_around(lines, line - 1, indent))
    for kind in (Kind.TYPE_CHECKING, Kind.FUNCTION_LEVEL, Kind.CONDITIONAL):
        if kind in kinds:
            return kind
    return Kind.RUNTIME


def _blocks_around(lines: Sequence[str], index: int, indent: int) -> list[int]:
    """The indexes of the lines that begin the blocks around a line, innermost first."""
    found = []
    for above in range(index - 1, -1, -1):
        text = lines[above]
        stripped = text.lstrip()
        here = len(text) - len(stripped)
        if not stripped or (here >= indent and "\t" not in text[:here]):
            # Most lines: this loop is the costliest of all that is read off the text.
            continue
        here = _indent(text)
        if here >= indent or stripped[0] == "#" or _is_in_string(lines, above, index):
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


def _is_in_string(lines: Sequence[str], index: int, end: int) -> bool:
    """Whether a line stands in a string of several lines that is over before another line.

    Such a string is closed in between but not opened, so its quotes are odd in number.
    """
    between = "\n".join(lines[index:end])
    return any(between.count(quotes) % 2 for quotes in ('"""', "'''"))


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
        if start is not None and _TYPE_CHECKING.search(lines[start]):
            return _condition_kind(lines[start], is_else=True)
    return Kind.CONDITIONAL


def _condition_kind(text: str, *, is_else: bool) -> Kind:
    condition = text.partition(":")[0]
    if not _TYPE_CHECKING.search(condition):
        return Kind.CONDITIONAL
    is_negated = _NOT_TYPE_CHECKING.search(condition) is not None
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
