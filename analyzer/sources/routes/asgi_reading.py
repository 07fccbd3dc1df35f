"""What the expressions of code that registers routes come to: names, texts, lists."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Definition, External
from analyzer.sources.outline.values import (
    Assignment,
    Attribute,
    Call,
    Choice,
    Class,
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
from analyzer.sources.routes.asgi_values import (
    Defined,
    Environment,
    Listed,
    Mapped,
    Module,
    Outside,
    Place,
    Taker,
    Value,
    Values,
)

UNKNOWN = "…"
"""Stands in an address for a part that cannot be worked out."""

# Deeper than code that a person can follow.
_DEEPEST = 60


class Reading(ABC):
    """Works out expressions, as far as nothing is called."""

    def __init__(
        self, code: Code, *, runs: Callable[[ProjectPath, Scope], tuple[Place, ...]]
    ) -> None:
        """Take the code.

        Args:
            code: the outlines of the project.
            runs: the insides of a function that are known from its calls so far.
        """
        self._code = code
        self._runs = runs
        self.is_in_need_of_runs = False
        """Whether a list is filled by functions: what it holds is known when all of them ran."""
        self._depth = 0
        self._assigned: dict[tuple[ProjectPath, Assignment, Environment], Values] = {}
        self._pending: set[tuple[ProjectPath, Assignment, Environment]] = set()

    @abstractmethod
    def call(self, place: Place, call: Call, *, target: str = "") -> Iterator[Value]:
        """What a call returns; `target` is what it is assigned to."""

    @abstractmethod
    def attribute(self, value: Value, name: str) -> Values:
        """An attribute of a value."""

    def forget(self) -> None:
        """Forget what assignments bind."""
        self._assigned.clear()

    def evaluate(self, place: Place, expression: Expression | None) -> Values:
        """Everything that an expression may come to."""
        if expression is None or self._depth > _DEEPEST:
            return ()
        with self._deeper():
            return tuple(dict.fromkeys(self._evaluate(place, expression)))

    def text(self, place: Place, expression: Expression | None) -> str | None:
        """The text of an expression; nothing where it cannot be worked out."""
        if expression is None:
            return None
        if isinstance(expression, Joined):
            parts = [self.text(place, part) for part in expression.parts]
            return "".join(UNKNOWN if part is None else part for part in parts)
        texts = [value for value in self.evaluate(place, expression) if isinstance(value, str)]
        if len(texts) == 1 or (texts and isinstance(expression, Choice)):
            return texts[0]
        return self._code.find_text(place.path, place.scope, expression)

    def items(self, place: Place, expression: Expression | None) -> tuple[Values, ...]:
        """The items of what an expression comes to; of a dict, its keys."""
        return tuple(
            item for value in self.evaluate(place, expression) for item in _items_of(value)
        )

    def look_up(self, place: Place, dotted: str, *, line: int | None = None) -> Values:
        """What a name means; of several assignments the one before a line, where that is given."""
        first, _, rest = dotted.partition(".")
        table = self._code.table_of(place.path)
        for scope in table.scopes_seen_from(place.scope):
            bound = place.environment.find((place.path, scope, first))
            if bound is not None:
                return self.attributes(bound, rest)
            if table.find(scope, first) is not None:
                break
        meanings = self._code.find_meanings(place.path, place.scope, dotted)
        definitions = [one for one in meanings if isinstance(one, Definition)]
        own = [
            one.what.line
            for one in definitions
            if (one.path, one.scope) == (place.path, place.scope)
            and isinstance(one.what, Assignment)
        ]
        # A name that is built anew: what stands between the two belongs to the first.
        is_rebuilt = line is not None and 1 < len(own) == len(meanings)
        latest = max((one for one in own if line is not None and one <= line), default=None)
        found: list[Value] = []
        for meaning in meanings:
            if isinstance(meaning, External):
                found.append(Outside(meaning.dotted))
            elif (
                not is_rebuilt
                or latest is None
                or (isinstance(meaning.what, Assignment) and meaning.what.line == latest)
            ):
                found.extend(self._meant(place, meaning))
        return tuple(dict.fromkeys(found))

    def attributes(self, values: Values, dotted: str) -> Values:
        """Attributes of values, `state.router`."""
        for name in dotted.split(".") if dotted else ():
            values = tuple(one for value in values for one in self.attribute(value, name))
        return values

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def _evaluate(self, place: Place, expression: Expression) -> Iterator[Value]:
        match expression:
            case Text(value):
                yield value
            case Joined():
                text = self.text(place, expression)
                yield from () if text is None else (text,)
            case Name(dotted):
                yield from self.look_up(place, dotted)
            case Call():
                yield from self.call(place, expression)
            case Choice(options):
                for option in options:
                    yield from self.evaluate(place, option)
            case Items(items):
                yield Listed(tuple(self._items(place, items)))
            case Table(pairs):
                yield Mapped(
                    tuple(
                        (self.evaluate(place, key), self.evaluate(place, one)) for key, one in pairs
                    )
                )
            case Element(of, position):
                for item in self.items(place, of):
                    yield from part_of(item, position)
            case Attribute(of, name):
                yield from self.attributes(self.evaluate(place, of), name)

    def _items(self, place: Place, items: tuple[Expression, ...]) -> Iterator[Values]:
        for item in items:
            if isinstance(item, Spread):
                yield from self.items(place, item.of)
            else:
                yield self.evaluate(place, item)

    def _meant(self, place: Place, meaning: Definition) -> Values:
        what = meaning.what
        environment = place.environment.seen_from(meaning.path, meaning.scope)
        if isinstance(what, Assignment):
            around = Place(meaning.path, meaning.scope, environment)
            return self.attributes(self.assigned(around, what), meaning.rest)
        if isinstance(what, Function | Class):
            found = Defined(
                Definition(meaning.path, meaning.name, what, meaning.scope), environment
            )
            return self.attributes((found,), meaning.rest)
        return () if meaning.name else (Module(meaning.path),)

    def assigned(self, place: Place, assignment: Assignment) -> Values:
        """What an assignment binds, with what is added to it later."""
        key = (place.path, assignment, place.environment)
        if key in self._pending or self._depth > _DEEPEST:
            return ()
        if key not in self._assigned:
            self._pending.add(key)
            try:
                with self._deeper():
                    self._assigned[key] = self._with_added(place, assignment)
            finally:
                self._pending.discard(key)
        return self._assigned[key]

    def _with_added(self, place: Place, assignment: Assignment) -> Values:
        value = assignment.value
        if isinstance(value, Call):
            found = tuple(self.call(place, value, target=assignment.target))
        else:
            found = self.evaluate(place, value)
        lists = [one for one in found if isinstance(one, Listed)]
        if not lists:
            return found
        target, scope = assignment.target, place.scope
        if target.startswith("self."):
            # The other methods add to it, too.
            scope = scope[:-1]
        added = [
            item
            for one in self._code.table_of(place.path).added_to(target, scope)
            for around in self._runs_of(place, one)
            for item in self.items(around, one.value)
        ]
        return tuple(
            Listed((*one.items, *added)) if isinstance(one, Listed) else one for one in found
        )

    def _runs_of(self, place: Place, added: Assignment) -> tuple[Place, ...]:
        """Where a statement that adds to a list runs: once for each call of its function."""
        plain = Place(place.path, added.scope, place.environment)
        function = self._code.table_of(place.path).function_at(added.scope)
        if added.scope == place.scope or function is None:
            return (plain,)
        own = next((values for key, values in place.environment.bound if key[2] == "self"), None)
        runs = self._runs(place.path, added.scope)
        self.is_in_need_of_runs = True
        if added.target.startswith("self.") and own is not None:
            key = (place.path, added.scope, "self")
            runs = tuple(one for one in runs if one.environment.find(key) == own)
        return runs or (plain,)


def part_of(item: Values, position: int | None) -> Values:
    """One part of an item that is a tuple; the item itself where no position is asked for."""
    if position is None:
        return item
    return tuple(
        one
        for value in item
        if isinstance(value, Listed) and position < len(value.items)
        for one in value.items[position]
    )


def _items_of(value: Value) -> tuple[Values, ...]:
    if isinstance(value, Listed):
        return value.items
    if isinstance(value, Mapped):
        return tuple(key for key, _ in value.pairs)
    # The routes of a router, as a list.
    return ((value,),) if isinstance(value, Taker) else ()
