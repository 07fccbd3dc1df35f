"""Which code answers to a route of Flask, and to which methods."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, External
from analyzer.sources.outline.values import Assignment, Call, Constant, Function
from analyzer.sources.routes.flask_evaluator import Evaluator
from analyzer.sources.routes.flask_values import (
    Called,
    Group,
    KnownClass,
    KnownFunction,
    Native,
    Values,
    text_of,
)

_METHODS = ("delete", "get", "head", "options", "patch", "post", "put", "trace")
_METHOD_VIEWS = ("MethodView", "Resource")
ANY = "ANY"
# A view that is wrapped more often is a circle.
_MOST_WRAPPERS = 20


class Handler(Struct, frozen=True):
    """Code that answers to one method."""

    path: ProjectPath
    line: int
    name: str
    method: str


class Views:
    """Finds the functions and methods behind what is given to Flask as a view."""

    def __init__(self, code: Code, evaluator: Evaluator) -> None:
        """Take the program."""
        self._code = code
        self._evaluator = evaluator

    def find_view(self, values: Values) -> KnownFunction | KnownClass | None:
        """The view itself, behind `as_view` and behind decorators that say what they wrap."""
        for value in values:
            if isinstance(value, KnownFunction):
                return self._unwrap(value)
            if isinstance(value, KnownClass):
                return value
            if isinstance(value, Called) and value.method.name == "as_view":
                owner = value.method.owner
                return owner if isinstance(owner, KnownClass) else None
        return None

    def handlers(
        self, view: KnownFunction | KnownClass, methods: tuple[str, ...] | None
    ) -> Iterator[Handler]:
        """What answers to each method.

        Args:
            view: a function, or a class of views.
            methods: those that the route names; nothing where it names none.
        """
        if isinstance(view, KnownFunction):
            name = ".".join((*view.function.scope, view.function.name))
            for method in methods or ("GET",):
                yield Handler(view.path, view.function.line, name, method)
            return
        for method in methods or self._methods_of(view):
            yield self._handler_of(view, method)

    def texts(self, values: Values | None) -> tuple[str, ...] | None:
        """The methods that a route or a view names: `ANY` where that cannot be worked out."""
        if not values or values[-1] == Constant("None"):
            return None
        given = values[-1]
        found = [text_of(item) for item in given.items] if isinstance(given, Group) else []
        known = sorted({text.upper() for text in found if text is not None})
        return tuple(known) if known and len(known) == len(set(found)) else (ANY,)

    def _unwrap(self, function: KnownFunction) -> KnownFunction | KnownClass:
        """Of a function decorated with `functools.wraps(view)` the view."""
        for _ in range(_MOST_WRAPPERS):
            wrapped = self._wrapped_by(function)
            if isinstance(wrapped, KnownClass):
                return wrapped
            if wrapped is None or wrapped == function:
                break
            function = wrapped
        return function

    def _wrapped_by(self, function: KnownFunction) -> KnownFunction | KnownClass | None:
        path, scope = function.path, function.function.scope
        for decorator in function.function.decorators:
            if not isinstance(decorator, Call) or not decorator.arguments:
                continue
            name = self._code.external_name(path, scope, decorator.dotted)
            if name == "functools.wraps":
                values = self._evaluator.evaluate(
                    path, scope, function.frame, decorator.arguments[0]
                )
                return self.find_view(values)
        return None

    def _methods_of(self, view: KnownClass) -> tuple[str, ...]:
        bases = set(self._code.find_outer_bases(view.definition))
        given = self._code.find_members(view.definition, "methods")
        values = self._evaluator.attribute((view,), "methods") if given else None
        named = self.texts(values)
        own = any(isinstance(one.what, Assignment) and one.path == view.path for one in given)
        if named is not None and (own or "flask.views.View" in bases):
            return named
        is_method_view = any(base.endswith(_METHOD_VIEWS) for base in bases)
        if "flask.views.View" in bases and not is_method_view:
            return ("GET",)
        defined = [
            method.upper()
            for method in _METHODS
            if self._code.find_members(view.definition, method)
        ]
        if defined or is_method_view:
            return tuple(sorted({*defined, *(named or ())}))
        return (ANY,)

    def _handler_of(self, view: KnownClass, method: str) -> Handler:
        for name in (method.lower(), "get" if method == "HEAD" else "", "dispatch_request"):
            for member in self._code.find_members(view.definition, name) if name else ():
                if isinstance(member.what, Function):
                    dotted = ".".join((*member.scope, member.name))
                    return Handler(member.path, member.what.line, dotted, method)
        dotted = ".".join((*view.class_.scope, view.class_.name))
        return Handler(view.path, view.class_.line, dotted, method)


def name_of(values: Values) -> str:
    """What a view is called that is not in the project; `…` where it has no name."""
    for value in values:
        if isinstance(value, External):
            return value.dotted.replace("()", "").removesuffix(".as_view").rpartition(".")[2]
        if isinstance(value, Called) and isinstance(value.method, Native):
            return value.method.name
    return "…"
