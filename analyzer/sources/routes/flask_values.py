"""What is known about a value of a program that is read and not run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

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


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What the parameters and loop variables of some scopes are in one run of them.

    Equal frames are one object: `Evaluator.frame` sees to it.
    """

    slots: tuple[tuple[Slot, Values], ...] = ()

    def find(self, slot: Slot) -> Values | None:
        """The value of a slot; nothing where it is not known in this run."""
        return next((values for one, values in self.slots if one == slot), None)


@dataclass(frozen=True, slots=True)
class KnownFunction:
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


@dataclass(frozen=True, slots=True)
class KnownClass:
    """A class of the project."""

    path: ProjectPath
    class_: Class

    @property
    def definition(self) -> Definition:
        """It as the resolver of names speaks of it."""
        return Definition(self.path, self.class_.name, self.class_, self.class_.scope)


@dataclass(frozen=True, slots=True, eq=False)
class Built:
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


@dataclass(frozen=True, slots=True)
class KnownModule:
    """A file of the project."""

    path: ProjectPath


@dataclass(frozen=True, slots=True)
class Group:
    """A list, tuple or set."""

    items: tuple[Values, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A dict."""

    items: tuple[tuple[Values, Values], ...]


@dataclass(frozen=True, slots=True)
class Native:
    """A method that the project does not define: of a text, of an object of the framework."""

    owner: Built | KnownClass | Text | Group | Pairs
    name: str


@dataclass(frozen=True, slots=True)
class Called:
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
