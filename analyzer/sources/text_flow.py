"""The texts that may arrive at an expression, whatever is done with them on the way.

A name is followed to what is assigned to it, a parameter to what the calls of the function give for
it, and of a call everything counts that goes into it. So more may be found than arrives; what is
found is good for questions that few texts fit, such as which of them name a module.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Located
from analyzer.sources.outline.meanings import Definition
from analyzer.sources.outline.values import (
    Assignment,
    Attribute,
    Call,
    Choice,
    Element,
    Expression,
    Function,
    Items,
    Joined,
    Name,
    Scope,
    Spread,
    Table,
    Text,
)

# Of what goes through one of these only a part may arrive.
_CUTTERS = frozenset({"partition", "rpartition", "rsplit", "split"})
# A way with more steps, or a function that more files speak of, is none that a person can follow.
_MOST_STEPS = 2000
_MOST_FILES = 60


# What puts a text together out of others: `"a.%s" % x`, `"a.{}".format(x)`, `".".join(parts)`.
_BUILDERS = frozenset({"__mod__", "format", "join"})


class Flow(Struct, frozen=True):
    """An expression that flows on, seen in the files that the way has led to."""

    code: Code
    one: Located
    is_cut: bool
    """Whether it may have been split on the way."""
    called: frozenset[tuple[ProjectPath, Scope]] = frozenset()
    """Functions that the way has entered by what they return: of their parameters only that call's
    arguments count, which are followed by themselves."""


def find_flowing(code: Code, one: Located) -> Iterator[Flow]:
    """Find the texts that may arrive at an expression, and what puts such a text together."""
    pending = [Flow(code, one, False)]
    seen: set[tuple[Located, bool]] = set()
    while pending and len(seen) < _MOST_STEPS:
        step = pending.pop()
        if (step.one, step.is_cut) in seen:
            continue
        seen.add((step.one, step.is_cut))
        if isinstance(step.one.expression, Text):
            yield step
            continue
        if is_put_together(step.one.expression):
            yield step
        pending += reversed(list(_before(step)))


def is_put_together(expression: Expression) -> bool:
    """Whether an expression makes a text out of a literal one and others."""
    match expression:
        case Joined(parts):
            return any(not isinstance(part, Items) for part in parts)
        case Call(receiver=Text(), name=name):
            return name in _BUILDERS
    return False


def _before(step: Flow) -> Iterator[Flow]:
    """What flows into an expression directly."""
    code, one = step.code, step.one
    is_cut = step.is_cut
    if isinstance(one.expression, Name):
        values = [value for value in _find_bound(code, one, one.expression.dotted) if value != one]
        yield from (replace(step, one=value) for value in values)
        if not values:
            yield from _find_given(step, one.expression.dotted)
        return
    if isinstance(one.expression, Call):
        is_cut = is_cut or one.expression.name in _CUTTERS
        for returned in _find_returned(code, one, one.expression):
            called = step.called | {(returned.path, returned.scope)}
            yield replace(step, one=returned, is_cut=is_cut, called=called)
    for part in _parts(one.expression):
        yield replace(step, one=replace(one, expression=part), is_cut=is_cut)


def _parts(expression: Expression) -> Sequence[Expression]:
    match expression:
        case Call(receiver=receiver, arguments=arguments, keywords=keywords):
            given = (*arguments, *(value for _, value in keywords))
            return given if receiver is None else (receiver, *given)
        case Items(parts) | Choice(parts):
            return parts
        case Table(pairs):
            return [part for pair in pairs for part in pair]
        case Element(of) | Spread(of) | Attribute(of):
            return (of,)
        case Joined(parts) if not any(isinstance(part, Text) for part in parts):
            # Two lists; a text that is put together is another one than each of its parts.
            return parts
        case _:
            return ()


def _find_bound(code: Code, one: Located, dotted: str) -> Iterator[Located]:
    """What a name is bound to, and what is added to that."""
    for meaning in code.find_meanings(one.path, one.scope, dotted):
        if not isinstance(meaning, Definition) or meaning.rest:
            continue
        if isinstance(meaning.what, Assignment):
            yield Located(meaning.path, meaning.scope, meaning.what.value)
    yield from code.find_values(one.path, one.scope, one.expression)
    yield from code.find_items(one.path, one.scope, one.expression)


def _find_returned(code: Code, one: Located, call: Call) -> Iterator[Located]:
    """What a function of the project returns."""
    for meaning in code.find_meanings(one.path, one.scope, call.dotted) if call.dotted else ():
        if isinstance(meaning, Definition) and isinstance(meaning.what, Function):
            yield from code.find_returns(meaning)


def find_given(code: Code, one: Located, name: str) -> Iterator[Located]:
    """What the calls in its own file, told by their name, give for a parameter of a function."""
    function = _function_of(code, one, name)
    if function is not None:
        yield from _find_given_here(code, one.path, function, name)


def is_called_elsewhere(code: Code, one: Located, name: str) -> bool:
    """Whether other files may give a parameter, told by the name of its function."""
    function = _function_of(code, one, name)
    around = None if function is None else code.about(function.name, most_files=_MOST_FILES)
    if function is None or around is None:
        return True
    return any(
        called.call.name == function.name
        for outline in around.outlines
        if outline.path != one.path
        for called in outline.calls
    )


def _find_given(step: Flow, name: str) -> Iterator[Flow]:
    """The same, and what calls in other files give.

    Those have to mean the function, so that of methods they are not known.
    """
    code, one = step.code, step.one
    function = _function_of(code, one, name)
    if function is None or (one.path, (*function.scope, function.name)) in step.called:
        return
    for given in _find_given_here(code, one.path, function, name):
        yield replace(step, one=given)
    around = code.about(function.name, most_files=_MOST_FILES)
    if around is None:
        return
    for outline in around.outlines:
        if outline.path == one.path:
            continue
        for given, call in _find_arguments(around, outline.path, function, name):
            if any(
                isinstance(meaning, Definition)
                and (meaning.path, meaning.what) == (one.path, function)
                for meaning in around.find_meanings(given.path, given.scope, call.dotted)
            ):
                yield replace(step, code=around, one=given)


def _find_given_here(
    code: Code, path: ProjectPath, function: Function, name: str
) -> Iterator[Located]:
    """What the calls in its own file give: `load(x)` for a function, `self.load(x)` for a method.

    `json.load(x)` calls another one.
    """
    is_method = bool(function.scope) and code.table_of(path).function_at(function.scope) is None
    for given, call in _find_arguments(code, path, function, name):
        if (call.receiver is not None) == is_method:
            yield given


def _function_of(code: Code, one: Located, name: str) -> Function | None:
    """The function around an expression that has a parameter of a name."""
    table = code.table_of(one.path)
    for scope in table.scopes_seen_from(one.scope):
        function = table.function_at(scope)
        if function is not None and name in function.parameters:
            return function
    return None


def _find_arguments(
    code: Code, path: ProjectPath, function: Function, name: str
) -> Iterator[tuple[Located, Call]]:
    """What calls in a file that name a function give for a parameter of it."""
    position = function.parameters.index(name) - (function.parameters[0] in ("self", "cls"))
    if position < 0:
        return
    for called in code.outline_of(path).calls:
        argument = called.call.argument(position, name)
        if called.call.name == function.name and argument is not None:
            yield Located(path, called.scope, argument), called.call
