"""What the expressions that build FastAPI's and Starlette's routes come to."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct, field

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Definition
from analyzer.sources.outline.values import Call, Scope
from analyzer.sources.routes.mounting import Site

Key = tuple[ProjectPath, Scope, str]
"""A parameter or a loop variable: its file, the scope that binds it, and its name."""


class Environment(Struct, frozen=True):
    """What is bound while a piece of code runs: parameters, `self`, loop variables."""

    bound: tuple[tuple[Key, Values], ...] = ()

    def find(self, key: Key) -> Values | None:
        """What a name is bound to; nothing where it is not known."""
        return next((values for one, values in self.bound if one == key), None)

    def bind(self, key: Key, values: Values) -> Environment:
        """The same with one more name."""
        kept = tuple(one for one in self.bound if one[0] != key)
        return Environment((*kept, (key, values)))

    def seen_from(self, path: ProjectPath, scope: Scope) -> Environment:
        """Only what is bound in a scope or around it."""
        return Environment(
            tuple(
                one
                for one in self.bound
                if one[0][0] == path and scope[: len(one[0][1])] == one[0][1]
            )
        )


class Place(Struct, frozen=True):
    """Where an expression stands, and what is bound there."""

    path: ProjectPath
    scope: Scope = ()
    environment: Environment = field(default_factory=Environment)


class Kind(Enum):
    """What takes routes, and how."""

    FASTAPI = "FastAPI"
    STARLETTE = "Starlette"
    API_ROUTER = "APIRouter"
    ROUTER = "Router"

    @property
    def is_application(self) -> bool:
        """Whether a web server runs it."""
        return self in (Kind.FASTAPI, Kind.STARLETTE)


class Taker(Struct, frozen=True):
    """An application or a router: it takes routes."""

    kind: Kind
    path: ProjectPath
    line: int
    name: str
    """What it is assigned to, else the function that builds it."""
    prefix: str = ""
    owner: Definition | None = None
    """The project's own class of it."""
    arguments: Environment = field(default_factory=Environment)
    """What such a class was built with."""
    environment: Environment = field(default_factory=Environment)
    """What was bound where it is built: a function builds another one for each call."""

    @property
    def site(self) -> Site:
        """The statement that builds it, whatever was bound there."""
        return self.path, self.line, self.name

    @property
    def last_name(self) -> str:
        """The name without the class that holds it, `router`."""
        return self.name.rpartition(".")[2]


class Instance(Struct, frozen=True):
    """An object of one of the project's classes."""

    owner: Definition
    arguments: Environment = field(default_factory=Environment)
    """What it was built with."""


class Defined(Struct, frozen=True):
    """A function, a method or a class of the project."""

    definition: Definition
    environment: Environment = field(default_factory=Environment)
    bound: Taker | Instance | None = None
    """What `self` is."""


class Bound(Struct, frozen=True):
    """A method of an application or a router: `router.get`."""

    taker: Taker
    name: str


class Pending(Struct, frozen=True):
    """What a decorator factory returns: `router.get("/")`, before it is applied."""

    of: Bound
    call: Call
    place: Place


class Item(Struct, frozen=True):
    """A `Route`, `Mount`, `WebSocketRoute` or `Host` in a list of routes."""

    name: str
    call: Call
    place: Place


class Listed(Struct, frozen=True):
    """A list, a tuple or a set."""

    items: tuple[Values, ...]


class Mapped(Struct, frozen=True):
    """A dict."""

    pairs: tuple[tuple[Values, Values], ...]


class Module(Struct, frozen=True):
    """A module of the project."""

    path: ProjectPath


class Outside(Struct, frozen=True):
    """A name from outside of the project."""

    dotted: str


Value = (
    str | Taker | Instance | Defined | Bound | Pending | Item | Listed | Mapped | Module | Outside
)
Values = tuple[Value, ...]
"""Several where it depends on what happens when the program runs; empty where it is not known."""

_MODULES = ("fastapi", "starlette")
_KINDS = {
    "APIRouter": Kind.API_ROUTER,
    "FastAPI": Kind.FASTAPI,
    "InferringRouter": Kind.API_ROUTER,
    "Router": Kind.ROUTER,
    "Starlette": Kind.STARLETTE,
}
_ITEMS = {
    "APIRoute": "APIRoute",
    "APIWebSocketRoute": "WebSocketRoute",
    "Host": "Host",
    "Mount": "Mount",
    "Route": "Route",
    "WebSocketRoute": "WebSocketRoute",
}
BUILDERS = frozenset({*_KINDS, *_ITEMS})

METHODS = frozenset({"delete", "get", "head", "options", "patch", "post", "put", "trace"})
DECORATORS = METHODS | {"api_route", "route", "websocket", "websocket_route"}
ADDERS = frozenset({"add_api_route", "add_api_websocket_route", "add_route", "add_websocket_route"})
TAKING_IN = frozenset({"host", "include_router", "mount"})
ROUTE_LIST = frozenset({"append", "extend", "insert"})
CLASS_VIEW = "cbv"
"""The decorator of fastapi-utils and fastapi-restful, `@cbv(router)`."""
REGISTERING = DECORATORS | ADDERS | TAKING_IN | ROUTE_LIST


def _is_ours(dotted: str) -> bool:
    return dotted.partition(".")[0].startswith(_MODULES)


def kind_of(dotted: str) -> Kind | None:
    """What a class from outside builds, `fastapi.APIRouter`; nothing where it is none of ours."""
    return _KINDS.get(dotted.rpartition(".")[2]) if _is_ours(dotted) else None


def item_of(dotted: str) -> str | None:
    """What kind of route a class from outside is."""
    return _ITEMS.get(dotted.rpartition(".")[2]) if _is_ours(dotted) else None
