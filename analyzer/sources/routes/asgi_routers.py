"""What is registered on FastAPI's and Starlette's applications and routers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code
from analyzer.sources.outline.values import Call, Constant, Expression
from analyzer.sources.routes.asgi_evaluator import Evaluator
from analyzer.sources.routes.asgi_handlers import ANY, Handler, defined_handlers, find_handlers
from analyzer.sources.routes.asgi_reading import UNKNOWN
from analyzer.sources.routes.asgi_values import (
    METHODS,
    Bound,
    Defined,
    Item,
    Kind,
    Module,
    Outside,
    Pending,
    Place,
    Taker,
    Values,
)
from analyzer.sources.routes.explaining import Unfollowed, last_name_of, may_run
from analyzer.sources.routes.mounting import Mounts, Site
from analyzer.sources.routes.plugins import find_loaded, find_members

WEBSOCKET = "WEBSOCKET"
# Of these FastAPI puts a router's own prefix before the path; of Starlette's own ones it does not.
_PREFIXED = METHODS | {"add_api_route", "add_api_websocket_route", "api_route", "websocket"}
_SOCKETS = frozenset(
    {"WebSocketRoute", "add_api_websocket_route", "add_websocket_route", "websocket",
     "websocket_route"}
)  # fmt: skip
# Starlette's own take classes, too. (That they answer to HEAD wherever they answer to GET is left
# out: nobody wrote it.)
_TAKING_CLASSES = frozenset({"Route", "add_route", "route"})


class Route(Struct, frozen=True):
    """A handler on a router."""

    taker: Taker
    method: str
    path: str
    """What stands behind the router's address."""
    handler: Handler
    declared_in: ProjectPath
    declared_line: int


