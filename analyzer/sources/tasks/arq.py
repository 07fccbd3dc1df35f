"""arq: what the settings of a worker list, and the jobs that are enqueued by name."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from analyzer.model.imports import Kind, Link
from analyzer.model.names import ProjectPath
from analyzer.model.tasks import Task
from analyzer.sources.outline.code import Code, Definition, Located
from analyzer.sources.outline.values import Call, Function, Name, Outline, Text
from analyzer.sources.tasks.registry import (
    Registry,
    functions_of,
    line_of,
    name_in_file,
)
from analyzer.sources.tasks.sends import Calls, Send, link_to

QUEUE = "arq"
_LISTS = ("functions", "cron_jobs")


class Listed(Struct, frozen=True):
    """A job that the settings of a worker list."""

    located: Located
    """The coroutine, as it is given there."""
    line: int
    name: str | None
    is_cron: bool


def find_workers(code: Code) -> tuple[ProjectPath, ...]:
    """The files with the settings of a worker."""
    return tuple(located.path for _, located, _ in _settings(code))


def find_tasks(code: Code) -> Iterator[Task]:
    """The coroutines that workers run."""
    for one in _listed(code):
        for function in _coroutines(code, one.located):
            in_file = name_in_file(function)
            name = f"cron:{in_file}" if one.is_cron else in_file
            text = _text(one.located)
            if text is not None:
                # arq keeps the name that a string gives.
                name = f"cron:{text}" if one.is_cron else text
            if isinstance(function.what, Function):
                line = line_of(function.what, 0 if function.what.decorators else None)
                yield Task(function.path, line, in_file, one.name or name, QUEUE)


def find_sends(code: Code, calls: Calls, registry: Registry) -> Iterator[Send]:
    """`enqueue_job("name")`, and the timetable of each worker."""

    def by_name(located: Located) -> list[Task]:
        text = code.find_text(located.path, located.scope, located.expression)
        if text is not None:
            return registry.find_by_name(QUEUE, text)
        names = ("__name__", "__qualname__")
        return [
            task
            for task in registry.find_by_object(located, attributes=names)
            if task.queue == QUEUE
        ]

    def by_coroutine(located: Located) -> list[Task]:
        found = (registry.find(one.path, name_in_file(one)) for one in _coroutines(code, located))
        return [task for task in found if task is not None]

    for path, scope, call in calls.named("enqueue_job"):
        value = call.argument(0, "function")
        if value is not None:
            yield Send(Located(path, scope, value), call.line, by_name)
    for one in _listed(code):
        if one.is_cron:
            yield Send(one.located, one.line, by_coroutine, is_schedule=True)


def find_imports(code: Code) -> Iterator[Link]:
    """The modules of functions that a worker names by strings."""
    for one in _listed(code):
        if _text(one.located) is not None:
            path = one.located.path
            for function in _coroutines(code, one.located):
                if function.path != path:
                    yield link_to(code, path, one.line, function.path, kind=Kind.DYNAMIC)


def _settings(code: Code) -> Iterator[tuple[str, Located, int]]:
    """Each list of each worker: which one it is, what it is, and its line."""
    for outline in code.outlines:
        is_arq = any(one.module.partition(".")[0] == QUEUE for one in outline.bindings)
        for class_ in outline.classes:
            if is_arq or class_.name.endswith("WorkerSettings"):
                inside = (*class_.scope, class_.name)
                for one in outline.assignments:
                    if one.scope == inside and one.target in _LISTS:
                        yield one.target, Located(outline.path, inside, one.value), one.line
        if is_arq:
            yield from _workers_built(code, outline)


def _workers_built(code: Code, outline: Outline) -> Iterator[tuple[str, Located, int]]:
    """`Worker(functions=[…])`, without a class of settings."""
    for one in outline.calls:
        external = one.call.dotted and code.external_name(outline.path, one.scope, one.call.dotted)
        if external in ("arq.Worker", "arq.worker.Worker"):
            for position, name in ((0, "functions"), (None, "cron_jobs")):
                value = one.call.argument(position, name)
                if value is not None:
                    yield name, Located(outline.path, one.scope, value), one.call.line


def _listed(code: Code) -> Iterator[Listed]:
    for name, given, line in _settings(code):
        for item in code.find_items(given.path, given.scope, given.expression):
            yield from _read_item(code, item, line, is_cron=name == "cron_jobs")


def _read_item(code: Code, item: Located, line: int, *, is_cron: bool) -> Iterator[Listed]:
    for value in code.find_values(item.path, item.scope, item.expression):
        if isinstance(value.expression, Call):
            call = value.expression
            first = call.argument(0, "coroutine")
            if call.name in ("func", "cron") and first is not None:
                given = call.argument(None, "name")
                name = given and code.find_text(value.path, value.scope, given)
                located = Located(value.path, value.scope, first)
                yield Listed(located, call.line, name or None, is_cron)
        elif isinstance(value.expression, Text):
            yield Listed(value, value.expression.line or line, None, is_cron)
        elif isinstance(value.expression, Name):
            yield Listed(value, line, None, is_cron)


def _coroutines(code: Code, located: Located) -> list[Definition]:
    text = _text(located)
    if text is None:
        return functions_of(code, located)
    module, _, name = text.rpartition(".")
    path = code.find_module(located.path, module) if module else None
    return [] if path is None else functions_of(code, Located(path, (), Name(name)))


def _text(located: Located) -> str | None:
    return located.expression.value if isinstance(located.expression, Text) else None
