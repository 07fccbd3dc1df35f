"""Routers of Django REST framework: the addresses that they make of view sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Definition, External, Located
from analyzer.sources.outline.values import (
    Assignment,
    Call,
    Class,
    Constant,
    Expression,
    Function,
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
    external_bases,
    find_handler,
    find_texts,
    name_of,
    project_classes,
)

_ALL = ("list", "create", "retrieve", "update", "partial_update", "destroy")
_IMPLIED: dict[str, tuple[str, ...]] = {
    "CreateModelMixin": ("create",),
    "DestroyModelMixin": ("destroy",),
    "ListModelMixin": ("list",),
    "ModelViewSet": _ALL,
    "ReadOnlyModelViewSet": ("list", "retrieve"),
    "RetrieveModelMixin": ("retrieve",),
    "UpdateModelMixin": ("update", "partial_update"),
}
_OF_LIST = {"GET": "list", "POST": "create"}
_OF_ONE = {"GET": "retrieve", "PUT": "update", "PATCH": "partial_update", "DELETE": "destroy"}
_ROUTERS = frozenset({"DefaultRouter", "SimpleRouter"})
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name is assigned: what tells one router from another."""

    path: ProjectPath
    scope: Scope
    target: str


@dataclass(frozen=True, slots=True)
class RouterRoute:
    """One method of one address of a router."""

    route: str
    handler: Handler
    declared_in: ProjectPath
    declared_line: int


@dataclass(frozen=True, slots=True)
class _Registration:
    """`router.register(prefix, viewset)`."""

    path: ProjectPath
    scope: Scope
    line: int
    prefix: str
    viewset: Definition


@dataclass(frozen=True, slots=True)
class _Action:
    """A method of a view set with an address of its own."""

    name: str
    is_detail: bool
    url_path: str
    methods: tuple[tuple[str, str, int], ...]
    """The HTTP method, the method of the class, and the line of its decorator."""
    owner: Definition


def find_action_handler(
    code: Code, viewset: Definition, *, method: str, action: str
) -> Handler | None:
    """What a view set does for an action; nothing where it has none of that name."""
    handler = find_handler(code, viewset, method=method, member=action)
    if handler is None and action in _implied_actions(code, viewset):
        return class_handler(viewset, method)
    return handler


