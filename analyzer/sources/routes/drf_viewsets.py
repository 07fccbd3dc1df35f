"""View sets of Django REST framework: their actions, and how one object is looked up."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from analyzer.sources.outline.code import Code, Definition, Located
from analyzer.sources.outline.values import (
    Assignment,
    Call,
    Constant,
    Expression,
    Function,
    Name,
)
from analyzer.sources.routes.django_classes import (
    Handler,
    class_handler,
    find_handler,
    find_texts,
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
_DETAIL: dict[str, bool | None] = {"action": None, "detail_route": True, "list_route": False}


class Action(Struct, frozen=True):
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
        for base in code.find_outer_bases(viewset)
        if base.startswith("rest_framework.")
        for action in _IMPLIED.get(base.rpartition(".")[2], ())
    }


def find_actions(code: Code, viewset: Definition) -> Iterator[Action]:
    """The `@action` methods of a class and of those that it inherits from."""
    seen: set[str] = set()
    for owner in project_classes(code, viewset):
        inside = (*owner.scope, owner.name)
        functions = [one for one in code.outline_of(owner.path).functions if one.scope == inside]
        for function in functions:
            if function.name in seen:
                continue
            action = _action(code, owner, function, functions)
            if action is not None:
                yield action
        seen.update(function.name for function in functions)


def _action(
    code: Code, owner: Definition, function: Function, others: list[Function]
) -> Action | None:
    inside = (*owner.scope, owner.name)
    for decorator, line in zip(function.decorators, function.decorator_lines, strict=True):
        if not isinstance(decorator, Call):
            continue
        name = code.external_name(owner.path, inside, decorator.dotted) or ""
        last = name.rpartition(".")[2]
        if not name.startswith("rest_framework.decorators.") or last not in _DETAIL:
            continue
        detail = _DETAIL[last]
        if detail is None:
            detail = read_flag(decorator.argument(1, "detail"), default=False)
        path = decorator.argument(None, "url_path")
        text = None if path is None else code.find_text(owner.path, inside, path)
        given = decorator.argument(0, "methods")
        methods: tuple[str, ...] = ("GET",)
        if given is not None:
            found = find_texts(code, Located(owner.path, inside, given))
            methods = tuple(method.upper() for method in found)
        mapped = [(method, function.name, line) for method in methods]
        mapped += _further_methods(function, others)
        return Action(function.name, detail, text or function.name, tuple(mapped), owner)
    return None


def lookup_of(code: Code, viewset: Definition, *, is_regex: bool) -> str:
    """The piece of an address that tells one object from the others."""
    field = _attribute(code, viewset, "lookup_field") or "pk"
    name = _attribute(code, viewset, "lookup_url_kwarg") or field
    value = _attribute(code, viewset, "lookup_value_regex")
    if is_regex:
        return f"(?P<{name}>{value or '[^/.]+'})"
    value = _attribute(code, viewset, "lookup_value_converter") or value
    return f"<{value or 'str'}:{name}>"


def _attribute(code: Code, viewset: Definition, name: str) -> str | None:
    for member in code.find_members(viewset, name):
        if isinstance(member.what, Assignment):
            return code.find_text(member.path, member.scope, member.what.value)
    return None


def _further_methods(function: Function, others: list[Function]) -> Iterator[tuple[str, str, int]]:
    """`@pay.mapping.delete` above another method."""
    start = f"{function.name}.mapping."
    for other in others:
        for decorator, line in zip(other.decorators, other.decorator_lines, strict=True):
            if isinstance(decorator, Name) and decorator.dotted.startswith(start):
                yield decorator.dotted.removeprefix(start).upper(), other.name, line


def read_flag(expression: Expression | None, *, default: bool) -> bool:
    """What `True` or `False` says; the default where something else stands, or nothing."""
    return expression.text == "True" if isinstance(expression, Constant) else default
