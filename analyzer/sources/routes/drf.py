"""Routers of Django REST framework: the addresses that they make of view sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Definition, External, Located
from analyzer.sources.outline.values import (
    Assignment,
    Call,
    Class,
    Constant,
    Expression,
    Name,
    Outline,
    Scope,
    Text,
    parts_of,
)
from analyzer.sources.routes.django_classes import (
    Handler,
    allowed_methods,
    class_handler,
)
from analyzer.sources.routes.drf_viewsets import (
    find_action_handler,
    find_actions,
    lookup_of,
    read_flag,
)

_OF_LIST = {"GET": "list", "POST": "create"}
_OF_ONE = {"GET": "retrieve", "PUT": "update", "PATCH": "partial_update", "DELETE": "destroy"}
_ROUTERS = frozenset({"DefaultRouter", "SimpleRouter"})
_DEEPEST = 10


class Place(Struct, frozen=True):
    """Where a name is assigned: what tells one router from another."""

    path: ProjectPath
    scope: Scope
    target: str


class RouterRoute(Struct, frozen=True):
    """One method of one address of a router."""

    route: str
    handler: Handler
    declared_in: ProjectPath
    declared_line: int


class _Registration(Struct, frozen=True):
    """`router.register(prefix, viewset)`."""

    path: ProjectPath
    scope: Scope
    line: int
    prefix: str
    viewset: Definition


class Routers:
    """All routers of a project and what is registered with them."""

    def __init__(self, code: Code) -> None:
        """Collect the calls of `register`, wherever they stand."""
        self._code = code
        self._registrations: dict[Place, list[_Registration]] = defaultdict(list)
        self._extended: dict[Place, list[Place]] = defaultdict(list)
        self._mentioned: set[Place] | None = None
        for outline in code.outlines:
            for one in outline.calls:
                receiver = one.call.receiver
                if not isinstance(receiver, Name):
                    continue
                if one.call.name == "register":
                    for place in self._places(outline.path, one.scope, receiver.dotted, ""):
                        found = self._register(outline.path, one.scope, one.call)
                        self._registrations[place].extend(found)
                elif one.call.name == "extend" and receiver.dotted.endswith(".registry"):
                    self._extend(outline.path, one.scope, receiver, one.call)

    def places(self) -> tuple[Place, ...]:
        """The routers with which something is registered, sorted."""
        found = [place for place, has in self._registrations.items() if has]
        return tuple(sorted(found, key=lambda place: (place.path, place.scope, place.target)))

    def find_routes(self, router: Place, call: Call) -> Iterator[RouterRoute]:
        """The addresses of a router, without its own root and without format suffixes.

        Args:
            router: the name that it is assigned to.
            call: the call that builds it.
        """
        options = self._options_of(router, call)
        if options is None:
            return
        slash, is_regex = options
        for one in self._registered_with(router, set()):
            yield from self._routes_of(one, slash=slash, is_regex=is_regex)

    def is_mentioned(self, router: Place) -> bool:
        """Whether something asks for the addresses of a router, in whatever way."""
        if self._mentioned is None:
            self._mentioned = {
                place
                for outline in self._code.outlines
                for scope, name in _names(outline)
                if name.endswith((".urls", ".get_urls"))
                for place in self._places(outline.path, scope, name, name.rpartition(".")[2])
            }
        return router in self._mentioned

    def _registered_with(self, router: Place, seen: set[Place]) -> Iterator[_Registration]:
        if router in seen:
            return
        seen.add(router)
        yield from self._registrations.get(router, ())
        for other in self._extended.get(router, ()):
            yield from self._registered_with(other, seen)

    def _places(self, path: ProjectPath, scope: Scope, dotted: str, rest: str) -> Iterator[Place]:
        for meaning in self._code.find_meanings(path, scope, dotted):
            if isinstance(meaning, External) or meaning.rest != rest:
                continue
            if isinstance(meaning.what, Assignment):
                yield Place(meaning.path, meaning.scope, meaning.name)

    def _extend(self, path: ProjectPath, scope: Scope, receiver: Name, call: Call) -> None:
        other = call.argument(0)
        if isinstance(other, Name) and other.dotted.endswith(".registry"):
            for place in self._places(path, scope, receiver.dotted, "registry"):
                found = self._places(path, scope, other.dotted, "registry")
                self._extended[place].extend(found)

    def _register(self, path: ProjectPath, scope: Scope, call: Call) -> Iterator[_Registration]:
        prefix = call.argument(0, "prefix")
        viewset = call.argument(1, "viewset")
        if prefix is None or viewset is None:
            return
        prefixes = self._code.find_values(path, scope, prefix)
        viewsets = self._code.find_values(path, scope, viewset)
        # In a loop over pairs, the first prefix belongs to the first view set.
        pairs = zip(prefixes, viewsets, strict=False)
        if len(prefixes) == 1:
            pairs = zip(prefixes * len(viewsets), viewsets, strict=True)
        for text, one in pairs:
            spelled = self._code.find_text(text.path, text.scope, text.expression)
            for meaning in self._classes(one):
                yield _Registration(
                    path, scope, call.line, "{…}" if spelled is None else spelled, meaning
                )

    def _classes(self, one: Located) -> Iterator[Definition]:
        if isinstance(one.expression, Name):
            for meaning in self._code.find_meanings(one.path, one.scope, one.expression.dotted):
                if isinstance(meaning, Definition) and isinstance(meaning.what, Class):
                    yield meaning

    def _options_of(self, router: Place, call: Call) -> tuple[str, bool] | None:
        """The trailing slash, and whether addresses are regular expressions."""
        slash, is_regex = "/", True
        meanings = self._code.find_meanings(router.path, router.scope, call.dotted)
        for meaning in meanings:
            if isinstance(meaning, External):
                names: tuple[str, ...] = (meaning.dotted,)
            elif isinstance(meaning.what, Class):
                names = self._code.find_outer_bases(meaning)
            else:
                continue
            if any(name.rpartition(".")[2] in _ROUTERS for name in names):
                for given in (self._super_call(meaning), call):
                    if given is None:
                        continue
                    slash = _slash(given.argument(0, "trailing_slash"), slash)
                    is_regex = read_flag(given.argument(1, "use_regex_path"), default=is_regex)
                return slash, is_regex
        return None

    def _super_call(self, meaning: Definition | External) -> Call | None:
        """`super().__init__(trailing_slash=False)` in a router class of the project."""
        if isinstance(meaning, External):
            return None
        inside = (*meaning.scope, meaning.name, "__init__")
        for one in self._code.outline_of(meaning.path).calls:
            if one.call.name == "__init__" and one.scope == inside:
                return one.call
        return None

    def _routes_of(
        self, one: _Registration, *, slash: str, is_regex: bool
    ) -> Iterator[RouterRoute]:
        code, viewset = self._code, one.viewset
        allowed = allowed_methods(code, viewset)
        head = f"{one.prefix}/" if one.prefix else ""
        lookup = lookup_of(code, viewset, is_regex=is_regex)
        for route, mapping in (
            (f"{one.prefix}{slash}", _OF_LIST),
            (f"{head}{lookup}{slash}", _OF_ONE),
        ):
            # Without a prefix, the slash at the beginning of the address is left out.
            spelled = route if one.prefix else route.removeprefix("/")
            for method, action in mapping.items():
                handler = find_action_handler(code, viewset, method=method, action=action)
                if handler is not None and method in allowed:
                    yield RouterRoute(spelled, handler, one.path, one.line)
        for extra in find_actions(code, viewset):
            start = f"{head}{lookup}/" if extra.is_detail else head
            address = f"{start}{extra.url_path}{slash}"
            for method, name, line in extra.methods:
                if method in allowed:
                    handler = class_handler(viewset, method)
                    if extra.owner == viewset:
                        handler = replace(handler, line=line, name=f"{handler.name}.{name}")
                    yield RouterRoute(address, handler, one.path, one.line)


def _names(outline: Outline) -> Iterator[tuple[Scope, str]]:
    """Every name in the values, the calls and the returns of a file."""
    values: list[tuple[Scope, Expression]] = [
        *((one.scope, one.value) for one in outline.assignments),
        *((one.scope, one.value) for one in outline.returns),
        *((one.scope, one.call) for one in outline.calls),
    ]
    for scope, value in values:
        for part in parts_of(value):
            if isinstance(part, Name | Call) and part.dotted:
                yield scope, part.dotted


def _slash(expression: Expression | None, default: str) -> str:
    match expression:
        case Constant(text):
            return "/" if text == "True" else ""
        case Text(value):
            return value
        case _:
            return default
