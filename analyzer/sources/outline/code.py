"""What the expressions of a project come to, as far as that is known without running it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.meanings import (
    DEEPEST,
    Definition,
    External,
    ImportResolver,
    Meaning,
    Names,
)
from analyzer.sources.outline.values import (
    Assignment,
    Call,
    Choice,
    Class,
    Constant,
    Element,
    Expression,
    Function,
    Items,
    Joined,
    Name,
    Scope,
    Spread,
    Table,
    Text,
)

__all__ = ["ENVIRONMENT", "Code", "Definition", "External", "ImportResolver", "Located", "Meaning"]

_TEXT_METHODS: dict[str, Callable[..., str]] = {
    "__mod__": lambda text, *values: str(text % values),
    "format": str.format,
    "lower": str.lower,
    "lstrip": str.lstrip,
    "removeprefix": str.removeprefix,
    "removesuffix": str.removesuffix,
    "rstrip": str.rstrip,
    "strip": str.strip,
    "upper": str.upper,
}
ENVIRONMENT = frozenset({"environ.get", "getenv", "os.environ.get", "os.getenv"})
"""Calls that read a setting from the environment."""
_LISTS = frozenset({"frozenset", "list", "reversed", "set", "sorted", "tuple"})


class Located(Struct, frozen=True):
    """An expression, and where it stands: its names mean what they mean there."""

    path: ProjectPath
    scope: Scope
    expression: Expression


class Code(Names):
    """The outlines of a project, what their names mean and what their expressions come to."""

    def find_values(
        self, path: ProjectPath, scope: Scope, expression: Expression
    ) -> tuple[Located, ...]:
        """What an expression may be.

        Names are followed to what is assigned to them, loop variables to each item, choices to each
        option. What cannot be followed stays as it is.
        """
        return tuple(dict.fromkeys(self._values(Located(path, scope, expression), DEEPEST)))

    def find_text(self, path: ProjectPath, scope: Scope, expression: Expression) -> str | None:
        """The text that an expression has; nothing where it cannot be worked out.

        Of a choice the first option that can be; of a setting that comes from the environment, its
        default.
        """
        return self._text(Located(path, scope, expression), DEEPEST)

    def find_items(
        self, path: ProjectPath, scope: Scope, expression: Expression
    ) -> tuple[Located, ...]:
        """The items of a list, tuple or set, also those added to it later; of a dict, its keys."""
        return tuple(dict.fromkeys(self._items(Located(path, scope, expression), DEEPEST)))

    def find_classes_built(
        self, path: ProjectPath, scope: Scope, call: Call
    ) -> tuple[Definition, ...]:
        """The classes of the project that a call builds.

        By itself, or through a function of the project that returns such a call.
        """
        return tuple(dict.fromkeys(self._classes_built(path, scope, call, DEEPEST)))

    @contextmanager
    def following(self, what: str, one: Located) -> Iterator[bool]:
        """Whether a question about an expression is new: with `a = a + b` it leads to itself.

        Without this each further assignment of a name to itself would double the time.
        """
        key = (what, one)
        is_new = key not in self._followed
        self._followed.add(key)
        try:
            yield is_new
        finally:
            if is_new:
                self._followed.discard(key)

    def _values(self, one: Located, depth: int) -> list[Located]:
        with self.following("values", one) as is_new:
            return list(self._find_values(one, depth)) if is_new else []

    def _find_values(self, one: Located, depth: int) -> Iterator[Located]:
        if depth <= 0:
            return
        match one.expression:
            case Choice(options):
                for option in options:
                    yield from self._values(Located(one.path, one.scope, option), depth - 1)
            case Element(of, position):
                for item in self._items(Located(one.path, one.scope, of), depth - 1):
                    if position is None:
                        yield from self._values(item, depth - 1)
                        continue
                    parts = list(self._items(item, depth - 1))
                    if position < len(parts):
                        yield from self._values(parts[position], depth - 1)
            case Name(dotted):
                yield from self._values_of_name(one, dotted, depth)
            case _:
                yield one

    def _values_of_name(self, one: Located, dotted: str, depth: int) -> Iterator[Located]:
        is_followed = False
        for meaning in self.find_meanings(one.path, one.scope, dotted):
            if not isinstance(meaning, Definition):
                continue
            what = meaning.what
            if isinstance(what, Assignment) and not meaning.rest:
                if isinstance(what.value, Name):
                    continue
                is_followed = True
                value = Located(meaning.path, meaning.scope, what.value)
                yield from self._values(value, depth - 1)
            elif isinstance(what, Assignment) and isinstance(what.value, Call):
                # `settings = Settings()`, then `settings.PREFIX`: an attribute of the class.
                for member in self._attribute_of_call(meaning, what.value, depth - 1):
                    is_followed = True
                    yield from self._values(member, depth - 1)
        if not is_followed:
            yield one

    def _attribute_of_call(self, meaning: Definition, call: Call, depth: int) -> Iterator[Located]:
        name, _, further = meaning.rest.partition(".")
        if further or depth <= 0:
            return
        for owner in self.find_classes_built(meaning.path, meaning.scope, call):
            for member in self._members(owner, name, depth):
                if isinstance(member.what, Assignment):
                    yield Located(member.path, member.scope, member.what.value)

    def _classes_built(
        self, path: ProjectPath, scope: Scope, call: Call, depth: int
    ) -> Iterator[Definition]:
        if depth <= 0 or not call.dotted:
            return
        for meaning in self.find_meanings(path, scope, call.dotted):
            if not isinstance(meaning, Definition) or meaning.rest:
                continue
            if isinstance(meaning.what, Class):
                yield meaning
            elif isinstance(meaning.what, Function):
                for value in self.find_returns(meaning):
                    for one in self._values(value, depth - 1):
                        if isinstance(one.expression, Call):
                            yield from self._classes_built(
                                one.path, one.scope, one.expression, depth - 1
                            )

    def find_returns(self, function: Definition) -> tuple[Located, ...]:
        """What a function returns, in the order of its text."""
        if not isinstance(function.what, Function):
            return ()
        inside = (*function.what.scope, function.what.name)
        return tuple(
            Located(function.path, inside, one.value)
            for one in self.outline_of(function.path).returns
            if one.scope == inside
        )

    def _items(self, one: Located, depth: int) -> list[Located]:
        with self.following("items", one) as is_new:
            return list(self._find_items(one, depth)) if is_new else []

    def _find_items(self, one: Located, depth: int) -> Iterator[Located]:
        if depth <= 0:
            return
        match one.expression:
            case Items(items):
                for item in items:
                    if isinstance(item, Spread):
                        yield from self._items(replace(one, expression=item.of), depth - 1)
                    else:
                        yield replace(one, expression=item)
            case Table(pairs):
                yield from (replace(one, expression=key) for key, _ in pairs)
            case Call():
                yield from self._items_of_call(one, one.expression, depth)
            case Name(dotted):
                yield from self._items_of_name(one, dotted, depth)
            case Choice() | Element():
                for value in self._values(one, depth - 1):
                    if value != one:
                        yield from self._items(value, depth - 1)

    def _items_of_call(self, one: Located, call: Call, depth: int) -> Iterator[Located]:
        if call.receiver is None and call.arguments:
            inner = replace(one, expression=call.arguments[0])
            if call.name in _LISTS and len(call.arguments) == 1:
                yield from self._items(inner, depth - 1)
            elif call.name == "enumerate":
                for item in self._items(inner, depth - 1):
                    yield replace(item, expression=Items((Constant("0"), item.expression)))
        elif call.receiver is not None and call.name in ("items", "values", "keys"):
            for value in self._values(replace(one, expression=call.receiver), depth - 1):
                for key, content in _pairs_of(value.expression):
                    chosen: dict[str, Expression] = {
                        "items": Items((key, content)),
                        "values": content,
                        "keys": key,
                    }
                    yield replace(value, expression=chosen[call.name])

    def _items_of_name(self, one: Located, dotted: str, depth: int) -> Iterator[Located]:
        for meaning in self.find_meanings(one.path, one.scope, dotted):
            if not isinstance(meaning, Definition) or meaning.rest:
                continue
            what = meaning.what
            if isinstance(what, Assignment):
                if not isinstance(what.value, Name):
                    value = Located(meaning.path, meaning.scope, what.value)
                    yield from self._items(value, depth - 1)
                for added in self.table_of(meaning.path).added_to(what.target, meaning.scope):
                    yield from self._items(
                        Located(meaning.path, added.scope, added.value), depth - 1
                    )

    def _text(self, one: Located, depth: int) -> str | None:
        with self.following("text", one) as is_new:
            return self._find_text(one, depth) if is_new else None

    def _find_text(self, one: Located, depth: int) -> str | None:
        if depth <= 0:
            return None

        def inside(expressions: tuple[Expression, ...]) -> list[str | None]:
            return [self._text(replace(one, expression=part), depth - 1) for part in expressions]

        found: str | None = None
        match one.expression:
            case Text(value):
                found = value
            case Constant(text):
                found = None if text == "None" else text
            case Joined(parts):
                texts = inside(parts)
                known = [text for text in texts if text is not None]
                found = "".join(known) if len(known) == len(texts) else None
            case Choice(options):
                found = next((text for text in inside(options) if text is not None), None)
            case Call():
                found = self._text_of_call(one, one.expression, depth)
            case Name() | Element():
                texts = list(
                    {
                        self._text(value, depth - 1)
                        for value in self._values(one, depth - 1)
                        if value != one
                    }
                )
                found = texts[0] if len(texts) == 1 else None
        return found

    def _text_of_call(self, one: Located, call: Call, depth: int) -> str | None:
        def text(expression: Expression | None) -> str | None:
            if expression is None:
                return None
            return self._text(replace(one, expression=expression), depth - 1)

        if call.dotted in ENVIRONMENT:
            return text(call.argument(1, "default"))
        if call.dotted == "str" or call.name == "Field":
            return text(call.argument(0, "default"))
        base = text(call.receiver)
        values = [text(argument) for argument in call.arguments]
        named = {name: text(value) for name, value in call.keywords}
        method = _TEXT_METHODS.get(call.name)
        if method is None or base is None or None in values or None in named.values():
            return None
        try:
            return method(base, *values, **named)
        except (TypeError, ValueError, LookupError, AttributeError):
            return None


def _pairs_of(expression: Expression) -> tuple[tuple[Expression, Expression], ...]:
    return expression.pairs if isinstance(expression, Table) else ()
