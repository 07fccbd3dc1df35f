"""Paths that a file builds from its own place: `Path(__file__).parents[1] / "lib"`."""

from __future__ import annotations

import posixpath

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Located
from analyzer.sources.outline.values import (
    Attribute,
    Call,
    Choice,
    Constant,
    Element,
    Expression,
    Joined,
    Name,
    Scope,
)

_DEEPEST = 20
_SAME = frozenset(
    {
        "Path", "PosixPath", "PurePath", "PurePosixPath", "abspath", "expanduser", "fspath",
        "normpath", "realpath", "str",
    }
)  # fmt: skip
_SAME_METHODS = frozenset({"absolute", "as_posix", "expanduser", "resolve"})
_PARENT_FOLDERS = frozenset({"os.pardir", "os.path.pardir", "pardir"})


def find_path(code: Code, path: ProjectPath, scope: Scope, expression: Expression) -> str | None:
    """The path in the project that an expression gives; "" is the project itself.

    Only of what starts at the file itself (`__file__`). Nothing where it cannot be worked out, or
    leads out of the project.
    """
    found = _evaluate(code, Located(path, scope, expression), _DEEPEST)
    if found is None:
        return None
    whole = posixpath.normpath(found)
    if whole == ".." or whole.startswith("../"):
        return None
    return "" if whole == "." else whole


def _evaluate(code: Code, one: Located, depth: int) -> str | None:
    """A path that may still hold `..`."""
    with code.following("path", one) as is_new:
        return _work_out(code, one, depth) if is_new else None


def _work_out(code: Code, one: Located, depth: int) -> str | None:

    def inner(expression: Expression) -> str | None:
        return _evaluate(code, Located(one.path, one.scope, expression), depth - 1)

    found: str | None = None
    if depth <= 0:
        return None
    match one.expression:
        case Name(dotted):
            found = _of_name(code, one, dotted, depth)
        case Attribute(of, "parent"):
            found = _up(inner(of))
        case Choice(options):
            found = next((path for each in options if (path := inner(each)) is not None), None)
        case Element():
            found = _of_values(code, one, depth)
        case Joined((first, *rest)):
            base = inner(first)
            tail = code.find_text(one.path, one.scope, Joined(tuple(rest)))
            found = None if base is None or tail is None else base + tail
        case Call():
            found = _of_call(code, one, one.expression, depth)
    return found


def _of_values(code: Code, one: Located, depth: int) -> str | None:
    """What all values of a name agree on."""
    found = {
        _evaluate(code, value, depth - 1)
        for value in code.find_values(one.path, one.scope, one.expression)
        if value != one
    }
    return found.pop() if len(found) == 1 else None


def _of_name(code: Code, one: Located, dotted: str, depth: int) -> str | None:
    if dotted == "__file__":
        return one.path
    base, _, last = dotted.rpartition(".")
    if last == "parent" and base:
        return _up(_of_name(code, one, base, depth - 1)) if depth > 0 else None
    return _of_values(code, Located(one.path, one.scope, Name(dotted)), depth)


def _of_call(code: Code, one: Located, call: Call, depth: int) -> str | None:
    def inner(expression: Expression | None) -> str | None:
        if expression is None:
            return None
        return _evaluate(code, Located(one.path, one.scope, expression), depth - 1)

    found: str | None = None
    first = call.argument(0)
    match call.name:
        case "dirname":
            found = _up(inner(first))
        case "__truediv__" | "joinpath":
            found = _join(code, one, inner(call.receiver), call.arguments)
        case "with_name":
            found = _join(code, one, _up(inner(call.receiver)), call.arguments)
        case "__getitem__":
            found = _parent_at(code, one, call, depth)
        case name if name in _SAME_METHODS and not call.arguments:
            found = inner(call.receiver)
        case name if name in _SAME or name == "join":
            found = _join(code, one, inner(first), call.arguments[1:])
    return found


def _parent_at(code: Code, one: Located, call: Call, depth: int) -> str | None:
    """`path.parents[2]`."""
    match call.receiver:
        case Attribute(of, "parents"):
            base: Expression = of
        case Name(dotted) if dotted.endswith(".parents"):
            base = Name(dotted.removesuffix(".parents"))
        case _:
            return None
    match call.arguments:
        case (Constant(text),) if text.isdigit() and len(text) < 3:
            found = _evaluate(code, Located(one.path, one.scope, base), depth - 1)
            for _ in range(int(text) + 1):
                found = _up(found)
            return found
        case _:
            return None


def _join(code: Code, one: Located, base: str | None, parts: tuple[Expression, ...]) -> str | None:
    for part in parts:
        is_up = isinstance(part, Name) and part.dotted in _PARENT_FOLDERS
        text = ".." if is_up else code.find_text(one.path, one.scope, part)
        if base is None or text is None or text.startswith("/"):
            return None
        base = posixpath.join(base, text)
    return base


def _up(path: str | None) -> str | None:
    """The folder of a path; nothing above the project."""
    if path is None:
        return None
    whole = posixpath.normpath(path)
    if whole in (".", "..") or whole.startswith("../"):
        return None
    return posixpath.dirname(whole) or "."
