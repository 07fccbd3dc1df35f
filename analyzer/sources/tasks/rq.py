"""RQ: jobs are plain functions; what enqueues one makes it a job."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.model.tasks import Task
from analyzer.sources.outline.code import Code, Definition, Located
from analyzer.sources.outline.values import (
    Call,
    Expression,
    Function,
    Name,
    Outline,
    Scope,
    Spread,
    Table,
    Text,
    parts_of,
)
from analyzer.sources.tasks.origins import Origins
from analyzer.sources.tasks.registry import (
    Registry,
    decorated,
    functions_of,
    line_of,
    module_name,
    name_in_file,
)
from analyzer.sources.tasks.sends import Calls, Resolver, Send, method_sends

QUEUE = "RQ"
_PACKAGE = re.compile(r"(?:^|_)rq\d*(?:_|$)")
# Flask-RQ2 gives its jobs more methods than RQ does.
_METHODS = frozenset({"cron", "delay", "queue", "schedule"})
# What takes a function, and at which position.
_ENQUEUE = {
    "enqueue": 0,
    "enqueue_at": 1,
    "enqueue_call": 0,
    "enqueue_in": 1,
    "prepare_data": 0,
}
_SCHEDULE = {"cron": 1, "register": 0, "schedule": 1}
_KEYWORDS = ("f", "func")


def find_tasks(code: Code, origins: Origins) -> Iterator[Task]:
    """The functions with RQ's decorator."""
    for path, scope, function in decorated(code):
        for position, decorator in enumerate(function.decorators):
            if any(map(_is_job, origins.find_of_decorator(path, scope, decorator))):
                definition = Definition(path, function.name, function, scope)
                yield _task(code, definition, line_of(function, position))


def find_sends(code: Code, calls: Calls, origins: Origins, registry: Registry) -> Iterator[Send]:
    """`.delay(…)` of a job, and functions or their names that are given to a queue."""

    def by_object(located: Located) -> list[Task]:
        return [task for task in registry.find_by_object(located) if task.queue == QUEUE]

    def by_function(located: Located) -> list[Task]:
        return [_known(code, registry, one) for one in _functions(code, located)]

    yield from method_sends(code, calls, _METHODS, by_object)
    for path, scope, call in calls.named(*_ENQUEUE):
        value = call.argument(_ENQUEUE[call.name], *_KEYWORDS)
        if value is not None and not _is_own(code, origins, path, scope, call):
            yield Send(Located(path, scope, value), call.line, by_function)
    for path, scope, call in calls.named(*_SCHEDULE):
        if any(map(_is_rq, origins.find_of_called(path, scope, call))):
            value = call.argument(_SCHEDULE[call.name], *_KEYWORDS)
            if value is not None:
                located = Located(path, scope, value)
                yield Send(located, call.line, by_function, is_schedule=True)
            elif any(isinstance(one, Spread) for _, one in call.keywords):
                yield from _tables(code.outline_of(path), by_function)


def _is_rq(origin: str) -> bool:
    return _PACKAGE.search(origin.partition(".")[0]) is not None


def _is_job(origin: str) -> bool:
    return origin.rpartition(".")[2] == "job" and _is_rq(origin)


def _is_own(code: Code, origins: Origins, path: ProjectPath, scope: Scope, call: Call) -> bool:
    """Whether it is a function of the project that is called `enqueue`, not a queue's method."""
    if not call.dotted:
        return False
    for meaning in code.find_meanings(path, scope, call.dotted):
        if not isinstance(meaning, Definition):
            continue
        if isinstance(meaning.what, Function) and not meaning.rest:
            return True
        if meaning.rest and isinstance(call.receiver, Name):
            found = origins.find_of_called(path, scope, call)
            for value in code.find_values(path, scope, call.receiver):
                if isinstance(value.expression, Call) and not any(map(_is_rq, found)):
                    return any(
                        code.find_members(built, call.name)
                        for built in code.find_classes_built(
                            value.path, value.scope, value.expression
                        )
                    )
    return False


def _functions(code: Code, located: Located) -> list[Definition]:
    text = code.find_text(located.path, located.scope, located.expression)
    if text is None:
        return functions_of(code, located)
    module, _, name = text.rpartition(".")
    path = code.find_module(located.path, module) if module else None
    return [] if path is None else functions_of(code, Located(path, (), Name(name)))


def _known(code: Code, registry: Registry, definition: Definition) -> Task:
    known = registry.find(definition.path, name_in_file(definition))
    return known or registry.add(_task(code, definition))


def _task(code: Code, definition: Definition, line: int | None = None) -> Task:
    what = definition.what
    if line is None and isinstance(what, Function):
        line = line_of(what, 0 if what.decorators else None)
    in_file = name_in_file(definition)
    name = f"{module_name(code, definition.path)}.{in_file}"
    return Task(definition.path, line or 1, in_file, name, QUEUE)


def _tables(outline: Outline, resolve: Resolver) -> Iterator[Send]:
    """Of `scheduler.schedule(**job)`: the tables of the file that give a job its `func`."""
    statements: list[tuple[Scope, Expression, int]] = [
        (one.scope, one.value, one.line) for one in outline.assignments
    ]
    statements += [(one.scope, one.value, one.line) for one in outline.returns]
    for scope, statement, line in statements:
        for part in parts_of(statement):
            for key, value in part.pairs if isinstance(part, Table) else ():
                if isinstance(key, Text) and key.value == "func":
                    located = Located(outline.path, scope, value)
                    yield Send(located, key.line or line, resolve, is_schedule=True)
