"""Reads `urlpatterns`: every address below a file, and the files that it takes in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Definition, External, Located
from analyzer.sources.outline.values import (
    Assignment,
    Call,
    Choice,
    Element,
    Expression,
    Function,
    Items,
    Joined,
    Name,
    Spread,
    Text,
    parts_of,
)
from analyzer.sources.routes.django_classes import Handler
from analyzer.sources.routes.django_spelling import spell, with_view_prefix, without_anchors
from analyzer.sources.routes.django_views import ViewReader
from analyzer.sources.routes.drf import Place, Routers

URLPATTERNS = "urlpatterns"
# Longer ways from a list to its patterns are circles, or no code that anybody reads.
_DEEPEST = 40
# A loop over more apps than this is not read.
_MOST_NAMES = 200
_DJANGO = ("django.conf.urls.", "django.urls.")
_LISTS = frozenset({"list", "sorted", "tuple"})


class Route(Struct, frozen=True):
    """One method of one address, as far as one file knows it."""

    route: str
    handler: Handler
    declared_in: ProjectPath
    declared_line: int


class Inclusion(Struct, frozen=True):
    """A file takes in the patterns of another one."""

    path: ProjectPath
    line: int
    included: ProjectPath


class _Reading(Struct, frozen=True):
    """A list that is being read: what the name of the list means in its own next value."""

    place: Place
    routes: tuple[Route, ...]


class PatternReader:
    """Reads the patterns of files, each file once."""

    def __init__(self, code: Code) -> None:
        """Read the patterns of a project."""
        self._code = code
        self._views = ViewReader(code)
        self._routes: dict[ProjectPath, tuple[Route, ...]] = {}
        self._inclusions: dict[ProjectPath, dict[Inclusion, None]] = {}
        self._used_routers: dict[ProjectPath, dict[Place, None]] = {}
        self._reading: list[ProjectPath] = []
        self._routers = Routers(code)

    def find_routes(self, path: ProjectPath) -> tuple[Route, ...]:
        """Every address below a file, in the order of the text; what it includes, too."""
        if path not in self._routes:
            # A file that includes itself, over others, adds nothing there.
            self._routes[path] = ()
            self._inclusions[path] = {}
            self._used_routers[path] = {}
            self._reading.append(path)
            found = self._expand(Located(path, (), Name(URLPATTERNS)), None, _DEEPEST)
            self._routes[path] = tuple(dict.fromkeys(found))
            self._reading.pop()
        return self._routes[path]

    def inclusions_of(self, path: ProjectPath) -> tuple[Inclusion, ...]:
        """The files that a file takes in by itself."""
        self.find_routes(path)
        return tuple(self._inclusions[path])

    def routers_of(self, path: ProjectPath) -> tuple[Place, ...]:
        """The routers whose addresses a file takes in by itself."""
        self.find_routes(path)
        return tuple(self._used_routers[path])

    def find_router_routes(self, router: Place) -> tuple[Route, ...]:
        """Every address of a router."""
        return tuple(self._router_routes(router))

    def _router_routes(self, router: Place) -> Iterator[Route]:
        for assignment in self._assignments(router):
            call = assignment.value
            if isinstance(call, Call) and not assignment.is_added:
                for one in self._routers.find_routes(router, call):
                    yield Route(one.route, one.handler, one.declared_in, one.declared_line)

    def find_routers(self) -> tuple[Place, ...]:
        """The routers with addresses, sorted."""
        return tuple(
            place for place in self._routers.places() if next(self._router_routes(place), None)
        )

    def is_mentioned(self, router: Place) -> bool:
        """Whether something asks for a router's addresses, be it in a way that is not read."""
        return self._routers.is_mentioned(router)

    def line_of(self, place: Place) -> int:
        """The line that first assigns a name; 1 where it is only imported."""
        lines = (one.line for one in self._assignments(place) if not one.is_added)
        return next(lines, 1)

    # Lists

    def _expand(self, one: Located, reading: _Reading | None, depth: int) -> Iterator[Route]:
        """The addresses of a list of patterns, or of what can stand for one."""
        if depth <= 0:
            return
        match one.expression:
            case Items(items):
                # `("shop.urls", "shop")`: of texts only the first one can be a module.
                patterns = (
                    item
                    for position, item in enumerate(items)
                    if position == 0 or not isinstance(item, Text)
                )
                yield from self._expand_all(one, tuple(patterns), reading, depth)
            case Joined(parts) if any(isinstance(part, Text) for part in parts):
                yield from self._include_spelled(one, parts)
            case Joined(parts) | Choice(parts):
                yield from self._expand_all(one, parts, reading, depth)
            case Spread(of):
                yield from self._expand_all(one, (of,), reading, depth)
            case Element():
                for value in self._code.find_values(one.path, one.scope, one.expression):
                    if value != one:
                        yield from self._expand(value, reading, depth - 1)
            case Text(value, line):
                yield from self._include_named(one, value, line)
            case Name(dotted):
                yield from self._expand_name(one, dotted, reading, depth)
            case Call():
                yield from self._expand_call(one, one.expression, reading, depth)
            case _:
                return

    def _expand_all(
        self,
        one: Located,
        expressions: Sequence[Expression],
        reading: _Reading | None,
        depth: int,
    ) -> Iterator[Route]:
        for expression in expressions:
            inner = Located(one.path, one.scope, expression)
            yield from self._expand(inner, reading, depth - 1)

    def _expand_name(
        self, one: Located, dotted: str, reading: _Reading | None, depth: int
    ) -> Iterator[Route]:
        own = Place(one.path, (), URLPATTERNS)
        done: set[Place] = set()
        for meaning in self._code.find_meanings(one.path, one.scope, dotted):
            if isinstance(meaning, External):
                continue
            what = meaning.what
            place = Place(meaning.path, meaning.scope, meaning.name)
            if what is None and not meaning.name:
                yield from self._include(one.path, meaning.path)
            elif isinstance(what, Assignment) and meaning.rest in ("urls", "get_urls"):
                self._note_router(place)
                yield from self.find_router_routes(place)
            elif isinstance(what, Assignment) and not meaning.rest and place not in done:
                done.add(place)
                if reading is not None and reading.place == place:
                    yield from reading.routes
                elif place.target == URLPATTERNS and place.path != self._reading[-1]:
                    yield from self._include(one.path, place.path)
                else:
                    yield from self._expand_place(place, depth)
        if dotted == URLPATTERNS and own not in done and not one.scope:
            # `from other.urls import *`, then `urlpatterns += […]`.
            yield from self._expand_place(own, depth)

    def _expand_place(self, place: Place, depth: int) -> Iterator[Route]:
        """All that is assigned to a name, one after the other."""
        found: tuple[Route, ...] = ()
        for assignment in self._assignments(place):
            value = Located(place.path, assignment.scope, assignment.value)
            routes = tuple(self._expand(value, _Reading(place, found), depth - 1))
            is_replaced = not assignment.is_added and any(
                isinstance(part, Name) and part.dotted == place.target
                for part in parts_of(assignment.value)
            )
            # Without its own name in it, it may be the other branch of an `if`.
            found = routes if is_replaced else (*found, *routes)
        yield from found

    def _assignments(self, place: Place) -> tuple[Assignment, ...]:
        return tuple(
            one
            for one in self._code.outline_of(place.path).assignments
            if one.target == place.target
            and (one.scope == place.scope or (one.is_added and self._sees(one, place)))
        )

    def _sees(self, added: Assignment, place: Place) -> bool:
        return added.scope[: len(place.scope)] == place.scope

    def _expand_call(
        self, one: Located, call: Call, reading: _Reading | None, depth: int
    ) -> Iterator[Route]:
        name = self._code.external_name(one.path, one.scope, call.dotted) if call.dotted else None
        last = (name or "").rpartition(".")[2]
        if name is None:
            yield from self._expand_own_call(one, call, reading, depth)
        elif name.startswith(_DJANGO) and last in ("path", "re_path", "url"):
            yield from self._read_pattern(one, call, is_regex=last != "path", depth=depth)
        elif name.startswith(_DJANGO) and last == "include":
            yield from self._expand_all(one, _first(call, "arg"), reading, depth)
        elif name.startswith(_DJANGO) and last == "i18n_patterns":
            yield from self._expand_all(one, call.arguments, reading, depth)
        elif name.startswith(_DJANGO) and last == "patterns" and call.arguments:
            prefix = self._code.find_text(one.path, one.scope, call.arguments[0])
            prefixed = tuple(with_view_prefix(part, prefix) for part in call.arguments[1:])
            yield from self._expand_all(one, prefixed, reading, depth)
        elif name.startswith("rest_framework.") and last == "format_suffix_patterns":
            yield from self._expand_all(one, _first(call, "urlpatterns"), reading, depth)

    def _expand_own_call(
        self, one: Located, call: Call, reading: _Reading | None, depth: int
    ) -> Iterator[Route]:
        """A function of the project that returns patterns."""
        if call.receiver is None and call.name in _LISTS:
            yield from self._expand_all(one, call.arguments[:1], reading, depth)
            return
        meanings = self._code.find_meanings(one.path, one.scope, call.dotted) if call.dotted else ()
        for meaning in meanings:
            if isinstance(meaning, Definition) and isinstance(meaning.what, Function):
                for value in self._code.find_returns(meaning):
                    yield from self._expand(value, None, depth - 1)

    # Single patterns

    def _read_pattern(
        self,
        one: Located,
        call: Call,
        *,
        is_regex: bool,
        depth: int,
    ) -> Iterator[Route]:
        route = spell(self._code, one, call.argument(0, "route", "regex"))
        if is_regex:
            route = without_anchors(route)
        given = call.argument(1, "view")
        if given is None:
            return
        view = Located(one.path, one.scope, given)
        if self._is_list(view):
            for inner in self._expand(view, None, depth - 1):
                yield replace(inner, route=route + inner.route)
            return
        if isinstance(given, Text):
            handlers = self._views.find_handlers_by_name(view, given.value, line=call.line)
        else:
            handlers = self._views.find_handlers(view, line=call.line)
        for handler in handlers:
            yield Route(route, handler, one.path, call.line)

    def _is_list(self, view: Located) -> bool:
        """Whether a pattern leads to further patterns and not to a view."""
        match view.expression:
            case Items():
                return True
            case Call() as call:
                name = self._code.external_name(view.path, view.scope, call.dotted) or ""
                return name.startswith(_DJANGO) and name.endswith(".include")
            case Name(dotted):
                return dotted.endswith(".urls") or any(
                    isinstance(value.expression, Items) or self._is_include(value)
                    for value in self._code.find_values(view.path, view.scope, view.expression)
                )
            case _:
                return False

    def _is_include(self, value: Located) -> bool:
        return isinstance(value.expression, Call) and self._is_list(value)

    # Other files

    def _include_named(self, one: Located, dotted: str, line: int) -> Iterator[Route]:
        included = self._code.find_module(one.path, dotted)
        if included is not None:
            yield from self._include(one.path, included, line=line)

    def _include_spelled(self, one: Located, parts: Sequence[Expression]) -> Iterator[Route]:
        """`include(f"{app}.urls")`, in a loop over the names of apps."""
        texts = [""]
        for part in parts:
            values = self._code.find_values(one.path, one.scope, part)
            found = [self._code.find_text(at.path, at.scope, at.expression) for at in values]
            if len(texts) * len(found) > _MOST_NAMES:
                return
            texts = [text + end for text in texts for end in found if end is not None]
        for text in texts:
            yield from self._include_named(one, text, 0)

    def _include(
        self, path: ProjectPath, included: ProjectPath, *, line: int = 0
    ) -> Iterator[Route]:
        by = self._reading[-1]
        self._inclusions[by][Inclusion(path, line, included)] = None
        yield from self.find_routes(included)

    def _note_router(self, place: Place) -> None:
        self._used_routers[self._reading[-1]][place] = None


def _first(call: Call, keyword: str) -> tuple[Expression, ...]:
    found = call.argument(0, keyword)
    return () if found is None else (found,)
