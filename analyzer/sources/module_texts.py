"""The texts that the name of a module may be, where code puts it together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import ENVIRONMENT, Code, Located
from analyzer.sources.outline.values import (
    Call,
    Choice,
    Constant,
    Element,
    Expression,
    Items,
    Joined,
    Name,
    Table,
    Text,
    parts_of,
)
from analyzer.sources.package_names import find_listed_names, find_own_name
from analyzer.sources.text_flow import find_given, is_called_elsewhere

_LOOKUPS = frozenset({"__getitem__", "get", "pop"})
# More ways to put a text together are no table of modules.
_MOST_TEXTS = 500
_DEEPEST = 12


class Named(Struct, frozen=True):
    """A module's name as a string gives it, and where the string stands."""

    text: str
    """Dotted; with leading dots where it is relative to the file in `base`."""
    base: ProjectPath
    path: ProjectPath
    line: int
    """1-based; 0 where no string says it, but the files that are there."""
    is_anchored: bool = False
    """Whether it begins with the name of the package in `base`, whatever the import says."""


def argument_of(call: Call, position: int, *keywords: str) -> Expression:
    """An argument by its position or keyword; `None` where it is absent."""
    return call.argument(position, *keywords) or Constant("None")


def find_texts(code: Code, one: Located, line: int, depth: int = _DEEPEST) -> Iterator[Named]:
    """Every text that an expression may have, as far as that can be read, and where it is written.

    Args:
        code: the outlines of the project.
        one: the expression.
        line: 1-based line that stands for what is written nowhere.
        depth: the number of steps that may be followed.
    """
    path = one.path
    if depth <= 0:
        return
    match one.expression:
        case Text(text, line=own):
            yield Named(text, path, path, own or line)
        case Joined(parts):
            yield from itertools.islice(_joined(code, one, parts, line, depth), _MOST_TEXTS)
        case Call() if found := list(_looked_up(code, one, one.expression)):
            for value in found:
                yield from find_texts(code, value, line, depth - 1)
        case Name() | Element() | Choice():
            yield from _texts_of_values(code, one, line, depth)
        case _:
            known = code.find_text(path, one.scope, one.expression)
            if known is not None:
                yield Named(known, path, path, line)


def _texts_of_values(code: Code, one: Located, line: int, depth: int) -> Iterator[Named]:
    """The texts of a name or an item, as what it is bound to, or a call in its file, gives them."""
    listed = find_listed_names(code, one)
    if listed is not None:
        for name in listed.names:
            yield Named(name, listed.base, one.path, 0, name.startswith("."))
    for value in code.find_values(one.path, one.scope, one.expression):
        if value != one:
            yield from find_texts(code, value, line, depth - 1)
        elif isinstance(one.expression, Name):
            for given in find_given(code, one, one.expression.dotted):
                yield from find_texts(code, given, line, depth - 1)


def is_whole(code: Code, one: Located, depth: int = _DEEPEST) -> bool:
    """Whether `find_texts` gives every text that an expression may have.

    Not where a part comes from outside: from the environment, from a function that cannot be read,
    or as a parameter that other files may give.
    """
    parts: list[Located] = []
    match one.expression:
        case Text():
            return True
        case Joined(inner) | Choice(inner):
            parts = [replace(one, expression=part) for part in inner]
        case Call() if parts := list(_looked_up(code, one, one.expression)):
            default = one.expression.argument(1)
            parts += [] if default is None else [replace(one, expression=default)]
        case Name() | Element():
            if _is_own_name(code, one) or find_listed_names(code, one) is not None:
                return True
            parts = _all_values(code, one)
        case _:
            return not _is_setting(one.expression) and (
                code.find_text(one.path, one.scope, one.expression) is not None
            )
    return depth > 0 and bool(parts) and all(is_whole(code, part, depth - 1) for part in parts)


def _is_own_name(code: Code, one: Located) -> bool:
    return find_anchor(code, one, (one.expression,)) is not None


def _all_values(code: Code, one: Located) -> list[Located]:
    """Everything that a name or an item may be; nothing where there may be more."""
    values = list(code.find_values(one.path, one.scope, one.expression))
    if values == [one] and isinstance(one.expression, Name):
        name = one.expression.dotted
        values = list(find_given(code, one, name))
        if values and is_called_elsewhere(code, one, name):
            return []
    return [] if one in values else values


def _is_setting(expression: Expression) -> bool:
    """Whether the environment may give another text than the one that stands in the code."""
    return any(
        isinstance(part, Call) and (part.dotted in ENVIRONMENT or part.name == "Field")
        for part in parts_of(expression)
    )


def _joined(
    code: Code, one: Located, parts: tuple[Expression, ...], line: int, depth: int
) -> Iterator[Named]:
    """The texts of an f-string; `f"{__name__}.mail"` is relative to the package."""
    own = find_anchor(code, one, parts)
    is_anchored = own is not None
    base = one.path if own is None else own
    parts = parts[1:] if is_anchored else parts
    choices = [
        list(
            itertools.islice(
                find_texts(code, replace(one, expression=part), line, depth - 1), _MOST_TEXTS
            )
        )
        for part in parts
    ]
    for chosen in itertools.product(*choices):
        # The string that differs from one module to the next is the evidence.
        varying = [named for named, choice in zip(chosen, choices, strict=True) if len(choice) > 1]
        place = next(iter(varying or chosen), Named("", base, one.path, line))
        text = "".join(named.text for named in chosen)
        yield Named(text, base, place.path, place.line, is_anchored)


def find_anchor(code: Code, one: Located, parts: tuple[Expression, ...]) -> ProjectPath | None:
    """The file of the package whose name is the first part of a text; nothing where it is none."""
    first = parts[0] if parts else None
    if not isinstance(first, Name):
        return None
    return find_own_name(code, one.path, one.scope, first.dotted)


def _looked_up(code: Code, one: Located, call: Call) -> Iterator[Located]:
    """What `table[key]` or `table.get(key)` may be: one value where the key is known, else all."""
    if call.receiver is None or call.name not in _LOOKUPS:
        return
    key = code.find_text(one.path, one.scope, argument_of(call, 0))
    for table in code.find_values(one.path, one.scope, call.receiver):
        match table.expression:
            case Table(pairs):
                for name, value in pairs:
                    if key in (None, code.find_text(table.path, table.scope, name)):
                        yield replace(table, expression=value)
            case Items() if call.name == "__getitem__":
                yield from code.find_items(table.path, table.scope, table.expression)
