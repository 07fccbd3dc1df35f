"""What stands in a Python file, as far as anyone asks for it: as written, nothing worked out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from analyzer.model.names import ProjectPath

Scope = tuple[str, ...]
"""The names of the classes and functions around a statement, outermost first; () is the module."""


class Name(Struct, frozen=True):
    """A name, or attributes of one: `router`, `app.api.router`, `self.app`."""

    dotted: str


class Text(Struct, frozen=True, eq=False):
    """A string literal; pieces that stand side by side are one. Equal wherever it stands."""

    value: str
    line: int = 0
    """1-based line that it begins on."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.value == other.value

    def __hash__(self) -> int:
        return hash(self.value)


class Constant(Struct, frozen=True):
    """A number, `True`, `False`, `None` or `...`, as it was written."""

    text: str


class Joined(Struct, frozen=True):
    """Texts put together: an f-string, or operands of `+`."""

    parts: tuple[Expression, ...]


class Items(Struct, frozen=True):
    """A list, a tuple or a set; `list + list` is one, too."""

    items: tuple[Expression, ...]


class Table(Struct, frozen=True):
    """A dict."""

    pairs: tuple[tuple[Expression, Expression], ...]


class Spread(Struct, frozen=True):
    """`*x` or `**x` among items, arguments or pairs."""

    of: Expression


class Element(Struct, frozen=True):
    """Any one of the items of something: what a `for` loop gives to its variable."""

    of: Expression
    position: int | None = None
    """Of each item only the part at this position: `for router, prefix in …`."""


class Choice(Struct, frozen=True):
    """One of several, decided when the program runs: `a if c else b`, `a or b`."""

    options: tuple[Expression, ...]
    is_fallback: bool = False
    """`a or b`: the second only where the first is empty."""


class Call(Struct, frozen=True):
    """A call."""

    receiver: Expression | None
    """What stands before the last dot: of `app.router.get(…)` the name `app.router`."""
    name: str
    """What is called: of `app.router.get(…)` it is `get`. Empty where it has no name."""
    line: int
    """1-based line of the name that is called."""
    arguments: tuple[Expression, ...] = ()
    keywords: tuple[tuple[str, Expression], ...] = ()

    @property
    def dotted(self) -> str:
        """The whole name of what is called, `app.router.get`; only its end after another call."""
        if self.receiver is None:
            return self.name
        return f"{self.receiver.dotted}.{self.name}" if isinstance(self.receiver, Name) else ""

    def argument(self, position: int | None, *keywords: str) -> Expression | None:
        """An argument by its position, or by any of some keywords; nothing where it is absent."""
        for keyword, value in self.keywords:
            if keyword in keywords:
                return value
        if position is None or position >= len(self.arguments):
            return None
        before = self.arguments[: position + 1]
        return None if any(isinstance(one, Spread) for one in before) else before[-1]


class Attribute(Struct, frozen=True):
    """An attribute of something that is no name: of `Users().router` it is `router`."""

    of: Expression
    name: str


class Other(Struct, frozen=True):
    """Anything else: nothing is known about it."""


Expression = (
    Name
    | Text
    | Constant
    | Joined
    | Items
    | Table
    | Spread
    | Element
    | Choice
    | Call
    | Attribute
    | Other
)


class Binding(Struct, frozen=True):
    """A name that an import binds."""

    bound_as: str
    """The name in this file; `*` for all names of a module."""
    module: str
    """As written, without the leading dots; may be empty for `from . import x`."""
    name: str | None
    """The name taken from the module; nothing for `import a.b`, which binds a module."""
    level: int
    """The number of leading dots."""
    line: int
    scope: Scope = ()


class Assignment(Struct, frozen=True):
    """`target = value`; also the variable of a `for` loop, and what `with … as` binds."""

    target: str
    """A name, or attributes of one: `router`, `self.router`, `app.conf.task_routes`."""
    value: Expression
    line: int
    scope: Scope = ()
    is_added: bool = False
    """`target += value`, `target.append(value)` (the value is then `Items`) or `target.extend`."""


class Function(Struct, frozen=True):
    """A function or a method."""

    name: str
    line: int
    """1-based line of the `def`."""
    scope: Scope = ()
    """What it stands in; its own statements are in `(*scope, name)`."""
    decorators: tuple[Expression, ...] = ()
    """As written, the outermost first: a `Call`, or a `Name` without arguments."""
    decorator_lines: tuple[int, ...] = ()
    """1-based line of each decorator."""
    parameters: tuple[str, ...] = ()
    defaults: tuple[tuple[str, Expression], ...] = ()
    """Parameters that have a default that could be read."""


class Class(Struct, frozen=True):
    """A class."""

    name: str
    line: int
    scope: Scope = ()
    bases: tuple[Expression, ...] = ()
    keywords: tuple[tuple[str, Expression], ...] = ()
    """Such as `metaclass=…`."""
    decorators: tuple[Expression, ...] = ()
    decorator_lines: tuple[int, ...] = ()


class ScopedCall(Struct, frozen=True):
    """A call, wherever in a file it stands, and what it stands in."""

    call: Call
    scope: Scope = ()


class Return(Struct, frozen=True):
    """What a function returns; also what it yields, as fixtures and context managers do."""

    value: Expression
    line: int
    scope: Scope


class Outline(Struct, frozen=True):
    """One file. Everything is in the order of the text.

    The bodies of functions at the top level in which nothing stands that anyone asks for are left
    out: the functions themselves are there, with their decorators.
    """

    path: ProjectPath
    bindings: tuple[Binding, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    functions: tuple[Function, ...] = ()
    classes: tuple[Class, ...] = ()
    calls: tuple[ScopedCall, ...] = ()
    """Every call of the file that is not a decorator, also those inside of others."""
    returns: tuple[Return, ...] = ()
    has_errors: bool = False
    """Part of the file is no Python; what stands around it was read."""
    comments: tuple[tuple[int, str], ...] = ()
    """1-based line and text of comments that hold a call of interest: code that was put out."""

    @property
    def definitions(self) -> tuple[Function | Class, ...]:
        """The functions, then the classes."""
        return (*self.functions, *self.classes)


def parts_of(expression: Expression) -> Iterator[Expression]:
    """An expression and everything inside of it, the outermost first."""
    yield expression
    match expression:
        case Joined(parts) | Items(parts) | Choice(parts):
            inner: tuple[Expression, ...] = parts
        case Table(pairs):
            inner = tuple(one for pair in pairs for one in pair)
        case Spread(of) | Attribute(of):
            inner = (of,)
        case Element(of):
            inner = (of,)
        case Call():
            receiver = () if expression.receiver is None else (expression.receiver,)
            inner = (*receiver, *expression.arguments, *(value for _, value in expression.keywords))
        case _:
            inner = ()
    for one in inner:
        yield from parts_of(one)
