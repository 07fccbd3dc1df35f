"""Folders that a file adds to `sys.path`, so that its imports are found there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Located
from analyzer.sources.outline.values import Call, Element, Expression, Items, Name, Scope
from analyzer.sources.path_expressions import find_path

_WORDS = (b"sys.path", b"addsitedir", b"path.append(", b"path.extend(", b"path.insert(")
_NAME = re.compile(rb"(?<![\w.])[A-Za-z_]\w*")
# With the line break in front: an expression that begins with a fixed character is much faster.
_BINDING = re.compile(rb"\n[ \t]*(?:for[ \t]+)?([A-Za-z_]\w*)[ \t]*(?:(?::[^=\n]+)?=(?!=)|in\b)")
_IMPORT = re.compile(rb"\n[ \t]*(?:from|import)[ \t]")
# No statement that adds a folder is longer.
_MOST_LINES = 20
_ADDING = {"sys.path.insert": 1, "sys.path.append": 0, "site.addsitedir": 0}


def excerpt_of(data: bytes) -> bytes:
    """The statements of a file that say what it adds, and what these are made of.

    Each stands at the margin, whatever it stood in. Parsing so little costs next to nothing, which
    parsing the files of a project that do this would not.
    """
    bindings: dict[bytes, list[int]] = {}
    # A place in `lines` is one behind that in `data`: the break before a line stands for its start.
    lines = b"\n" + data
    for found in _BINDING.finditer(lines):
        bindings.setdefault(found[1], []).append(found.end() - 1)
    kept = {found.start(): _statement_at(data, found.start()) for found in _IMPORT.finditer(lines)}
    pending = [found.start() for word in _WORDS for found in re.finditer(re.escape(word), data)]
    while pending:
        start = data.rfind(b"\n", 0, pending.pop()) + 1
        if start not in kept:
            kept[start] = _statement_at(data, start)
            for name in set(_NAME.findall(kept[start])):
                pending += bindings.pop(name, ())
    return b"".join(_at_margin(kept[start]) for start in sorted(kept))


def _statement_at(data: bytes, start: int) -> bytes:
    """The statement that begins on a line, as far as its brackets reach."""
    depth = 0
    end = start
    for _ in range(_MOST_LINES):
        position, end = end, data.find(b"\n", end) + 1 or len(data)
        line = data[position:end]
        depth += sum(map(line.count, (b"(", b"[", b"{"))) - sum(map(line.count, (b")", b"]", b"}")))
        if end == len(data) or (depth <= 0 and not line.rstrip().endswith(b"\\")):
            break
    return data[start:end]


def _at_margin(statement: bytes) -> bytes:
    text = statement.strip()
    return text + (b" pass\n" if text.endswith(b":") else b"\n")


def find_path_entries(code: Code, path: ProjectPath) -> tuple[str, ...]:
    """The folders that a file adds to `sys.path`, as paths in the project, in their order.

    A relative text is taken as seen from the project. What cannot be worked out, or leads out of
    the project, is left out.
    """
    found: dict[str, None] = {}
    for scope, expression in _added(code, path):
        for value in _values(code, Located(path, scope, expression)):
            folder = _folder(code, value)
            if folder is not None:
                found[folder] = None
    return tuple(found)


def _added(code: Code, path: ProjectPath) -> Iterator[tuple[Scope, Expression]]:
    outline = code.outline_of(path)
    for one in outline.calls:
        name = one.call.dotted and code.external_name(path, one.scope, one.call.dotted)
        argument = one.call.argument(_ADDING[name]) if name in _ADDING else None
        if argument is not None:
            yield one.scope, argument
    for assignment in outline.assignments:
        # `sys.path += […]`, `sys.path[:0] = […]`; `append` is among the calls.
        if assignment.target == "sys.path" and isinstance(assignment.value, Items):
            for item in assignment.value.items:
                yield assignment.scope, item


def _values(code: Code, one: Located) -> Iterator[Located]:
    """The expression itself, or what a loop gives to its variable."""
    is_loop = isinstance(one.expression, Element) or (
        isinstance(one.expression, Name)
        and len(code.find_values(one.path, one.scope, one.expression)) > 1
    )
    if is_loop:
        yield from code.find_values(one.path, one.scope, one.expression)
    else:
        yield one


def _folder(code: Code, one: Located) -> str | None:
    found = find_path(code, one.path, one.scope, one.expression)
    if found is not None:
        return found
    if isinstance(one.expression, Call) and one.expression.dotted not in ("str", "os.path.abspath"):
        return None
    text = code.find_text(one.path, one.scope, one.expression)
    if not text or text.startswith(("/", "~")):
        return None
    folder = posixpath.normpath(text)
    if folder == ".." or folder.startswith("../"):
        return None
    return "" if folder == "." else folder
