"""Works out which applications, routers, handlers and texts expressions come to.

Functions are followed with the arguments of each call, so that `register(app, "/v1")` and
`register(admin, "/v2")` do not mix.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Definition, External
from analyzer.sources.outline.values import (
    Assignment,
    Attribute,
    Call,
    Class,
    Expression,
    Function,
    Name,
    Scope,
    Spread,
)
from analyzer.sources.routes.asgi_reading import UNKNOWN, Reading
from analyzer.sources.routes.asgi_values import (
    REGISTERING,
    Bound,
    Defined,
    Environment,
    Instance,
    Item,
    Key,
    Kind,
    Listed,
    Mapped,
    Module,
    Outside,
    Pending,
    Place,
    Taker,
    Value,
    Values,
    item_of,
    kind_of,
)

_DYNAMIC = ("importlib", "inspect", "pkgutil")
_LISTS = frozenset({"frozenset", "list", "reversed", "set", "sorted", "tuple"})


class Evaluator(Reading):
    """Works out expressions; tells what is built and what is called on the way."""

    def __init__(
        self,
        code: Code,
        *,
        on_taker: Callable[[Taker, Call, Place], None],
        on_run: Callable[[Place], None],
        runs: Callable[[ProjectPath, Scope], tuple[Place, ...]],
    ) -> None:
        """Take the code.

        Args:
            code: the outlines of the project.
            on_taker: is told of each application and router, and the call that builds it.
            on_run: is told of the inside of each function that is called.
            runs: the insides of a function that are known from its calls so far.
        """
        super().__init__(code, runs=runs)
        self._on_taker = on_taker
        self._on_run = on_run
        self._active: list[tuple[ProjectPath, Scope]] = []

    def callees(self, place: Place, call: Call) -> Values:
        """What a call calls."""
        if call.receiver is None:
            return self.look_up(place, call.name)
        if isinstance(call.receiver, Name):
            return self.look_up(place, call.dotted, line=call.line)
        if not call.name:
            return self.evaluate(place, call.receiver)
        if isinstance(call.receiver, Call) and call.receiver.dotted == "super":
            return tuple(self._super(place, call.name))
        return self.attributes(self.evaluate(place, call.receiver), call.name)

    def is_outside(self, place: Place, expression: Expression) -> bool:
        """Whether something comes from a library: `StaticFiles()`, `users.get_router()`.

        What is imported by a name that is not known may be the project's own.
        """
        if isinstance(expression, Attribute):
            return self.is_outside(place, expression.of)
        if isinstance(expression, Call):
            called = [
                one.dotted for one in self.callees(place, expression) if isinstance(one, Outside)
            ]
            if called:
                return not any(dotted.startswith(_DYNAMIC) for dotted in called)
            return expression.receiver is not None and self.is_outside(place, expression.receiver)
        if not isinstance(expression, Name):
            return False
        return any(
            isinstance(meaning, External)
            or (
                isinstance(meaning.what, Assignment)
                and isinstance(meaning.what.value, Call)
                and self.is_outside(Place(meaning.path, meaning.scope), meaning.what.value)
            )
            for meaning in self._code.find_meanings(place.path, place.scope, expression.dotted)
        )

    def inside(self, function: Defined, arguments: Environment | None = None) -> Place:
        """The inside of a function, with `self` and the defaults of its parameters bound."""
        definition, what = function.definition, function.definition.what
        if not isinstance(what, Function):
            return Place(definition.path)
        scope = (*what.scope, what.name)
        environment = function.environment
        if function.bound is not None and what.parameters:
            environment = environment.bind(
                (definition.path, scope, what.parameters[0]), (function.bound,)
            )
        around = Place(definition.path, what.scope, function.environment)
        for name, default in what.defaults:
            if values := _kept(self.evaluate(around, default)):
                environment = environment.bind((definition.path, scope, name), values)
        for key, values in () if arguments is None else arguments.bound:
            environment = environment.bind(key, values)
        return Place(definition.path, scope, environment)

    def returned(self, inside: Place) -> Values:
        """What a function returns; of one that calls itself, what its first rounds do."""
        key = (inside.path, inside.scope)
        if self._active.count(key) > 1:
            return ()
        self._active.append(key)
        try:
            return tuple(
                dict.fromkeys(
                    value
                    for one in self._code.outline_of(inside.path).returns
                    if one.scope == inside.scope
                    for value in self.evaluate(inside, one.value)
                )
            )
        finally:
            self._active.pop()

    def call(self, place: Place, call: Call, *, target: str = "") -> Iterator[Value]:
        """What a call returns: what it builds, or what a function of the project returns."""
        callees = self.callees(place, call)
        for callee in callees:
            match callee:
                case Outside(dotted):
                    yield from self._call_outside(place, call, dotted, target)
                case Defined(definition) if isinstance(definition.what, Class):
                    yield from self._build(place, call, callee, target)
                case Defined():
                    inside = self.inside(callee, self._arguments(place, call, callee))
                    self._on_run(inside)
                    yield from self.returned(inside)
                case Bound():
                    yield Pending(callee, call, place)
        if not callees:
            yield from self._call_builtin(place, call)

    def _call_outside(self, place: Place, call: Call, dotted: str, target: str) -> Iterator[Value]:
        kind, item = kind_of(dotted), item_of(dotted)
        if kind is not None:
            prefix = self._prefix(place, call) if kind is Kind.API_ROUTER else ""
            taker = self._taker(kind, place, call, target, prefix)
            self._on_taker(taker, call, place)
            yield taker
        elif item is not None:
            yield Item(item, call, place)
        elif dotted == "importlib.import_module":
            name = self.text(place, call.argument(0, "name"))
            module = None if name is None else self._code.find_module(place.path, name)
            yield from () if module is None else (Module(module),)
        elif dotted in ("functools.partial", "functools.lru_cache", "functools.cache"):
            yield from self.evaluate(place, call.argument(0, "func"))

    def _taker(self, kind: Kind, place: Place, call: Call, target: str, prefix: str) -> Taker:
        name = target.removeprefix("self.") or kind.value
        if target.startswith("self.") or self._code.table_of(place.path).class_at(place.scope):
            name = f"{place.scope[0]}.{name}"
        elif place.scope:
            name = place.scope[-1]
        return Taker(kind, place.path, call.line, name, prefix, environment=place.environment)

    def _prefix(self, place: Place, call: Call) -> str:
        prefix = call.argument(None, "prefix")
        if prefix is None:
            return ""
        text = self.text(place, prefix)
        return UNKNOWN if text is None else text

    def _build(self, place: Place, call: Call, callee: Defined, target: str) -> Iterator[Value]:
        """An object of one of the project's classes, which may be a router of its own kind."""
        owner = callee.definition
        kind = next(
            (one for one in map(kind_of, self._code.find_outer_bases(owner)) if one is not None),
            None,
        )
        starts = [
            Defined(member) for member in self._code.find_members(owner, "__init__")
            if isinstance(member.what, Function)
        ]  # fmt: skip
        arguments = Environment()
        for start in starts:
            arguments = self._arguments(place, call, start, is_bound=True)
        built: Taker | Instance = Instance(owner, arguments)
        if kind is not None:
            prefix = self._prefix(place, call)
            for start in starts:
                prefix = self._prefix_in(self.inside(start, arguments)) or prefix
            built = replace(
                self._taker(kind, place, call, target, prefix), owner=owner, arguments=arguments
            )
            self._on_taker(built, call, place)
        for start in starts:
            self._on_run(
                self.inside(Defined(start.definition, start.environment, built), arguments)
            )
        yield built

    def _prefix_in(self, inside: Place) -> str:
        """The prefix that a class of routers passes to `super().__init__`."""
        for one in self._code.outline_of(inside.path).calls:
            if one.scope == inside.scope and one.call.name == "__init__":
                return self._prefix(inside, one.call)
        return ""

    def _arguments(
        self, place: Place, call: Call, callee: Defined, *, is_bound: bool = False
    ) -> Environment:
        """The parameters of a function, as one call binds them."""
        what = callee.definition.what
        environment = Environment()
        if not isinstance(what, Function):
            return environment
        scope = (*what.scope, what.name)
        names = [name for name in what.parameters if not name.startswith("*")]
        if is_bound or callee.bound is not None:
            names = names[1:]
        given: list[tuple[str, Expression]] = []
        for name, argument in zip(names, call.arguments, strict=False):
            if isinstance(argument, Spread):
                break
            given.append((name, argument))
        given.extend((name, value) for name, value in call.keywords if name in names)
        for name, argument in given:
            key: Key = (callee.definition.path, scope, name)
            environment = environment.bind(key, _kept(self.evaluate(place, argument)))
        return environment

    def _call_builtin(self, place: Place, call: Call) -> Iterator[Value]:
        first = call.argument(0)
        if call.receiver is None and call.name in _LISTS and first is not None:
            yield Listed(self.items(place, first))
        elif call.receiver is None and call.name == "enumerate":
            yield Listed(tuple((Listed(((), item)),) for item in self.items(place, first)))
        elif call.receiver is None and call.name == "zip":
            rows = zip(*(self.items(place, one) for one in call.arguments), strict=False)
            yield Listed(tuple((Listed(row),) for row in rows))
        elif call.receiver is None and call.name == "getattr":
            name = self.text(place, call.argument(1))
            if name is not None and name.isidentifier():
                yield from self.attributes(self.evaluate(place, first), name)
        elif call.receiver is not None and call.name in ("items", "keys", "values"):
            for value in self.evaluate(place, call.receiver):
                if isinstance(value, Mapped):
                    yield Listed(tuple(_rows(value, call.name)))
        else:
            text = self._code.find_text(place.path, place.scope, call)
            yield from () if text is None else (text,)

    def attribute(self, value: Value, name: str) -> Values:
        """An attribute of a value."""
        match value:
            case Taker():
                return self._member(value, name) or _own_attribute(value, name)
            case Instance():
                return self._member(value, name)
            case Defined(definition, environment) if isinstance(definition.what, Class):
                return tuple(
                    one
                    for member in self._code.find_members(definition, name)
                    for one in self._meant(Place(member.path, member.scope, environment), member)
                )
            case Module(path):
                return self.look_up(Place(path), name)
        return ()

    def _member(self, owner: Taker | Instance, name: str) -> Values:
        """An attribute of an object: of its class, or what a method binds to `self`."""
        found: list[Value] = []
        for member in () if owner.owner is None else self._code.find_members(owner.owner, name):
            what = member.what
            if isinstance(what, Assignment):
                table = self._code.table_of(member.path)
                function = table.function_at(what.scope)
                place = Place(member.path, what.scope)
                if function is not None:
                    around = Definition(member.path, function.name, function, function.scope)
                    place = self.inside(
                        Defined(around, bound=owner),
                        owner.arguments.seen_from(member.path, what.scope),
                    )
                found.extend(self.assigned(place, what))
            elif isinstance(what, Function):
                method = Defined(member, bound=owner)
                if any(
                    isinstance(one, Name) and "property" in one.dotted for one in what.decorators
                ):
                    inside = self.inside(method)
                    self._on_run(inside)
                    found.extend(self.returned(inside))
                else:
                    found.append(method)
            elif isinstance(what, Class):
                found.append(Defined(member))
        return tuple(found)

    def _super(self, place: Place, name: str) -> Iterator[Value]:
        """A method of the base class."""
        owner = self._code.table_of(place.path).class_around(place.scope)
        if owner is None:
            return
        around = Definition(place.path, owner.name, owner, owner.scope)
        own = self.look_up(place, "self")
        bound = next((one for one in own if isinstance(one, Taker | Instance)), None)
        for base in self._code.find_bases(around):
            if isinstance(base, Definition):
                for member in self._code.find_members(base, name):
                    if isinstance(member.what, Function):
                        yield Defined(member, bound=bound)
            elif isinstance(bound, Taker) and name in REGISTERING:
                yield Bound(bound, name)


def _own_attribute(taker: Taker, name: str) -> Values:
    """What the frameworks' own classes have."""
    if name in REGISTERING:
        return (Bound(taker, name),)
    if name == "prefix":
        return (taker.prefix,)
    # `app.router`, and `app.routes` as the list to append to.
    return (taker,) if name in ("router", "routes") else ()


def _rows(table: Mapped, name: str) -> Iterator[Values]:
    for key, value in table.pairs:
        if name == "items":
            yield (Listed((key, value)),)
        else:
            yield key if name == "keys" else value


def _kept(values: Values) -> Values:
    """What is worth telling calls of a function apart for."""
    return tuple(one for one in values if not isinstance(one, Outside | Pending))
