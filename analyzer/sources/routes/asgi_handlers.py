"""The functions and classes that answer to routes."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Definition
from analyzer.sources.outline.values import Call, Class, Expression, Function, Name
from analyzer.sources.routes.asgi_evaluator import Evaluator
from analyzer.sources.routes.asgi_values import Defined, Instance, Place, Value

# Those that Starlette looks for on an `HTTPEndpoint`.
_ENDPOINT_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ANY = "ANY"


class Handler(Struct, frozen=True):
    """What answers, and to which methods where it says so itself."""

    path: ProjectPath
    line: int
    name: str
    methods: tuple[str, ...] = ()
    """Of a class, those that it has; `ANY` of an object that takes everything."""


def defined_handlers(code: Code, found: Defined) -> Iterator[Handler]:
    """A function; each method of an `HTTPEndpoint`; another class as a whole."""
    definition = found.definition
    what = definition.what
    if isinstance(what, Function):
        name = ".".join((*what.scope, what.name))
        yield Handler(definition.path, what.line, name)
    elif isinstance(what, Class):
        name = ".".join((*what.scope, what.name))
        roots = {root.rpartition(".")[2] for root in code.find_outer_bases(definition)}
        if "HTTPEndpoint" in roots:
            for method, line in _methods_of(code, definition, what):
                yield Handler(definition.path, line, f"{name}.{method.lower()}", (method,))
        else:
            yield Handler(definition.path, what.line, name, (ANY,))


def find_handlers(
    code: Code, evaluator: Evaluator, place: Place, expression: Expression | None, line: int
) -> Iterator[Handler]:
    """What an expression that names a handler comes to; where it is not known, what names it."""
    found = False
    for value in _handler_values(evaluator, place, expression):
        if isinstance(value, Defined):
            for handler in defined_handlers(code, value):
                found = True
                yield handler
        elif isinstance(value, Instance) and isinstance(value.owner.what, Class):
            for member in code.find_members(value.owner, "__call__"):
                if isinstance(member.what, Function):
                    found = True
                    name = ".".join((*member.what.scope, "__call__"))
                    yield Handler(member.path, member.what.line, name, (ANY,))
    if not found:
        yield Handler(place.path, line, _name_of(expression))


def _handler_values(
    evaluator: Evaluator, place: Place, expression: Expression | None
) -> Iterator[Value]:
    """Of a function that wraps another one, `login_required(show)`, the one inside."""
    if isinstance(expression, Call):
        inside = [
            value
            for argument in expression.arguments
            for value in _handler_values(evaluator, place, argument)
            if isinstance(value, Defined)
        ]
        if inside:
            yield from inside
            return
    yield from evaluator.evaluate(place, expression)


def _name_of(expression: Expression | None) -> str:
    match expression:
        case Name(dotted):
            return dotted.rpartition(".")[2]
        case Call(name=name, arguments=arguments):
            return _name_of(arguments[0]) if arguments else name
    return "<lambda>"


def _methods_of(code: Code, definition: Definition, what: Class) -> Iterator[tuple[str, int]]:
    for method in _ENDPOINT_METHODS:
        for member in code.find_members(definition, method.lower()):
            if member.what is not None:
                # What a base in another file defines stands at the class that is registered.
                yield method, member.what.line if member.path == definition.path else what.line
                break