class Registrations:
    """Collects routes, and which router takes in which."""

    def __init__(self, code: Code) -> None:
        """Start empty."""
        self._code = code
        self.evaluator: Evaluator
        self.mounts: Mounts[Taker] = Mounts()
        self.takers: dict[Taker, None] = {}
        self.routes: dict[Route, None] = {}
        self.unfollowed: dict[Unfollowed, dict[tuple[Taker, str], None]] = {}
        """With what is known to take something in there, and under which prefix."""
        self._built: set[Taker] = set()

    def note_taker(self, taker: Taker, call: Call, place: Place) -> None:
        """Note an application or a router, and the routes that it is built with."""
        self.takers[taker] = None
        if taker not in self._built:
            self._built.add(taker)
            position = {Kind.ROUTER: 0, Kind.STARLETTE: 1}.get(taker.kind)
            self._attach_all(taker, place, call.argument(position, "routes"))

    def restart(self) -> None:
        """Forget what could not be followed: everything runs again, and more is known now."""
        self.unfollowed.clear()
        self._built.clear()

    def decorate(self, bound: Bound, call: Call, place: Place, handler: Defined, line: int) -> None:
        """Note `@router.get("/")` before a function or a class."""
        handlers = (replace(one, line=line) for one in defined_handlers(self._code, handler))
        self._add(bound.taker, bound.name, call, place, handlers, line=line)

    def call(self, bound: Bound, call: Call, place: Place) -> None:
        """Note a call of a router's method that is no decorator."""
        match bound.name:
            case "include_router":
                prefix = bound.taker.prefix + self._path(place, call.argument(None, "prefix"))
                self._take_in(bound.taker, place, call.argument(0, "router"), call.line, prefix)
            case "mount":
                prefix = self._path(place, call.argument(0, "path")).rstrip("/")
                self._take_in(bound.taker, place, call.argument(1, "app"), call.line, prefix)
            case "host":
                self._take_in(bound.taker, place, call.argument(1, "app"), call.line, "")
            case "append" | "insert":
                values = self.evaluator.evaluate(
                    place, call.arguments[-1] if call.arguments else None
                )
                self._attach(bound.taker, values, "")
            case "extend":
                self._attach_all(bound.taker, place, call.argument(0))
            case _ if bound.name.startswith("add_"):
                handler = call.argument(1, "endpoint", "route")
                self.apply(Pending(bound, call, place), place, handler, call.line)

    def apply(self, of: Pending, place: Place, handler: Expression | None, line: int) -> None:
        """Note a route whose handler is an expression."""
        handlers = find_handlers(self._code, self.evaluator, place, handler, line)
        self._add(of.of.taker, of.of.name, of.call, of.place, handlers, line=line)

    def note_unfollowed(self, place: Place, call: Call) -> None:
        """Note `x.include_router(router)` where `x` cannot be followed."""
        position, keyword = (0, "router") if call.name == "include_router" else (1, "app")
        taken = call.argument(position, keyword)
        values = self.evaluator.evaluate(place, taken)
        sites = tuple(sorted({one.site for one in values if isinstance(one, Taker)}))
        # What is called `mount` may be anything.
        if sites or (call.name == "include_router" and not values):
            self._note_open(place, call.line, taken, sites)

    def follow_plugins(self) -> None:
        """Take in what may come from plug-ins, where the project offers such ones itself."""
        by_name: dict[str, list[dict[tuple[Taker, str], None]]] = defaultdict(list)
        for one, takers in self.unfollowed.items():
            by_name[one.name].append(takers)
        for name, statements in by_name.items():
            offered = [
                self._members_of(plugins, name) for plugins in find_members(self._code, name)
            ]
            known = [values for values in offered if values]
            # Several statements, or several groups: nothing tells which goes with which.
            if len(statements) == len(known) == 1:
                for taker, prefix in statements[0]:
                    self._attach(taker, known[0], prefix)

    def _members_of(self, plugins: list[tuple[ProjectPath, str]], name: str) -> Values:
        """The routers under a name in classes, objects or modules."""
        owners = [
            value
            for path, dotted in plugins
            for value in self._plugin(path, dotted)
            if not isinstance(value, Taker)
        ]
        found = self.evaluator.attributes(tuple(owners), name)
        return tuple(one for one in found if isinstance(one, Taker))

    def _loaded(self, place: Place, taken: Expression | None) -> Values:
        return tuple(
            value
            for path, dotted in find_loaded(self._code, place.path, place.scope, taken)
            for value in self._plugin(path, dotted)
        )

    def _plugin(self, path: ProjectPath, dotted: str) -> Values:
        return self.evaluator.look_up(Place(path), dotted) if dotted else (Module(path),)

    def _path(self, place: Place, expression: Expression | None) -> str:
        if expression is None or expression == Constant("None"):
            return ""
        text = self.evaluator.text(place, expression)
        return UNKNOWN if text is None else text

    def _take_in(
        self, taker: Taker, place: Place, taken: Expression | None, line: int, prefix: str
    ) -> None:
        values = self.evaluator.evaluate(place, taken) or self._loaded(place, taken)
        if not self._happens(taker, place):
            sites = {one.site for one in values if isinstance(one, Taker)}
            self._note_open(place, line, taken, tuple(sorted(sites)))
            return
        self._attach(taker, values, prefix)
        if not values and taken is not None and not self.evaluator.is_outside(place, taken):
            self._note_open(place, line, taken)[taker, prefix] = None

    def _happens(self, taker: Taker, place: Place) -> bool:
        """Whether something that stands somewhere is told to a router when the program runs.

        Not in a function that nothing calls; of one that builds the router itself, whoever takes
        that calls it, such as a web server.
        """
        outline = self._code.outline_of(taker.path)
        return may_run(self._code, place.path, place.scope) or (
            taker.path == place.path
            and any(
                one.call.line == taker.line and one.scope[:1] == place.scope[:1]
                for one in outline.calls
            )
        )

    def _note_open(
        self, place: Place, line: int, taken: Expression | None, sites: tuple[Site, ...] = ()
    ) -> dict[tuple[Taker, str], None]:
        unfollowed = Unfollowed(place.path, line, place.scope, last_name_of(taken), sites)
        return self.unfollowed.setdefault(unfollowed, {})

    def _attach_all(
        self, taker: Taker, place: Place, routes: Expression | None, prefix: str = ""
    ) -> None:
        for item in self.evaluator.items(place, routes):
            self._attach(taker, item, prefix)

    def _attach(self, taker: Taker, values: Values, prefix: str) -> None:
        for value in values:
            if isinstance(value, Taker) and value != taker:
                self.mounts.take_in(router=value, by=taker, prefix=prefix)
            elif isinstance(value, Item):
                self._attach_item(taker, value, prefix)

    def _attach_item(self, taker: Taker, item: Item, prefix: str) -> None:
        call, place = item.call, item.place
        if item.name in ("Mount", "Host"):
            if item.name == "Mount":
                prefix += self._path(place, call.argument(0, "path")).rstrip("/")
            app = call.argument(1, "app")
            if app is not None:
                self._take_in(taker, place, app, call.line, prefix)
            routes = call.argument(2, "routes")
            self._attach_all(taker, place, routes, prefix)
            return
        handlers = find_handlers(
            self._code, self.evaluator, place, call.argument(1, "endpoint"), call.line
        )
        self._add(taker, item.name, call, place, handlers, line=call.line, prefix=prefix)

    def _add(
        self,
        taker: Taker,
        name: str,
        call: Call,
        place: Place,
        handlers: Iterable[Handler],
        *,
        line: int,
        prefix: str = "",
    ) -> None:
        if name in _PREFIXED:
            prefix += taker.prefix
        path = prefix + self._path(place, call.argument(0, "path"))
        for handler in handlers:
            for method in self._methods(name, call, place, handler):
                self.routes[Route(taker, method, path, handler, place.path, line)] = None

    def _methods(self, name: str, call: Call, place: Place, handler: Handler) -> Iterator[str]:
        if name in METHODS:
            yield name.upper()
        elif name in _SOCKETS:
            yield WEBSOCKET
        else:
            # `Route(path, endpoint, *, methods)`, `add_route(path, endpoint, methods)`.
            position = {"add_route": 2, "route": 1}.get(name)
            given = call.argument(position, "methods")
            if given is None or given == Constant("None"):
                own = handler.methods if name in _TAKING_CLASSES else ()
                methods = set(own or ("GET",))
            else:
                methods = set(self._method_names(place, given)) or {ANY}
                if handler.methods and ANY not in handler.methods:
                    methods &= set(handler.methods)
            yield from sorted(methods)

    def _method_names(self, place: Place, expression: Expression) -> Iterator[str]:
        for values in self.evaluator.items(place, expression):
            for value in values:
                if isinstance(value, str):
                    yield value.upper()
                elif isinstance(value, Outside):
                    # `http.HTTPMethod.GET`
                    yield value.dotted.rpartition(".")[2].upper()
