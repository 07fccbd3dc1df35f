"""What is known about a value of a program that is read and not run."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Definition, External
from analyzer.sources.outline.values import Call, Class, Constant, Function, Other, Scope, Text

APPLICATION, BLUEPRINT, API = "Flask", "Blueprint", "Api"
KINDS = {
    "flask.Flask": APPLICATION,
    "flask.app.Flask": APPLICATION,
    "flask.Blueprint": BLUEPRINT,
    "flask.blueprints.Blueprint": BLUEPRINT,
    "flask_restful.Api": API,
    "flask.ext.restful.Api": API,
}
"""The classes of the framework, and what their objects are called here."""
KEPT = frozenset({(API, "app"), (API, "blueprint")})
"""The attributes that are what an object is built with."""
SHORTCUTS = frozenset({"delete", "get", "patch", "post", "put"})
"""`app.get(…)` and the like, which stand for `app.route(…, methods=["GET"])`."""
STATEMENTS = frozenset({"add_resource", "add_url_rule", "init_app", "register_blueprint"})
"""What tells Flask something by being called."""
DECORATORS = SHORTCUTS | {"endpoint", "resource", "route"}
"""What gives back a decorator that takes a view."""

Slot: TypeAlias = tuple[ProjectPath, Scope, str | int]
"""A parameter by the scope of its function, or (by number) the loop that gives an item."""


class Frame(Struct, frozen=True, eq=False):
    """What the parameters and loop variables of some scopes are in one run of them.

    Equal frames are one object: `Evaluator.frame` sees to it.
    """

    slots: tuple[tuple[Slot, Values], ...] = ()

    def find(self, slot: Slot) -> Values | None:
        """The value of a slot; nothing where it is not known in this run."""
        return next((values for one, values in self.slots if one == slot), None)


class KnownFunction(Struct, frozen=True):
    """A function of the project; of a method, with what it is called on."""

    path: ProjectPath
    function: Function
    frame: Frame
    """Of the functions around it."""
    owner: Built | KnownClass | None = None

    @property
    def inside(self) -> Scope:
        """The scope of its statements."""
        return (*self.function.scope, self.function.name)


class KnownClass(Struct, frozen=True):
    """A class of the project."""

    path: ProjectPath
    class_: Class

    @property
    def definition(self) -> Definition:
        """It as the resolver of names speaks of it."""
        return Definition(self.path, self.class_.name, self.class_, self.class_.scope)


class Built(Struct, frozen=True, eq=False):
    """An object that a call builds: of the framework, or of a class of the project.

    A call that runs twice with other parameters builds two objects; equal ones are one.
    """

    kind: str
    """Such as `Flask`; empty for an object of any other class."""
    path: ProjectPath
    scope: Scope
    call: Call
    frame: Frame
    class_: KnownClass | None


class KnownModule(Struct, frozen=True):
    """A file of the project."""

    path: ProjectPath


class Group(Struct, frozen=True):
    """A list, tuple or set."""

    items: tuple[Values, ...]


class Pairs(Struct, frozen=True):
    """A dict."""

    items: tuple[tuple[Values, Values], ...]


class Native(Struct, frozen=True):
    """A method that the project does not define: of a text, of an object of the framework."""

    owner: Built | KnownClass | Text | Group | Pairs
    name: str


class Called(Struct, frozen=True):
    """What a call of a native method gives, where only the framework knows what that is."""

    method: Native
    site: tuple[ProjectPath, int]
    arguments: tuple[Values, ...]
    keywords: tuple[tuple[str, Values], ...]

    def argument(self, position: int | None, keyword: str) -> Values | None:
        """An argument by its position or keyword; nothing where it is not given."""
        for name, values in self.keywords:
            if name == keyword:
                return values
        if position is None or position >= len(self.arguments):
            return None
        return self.arguments[position]


Value: TypeAlias = (
    Text
    | Constant
    | Other
    | External
    | KnownFunction
    | KnownClass
    | Built
    | KnownModule
    | Group
    | Pairs
    | Native
    | Called
)
Values: TypeAlias = tuple[Value, ...]
"""All that something may be; empty where nothing is known to give it a value."""

UNKNOWN: Values = (Other(),)
NOTHING = Constant("None")


def text_of(values: Values | None) -> str | None:
    """The text that values come to; nothing where that is not known.

    Of several the last: a function that returns one text under a condition and another at its end
    is taken to return the latter, since conditions on settings are for special installations.
    """
    return values[-1].value if values and isinstance(values[-1], Text) else None
