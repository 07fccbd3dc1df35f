"""The plug-ins that a project offers to itself, where its own code loads them."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Definition
from analyzer.sources.outline.values import (
    Assignment,
    Call,
    Element,
    Expression,
    Name,
    Scope,
    parts_of,
)

Place = tuple[ProjectPath, str]
"""A file and a name in it."""


def find_loaded(
    code: Code, path: ProjectPath, scope: Scope, expression: Expression | None
) -> Iterator[Place]:
    """What `found.load()` gives, or a name for it, in a loop over a group of entry points."""
    if isinstance(expression, Name):
        for one in _assigned(code, path, scope, expression):
            yield from find_loaded(code, one.path, one.scope, _value_of(one))
    elif isinstance(expression, Call) and expression.name == "load":
        for one in _assigned(code, path, scope, expression.receiver):
            value = _value_of(one)
            if isinstance(value, Element):
                for group in _groups_in(code, one.path, one.scope, value.of):
                    yield from code.plugins.get(group, ())


def find_members(code: Code, name: str) -> list[list[Place]]:
    """The plug-ins of each group that is loaded; more than one group may be meant by a name.

    Between the loading of plug-ins and their use, `plugin.router`, there often is a registry that
    cannot be followed.
    """
    loading = (
        (outline.path, one.scope, group)
        for outline in (code.outlines if name else ())
        for one in outline.calls
        if (group := _group_of(one.call)) is not None
    )
    groups = {code.find_text(*group) for group in loading}
    known = sorted(group for group in groups if group is not None)
    return [list(code.plugins[group]) for group in known if group in code.plugins]


def _assigned(
    code: Code, path: ProjectPath, scope: Scope, expression: Expression | None
) -> Iterator[Definition]:
    if isinstance(expression, Name):
        for one in code.find_meanings(path, scope, expression.dotted):
            if isinstance(one, Definition) and not one.rest:
                yield one


def _value_of(one: Definition) -> Expression | None:
    # Not another name: that was followed already.
    value = one.what.value if isinstance(one.what, Assignment) else None
    return None if isinstance(value, Name) else value


def _groups_in(
    code: Code, path: ProjectPath, scope: Scope, expression: Expression
) -> Iterator[str]:
    """`entry_points(group="x")`, `entry_points().select(group="x")`, `iter_entry_points("x")`."""
    for value in code.find_values(path, scope, expression):
        for part in parts_of(value.expression):
            group = _group_of(part)
            text = None if group is None else code.find_text(value.path, value.scope, group)
            if text is not None:
                yield text


def _group_of(expression: Expression) -> Expression | None:
    match expression:
        case Call(name="entry_points" | "select"):
            return expression.argument(None, "group")
        case Call(name="iter_entry_points"):
            return expression.argument(0, "group")
        case Call(name="__getitem__" | "get", receiver=Call(name="entry_points")):
            return expression.argument(0)
    return None
