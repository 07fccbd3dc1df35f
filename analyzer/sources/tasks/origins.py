"""What a callable of the project is at bottom: `job = partial(rq_job, …)` is still RQ's `job`."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Definition, External, Located
from analyzer.sources.outline.values import (
    Assignment,
    Call,
    Choice,
    Class,
    Expression,
    Function,
    Name,
    Scope,
)

_Search = dict[Located, frozenset[str]]
"""What one search has found so far."""


class Origins:
    """The names outside of the project that decorators and objects come from.

    An origin is a dotted name such as `celery.shared_task`. What a call of a class returns is
    marked with brackets: with `app = Celery()` the origin of `app.task` is `celery.Celery().task`.
    """

    def __init__(self, code: Code) -> None:
        """Start with nothing known."""
        self._code = code
        self._known: dict[Located, tuple[str, ...]] = {}
        self.wrappers: set[tuple[ProjectPath, Scope]] = set()
        """Functions of the project that were seen to be decorators, by the scope inside of them:
        what they decorate themselves, they decorate for others."""

    def find(self, path: ProjectPath, scope: Scope, expression: Expression) -> tuple[str, ...]:
        """The origins of an expression, sorted; empty where it comes from the project alone."""
        one = Located(path, scope, expression)
        if one not in self._known:
            self._known[one] = tuple(sorted(self._find(one, {})))
        return self._known[one]

    def find_of_called(self, path: ProjectPath, scope: Scope, call: Call) -> tuple[str, ...]:
        """The origins of what a call calls."""
        if call.dotted:
            return self.find(path, scope, Name(call.dotted))
        if call.receiver is None:
            return ()
        found = self.find(path, scope, call.receiver)
        return tuple(f"{one}.{call.name}" if call.name else one for one in found)

    def find_of_decorator(
        self, path: ProjectPath, scope: Scope, decorator: Expression
    ) -> tuple[str, ...]:
        """The origins of a decorator, whether it is given arguments or not.

        A function of the project has those of the decorators that it uses inside.
        """
        name = decorator_name(decorator)
        if name is None:
            return ()
        found = set(self.find(path, scope, name))
        for meaning in self._code.find_meanings(path, scope, name.dotted):
            if isinstance(meaning, Definition) and not meaning.rest:
                found |= self._inside_wrapper(meaning)
        return tuple(sorted(found))

    def _find(self, one: Located, search: _Search) -> frozenset[str]:
        if one in self._known:
            return frozenset(self._known[one])
        if one not in search:
            # Until it is known: with `query = query.filter()` the way leads back here.
            search[one] = frozenset()
            search[one] = frozenset(self._look(one, search))
        return search[one]

    def _look(self, one: Located, search: _Search) -> Iterator[str]:
        match one.expression:
            case Name(dotted):
                for meaning in self._code.find_meanings(one.path, one.scope, dotted):
                    if isinstance(meaning, External):
                        yield meaning.dotted
                    else:
                        yield from self._of(meaning, search, "")
            case Call():
                yield from self._of_call(one, one.expression, search)
            case Choice(options):
                for option in options:
                    yield from self._find(Located(one.path, one.scope, option), search)

    def _of(self, definition: Definition, search: _Search, ending: str) -> Iterator[str]:
        what = definition.what
        values: tuple[Expression, ...] = ()
        scope = definition.scope
        if isinstance(what, Assignment) and not isinstance(what.value, Name):
            values, scope = (what.value,), what.scope
        elif isinstance(what, Class):
            values = what.bases
        rest = f".{definition.rest}" if definition.rest else ""
        for value in values:
            for base in self._find(Located(definition.path, scope, value), search):
                yield f"{base}{rest}{ending}"

    def _of_call(self, one: Located, call: Call, search: _Search) -> Iterator[str]:
        if not call.dotted:
            # `RQ(app).get_queue()`, `shared_task(name="x")(f)`
            if call.receiver is not None:
                ending = f".{call.name}()" if call.name else "()"
                for base in self._find(Located(one.path, one.scope, call.receiver), search):
                    yield f"{base}{ending}"
            return
        for meaning in self._code.find_meanings(one.path, one.scope, call.dotted):
            if isinstance(meaning, External):
                if meaning.dotted == "functools.partial" and call.arguments:
                    inner = Located(one.path, one.scope, call.arguments[0])
                    yield from self._find(inner, search)
                else:
                    yield f"{meaning.dotted}()"
            elif isinstance(meaning.what, Function) and not meaning.rest:
                for value in self._code.find_returns(meaning):
                    yield from self._find(value, search)
            else:
                yield from self._of(meaning, search, "()")

    def _inside_wrapper(self, definition: Definition) -> set[str]:
        """The origins of the decorators that a function returns, or applies to what it returns."""
        what = definition.what
        if not isinstance(what, Function):
            return set()
        inside = (*what.scope, what.name)
        outline = self._code.outline_of(definition.path)
        returns = [one for one in outline.returns if one.scope[: len(inside)] == inside]
        found = {
            origin.removesuffix("()").removesuffix("()")
            for one in returns
            for origin in self.find(definition.path, one.scope, one.value)
        }
        returned = {(one.scope, one.value.dotted) for one in returns if isinstance(one.value, Name)}
        for function in outline.functions:
            if (function.scope, function.name) in returned and function.scope:
                for decorator in function.decorators:
                    name = decorator_name(decorator)
                    if name is not None:
                        found.update(self.find(definition.path, function.scope, name))
        if found:
            self.wrappers.add((definition.path, inside))
        return found


def decorator_name(decorator: Expression) -> Name | None:
    """The name of a decorator, `app.task` of `@app.task(bind=True)`; nothing where it has none."""
    match decorator:
        case Name():
            return decorator
        case Call() if decorator.dotted:
            return Name(decorator.dotted)
        case _:
            return None
