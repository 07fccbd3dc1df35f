"""What `from module import *` can take from a module, read off its outline."""

from __future__ import annotations

from msgspec import Struct

from analyzer.sources.outline.values import (
    Expression,
    Items,
    Joined,
    Name,
    Outline,
    Spread,
    Text,
)

_LIST = "__all__"
CALLS_THAT_BIND = frozenset({"eval", "exec", "globals", "locals", "vars"})
"""With these a module may bind, or use, names that do not stand in its text."""


class ListedNames(Struct, frozen=True):
    """The `__all__` of a module."""

    names: tuple[str, ...]
    modules: tuple[str, ...]
    """Names of modules whose `__all__` it takes in: `errors` of `__all__ = errors.__all__`."""


def names_with_code(outline: Outline) -> frozenset[str]:
    """The functions and classes at the top level of a module, below `if` and `try` too."""
    found = {one.name for one in outline.functions if not one.scope}
    return frozenset(found | {one.name for one in outline.classes if not one.scope})


def names_defined(outline: Outline) -> frozenset[str]:
    """The names that the statements at the top level of a module bind, below `if` and `try` too."""
    found = set(names_with_code(outline))
    found |= {one.target for one in outline.assignments if not one.scope and not one.is_added}
    found |= {one.bound_as for one in outline.bindings if not one.scope}
    return frozenset(name for name in found if name.isidentifier())


def tells_its_names(outline: Outline) -> bool:
    """Whether the text of a module says which names `import *` takes from it."""
    is_listed = any(one.target == _LIST and not one.scope for one in outline.assignments)
    if is_listed:
        return read_listed_names(outline) is not None
    return not any(one.call.name in CALLS_THAT_BIND for one in outline.calls)


def read_listed_names(outline: Outline) -> ListedNames | None:
    """Read `__all__`; nothing where there is none, or a part of it cannot be worked out."""
    names: list[str] = []
    modules: list[str] = []
    is_listed = False
    for one in outline.assignments:
        if one.target != _LIST or one.scope:
            continue
        is_listed = True
        if not _read_part(one.value, names, modules):
            return None
    return ListedNames(tuple(names), tuple(modules)) if is_listed else None


def _read_part(value: Expression, names: list[str], modules: list[str]) -> bool:
    """Read what `__all__` is set to; false where it cannot be worked out."""
    match value:
        case Text(text):
            names.append(text)
            return True
        case Name(dotted):
            # `errors.__all__`; or a name that `from .errors import __all__ as …` binds.
            modules.append(dotted.removesuffix(f".{_LIST}"))
            return "." not in modules[-1]
        case Items(items):
            # A name among the items is a text that is not known, not a list.
            return all(
                not isinstance(item, Name) and _read_part(item, names, modules) for item in items
            )
        case Joined(parts):
            return all(_read_part(part, names, modules) for part in parts)
        case Spread(of):
            return _read_part(of, names, modules)
        case _:
            return False
