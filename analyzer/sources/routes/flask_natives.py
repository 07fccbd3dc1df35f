"""What Python's own functions and methods give, as far as routes are made with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice, product

from analyzer.sources.outline.values import Constant, Text
from analyzer.sources.routes.flask_values import (
    NOTHING,
    UNKNOWN,
    Called,
    Group,
    Native,
    Pairs,
    Value,
    Values,
    text_of,
)

_TEXT_METHODS: dict[str, Callable[..., str]] = {
    "__mod__": lambda text, *values: str(text % values),
    "capitalize": str.capitalize,
    "format": str.format,
    "lower": str.lower,
    "lstrip": str.lstrip,
    "removeprefix": str.removeprefix,
    "removesuffix": str.removesuffix,
    "replace": str.replace,
    "rstrip": str.rstrip,
    "strip": str.strip,
    "title": str.title,
    "upper": str.upper,
}
_MOST_TEXTS = 200
_UNWRITABLE = frozenset({"None", "True", "False", "..."})


def join(parts: Sequence[Values]) -> Values:
    """Texts put together: one for each choice of the parts; unknown where one part is."""
    found: list[Value] = []
    for chosen in islice(product(*parts), _MOST_TEXTS):
        texts = [_written(value) for value in chosen]
        is_known = any(text is not None for text in texts)
        # A route of which a part is not known is better than none.
        written = "".join("…" if text is None else text for text in texts)
        found += [Text(written)] if is_known else UNKNOWN
    return tuple(found) or UNKNOWN


def choose(options: Sequence[Values], *, is_fallback: bool) -> Values:
    """One of several values; of `a or b` the first that is known not to be empty."""
    for option in options if is_fallback else ():
        if option and all(isinstance(value, Text) and value.value for value in option):
            return option
    found = tuple(value for option in options for value in option)
    return tuple(value for value in found if value != NOTHING) or found


def call_method(method: Native, called: Called) -> Values:
    """What a method gives that the project does not define."""
    owner = method.owner
    if isinstance(owner, Text):
        return _call_text(owner, method.name, called)
    if isinstance(owner, Pairs):
        return _call_pairs(owner, method.name, called)
    if isinstance(owner, Group):
        return UNKNOWN
    return (called,)


def _written(value: Value) -> str | None:
    if isinstance(value, Text):
        return value.value
    if isinstance(value, Constant) and value.text not in _UNWRITABLE:
        return value.text
    return None


def _call_text(owner: Text, name: str, called: Called) -> Values:
    method = _TEXT_METHODS.get(name)
    arguments = [join([values]) for values in called.arguments]
    keywords = {key: text_of(join([values])) for key, values in called.keywords}
    if name == "join" and len(called.arguments) == 1:
        parts = [text_of(item) for group in called.arguments[0] for item in _items(group)]
        known = [part for part in parts if part is not None]
        return (Text(owner.value.join(known)),) if len(known) == len(parts) else UNKNOWN
    texts = [text_of(argument) for argument in arguments]
    if method is None or None in texts or None in keywords.values():
        return UNKNOWN
    try:
        return (Text(method(owner.value, *texts, **keywords)),)
    except (TypeError, ValueError, LookupError, AttributeError):
        return UNKNOWN


def _call_pairs(owner: Pairs, name: str, called: Called) -> Values:
    if name == "items":
        return (Group(tuple((Group(pair),) for pair in owner.items)),)
    if name == "values":
        return (Group(tuple(value for _, value in owner.items)),)
    if name == "keys":
        return (Group(tuple(key for key, _ in owner.items)),)
    if name in ("get", "pop") and called.arguments:
        wanted = called.arguments[0]
        for key, value in owner.items:
            if key == wanted:
                return value
        return called.arguments[1] if len(called.arguments) > 1 else (Constant("None"),)
    return UNKNOWN


def _items(value: Value) -> tuple[Values, ...]:
    if isinstance(value, Pairs):
        return tuple(key for key, _ in value.items)
    return value.items if isinstance(value, Group) else ()


def _as_list(arguments: Sequence[Values]) -> Values:
    groups = arguments[0] if arguments else (Group(()),)
    return tuple(Group(_items(group)) for group in groups)


def _as_text(arguments: Sequence[Values]) -> Values:
    return join(arguments[:1]) if arguments else UNKNOWN


def _numbered(arguments: Sequence[Values]) -> Values:
    return tuple(
        Group(
            tuple(
                (Group(((Constant(str(number)),), item)),)
                for number, item in enumerate(_items(group))
            )
        )
        for group in (arguments[0] if arguments else ())
    )


def _zipped(arguments: Sequence[Values]) -> Values:
    columns = [[item for group in argument for item in _items(group)] for argument in arguments]
    return (Group(tuple((Group(tuple(row)),) for row in zip(*columns, strict=False))),)


BUILTINS: dict[str, Callable[[Sequence[Values]], Values]] = {
    "enumerate": _numbered,
    "frozenset": _as_list,
    "list": _as_list,
    "reversed": _as_list,
    "set": _as_list,
    "sorted": _as_list,
    "str": _as_text,
    "tuple": _as_list,
    "zip": _zipped,
}
"""By name: takes the arguments, gives the result."""