def _implied_actions(code: Code, viewset: Definition) -> set[str]:
    return {
        action
        for base in external_bases(code, viewset)
        if base.startswith("rest_framework.")
        for action in _IMPLIED.get(base.rpartition(".")[2], ())
    }


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
            yield from self._routes_of(one, slash, is_regex)

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
            if isinstance(meaning, Definition) and isinstance(meaning.what, Assignment):
                if meaning.rest == rest:
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
                names = external_bases(self._code, meaning)
            else:
                continue
            if any(name.rpartition(".")[2] in _ROUTERS for name in names):
                for given in (self._super_call(meaning), call):
                    if given is None:
                        continue
                    slash = _slash(given.argument(0, "trailing_slash"), slash)
                    is_regex = _flag(given.argument(1, "use_regex_path"), is_regex)
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

    def _routes_of(self, one: _Registration, slash: str, is_regex: bool) -> Iterator[RouterRoute]:  # noqa: FBT001
        code, viewset = self._code, one.viewset
        allowed = allowed_methods(code, viewset)
        head = f"{one.prefix}/" if one.prefix else ""
        lookup = self._lookup_of(viewset, is_regex=is_regex)
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
        for action in self._actions_of(viewset):
            middle = f"{lookup}/" if action.is_detail else ""
            for method, name, line in action.methods:
                if method in allowed:
                    is_own = action.owner == viewset
                    handler = (
                        Handler(method, viewset.path, line, f"{name_of(viewset)}.{name}")
                        if is_own
                        else class_handler(viewset, method)
                    )
                    yield RouterRoute(
                        f"{head}{middle}{action.url_path}{slash}", handler, one.path, one.line
                    )

    def _lookup_of(self, viewset: Definition, *, is_regex: bool) -> str:
        field = self._attribute(viewset, "lookup_field") or "pk"
        name = self._attribute(viewset, "lookup_url_kwarg") or field
        value = self._attribute(viewset, "lookup_value_regex")
        if is_regex:
            return f"(?P<{name}>{value or '[^/.]+'})"
        value = self._attribute(viewset, "lookup_value_converter") or value
        return f"<{value or 'str'}:{name}>"

    def _attribute(self, viewset: Definition, name: str) -> str | None:
        for member in self._code.find_members(viewset, name):
            if isinstance(member.what, Assignment):
                return self._code.find_text(member.path, member.scope, member.what.value)
        return None

    def _actions_of(self, viewset: Definition) -> Iterator[_Action]:
        """The `@action` methods of a class and of those that it inherits from."""
        seen: set[str] = set()
        for owner in project_classes(self._code, viewset):
            inside = (*owner.scope, owner.name)
            functions = [
                one for one in self._code.outline_of(owner.path).functions if one.scope == inside
            ]
            for function in functions:
                if function.name in seen:
                    continue
                action = self._action(owner, function, functions)
                if action is not None:
                    yield action
            seen.update(function.name for function in functions)

    def _action(
        self, owner: Definition, function: Function, others: list[Function]
    ) -> _Action | None:
        inside = (*owner.scope, owner.name)
        for decorator, line in zip(function.decorators, function.decorator_lines, strict=True):
            if not isinstance(decorator, Call):
                continue
            name = self._code.external_name(owner.path, inside, decorator.dotted) or ""
            last = name.rpartition(".")[2]
            if not name.startswith("rest_framework.decorators.") or last not in _DETAIL:
                continue
            detail = _DETAIL[last]
            if detail is None:
                detail = _flag(decorator.argument(1, "detail"), default=False)
            path = decorator.argument(None, "url_path")
            text = None if path is None else self._code.find_text(owner.path, inside, path)
            given = decorator.argument(0, "methods")
            methods: tuple[str, ...] = ("GET",)
            if given is not None:
                found = find_texts(self._code, Located(owner.path, inside, given))
                methods = tuple(method.upper() for method in found)
            mapped = [(method, function.name, line) for method in methods]
            mapped += _further_methods(function, others)
            return _Action(function.name, detail, text or function.name, tuple(mapped), owner)
        return None


_DETAIL: dict[str, bool | None] = {"action": None, "detail_route": True, "list_route": False}


def _names(outline: Outline) -> Iterator[tuple[Scope, str]]:
    """Every name in the values, the calls and the returns of a file."""
    values: list[tuple[Scope, Expression]] = [
        (one.scope, one.value) for one in (*outline.assignments, *outline.returns)
    ]
    values += [(one.scope, one.call) for one in outline.calls]
    for scope, value in values:
        for part in parts_of(value):
            if isinstance(part, Name):
                yield scope, part.dotted
            elif isinstance(part, Call) and part.dotted:
                yield scope, part.dotted


def _further_methods(function: Function, others: list[Function]) -> Iterator[tuple[str, str, int]]:
    """`@pay.mapping.delete` above another method."""
    start = f"{function.name}.mapping."
    for other in others:
        for decorator, line in zip(other.decorators, other.decorator_lines, strict=True):
            if isinstance(decorator, Name) and decorator.dotted.startswith(start):
                yield decorator.dotted.removeprefix(start).upper(), other.name, line


def _flag(expression: Expression | None, default: bool) -> bool:  # noqa: FBT001
    return expression.text == "True" if isinstance(expression, Constant) else default


def _slash(expression: Expression | None, default: str) -> str:
    match expression:
        case Constant(text):
            return "/" if text == "True" else ""
        case Text(value):
            return value
        case _:
            return default
