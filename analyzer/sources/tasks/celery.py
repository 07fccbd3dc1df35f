"""Celery: tasks, and what sends them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzer.model.names import ProjectPath
from analyzer.model.tasks import Task
from analyzer.sources.outline.code import Code, Definition, External, Located
from analyzer.sources.outline.values import (
    Call,
    Class,
    Expression,
    Name,
    Outline,
    Scope,
    Text,
)
from analyzer.sources.tasks.origins import Origins
from analyzer.sources.tasks.registry import (
    Registry,
    decorated,
    definitions_of,
    functions_of,
    line_of,
    module_name,
    name_in_file,
)
from analyzer.sources.tasks.sends import Calls, Send, method_sends

QUEUE = "Celery"
_DECORATORS = frozenset({"periodic_task", "shared_task", "task"})
_METHODS = frozenset(
    {
        "apply", "apply_async", "chunks", "delay", "map", "s", "si", "signature",
        "signature_from_request", "starmap", "subtask",
    }
)  # fmt: skip
# What names a task by a string as its first argument.
_BY_NAME = ("Signature", "send_task", "signature", "subtask")
_DEEPEST = 10


def is_celery(origin: str) -> bool:
    """Whether something comes from Celery: `celery.…`, or from a module that is called so."""
    return any("celery" in part.lower() for part in origin.split("."))


def find_workers(code: Code, origins: Origins) -> tuple[ProjectPath, ...]:
    """The files that build a Celery application."""
    return tuple(path for path, _, _ in find_applications(code, origins))


def find_applications(code: Code, origins: Origins) -> Iterator[tuple[ProjectPath, Scope, Call]]:
    """The calls that build a Celery application, also of a class below Celery's."""
    for outline in code.outlines:
        for one in outline.calls:
            called = one.call.dotted
            if called and one.call.name[:1].isupper():
                found = origins.find(outline.path, one.scope, Name(called))
                if any(origin.rpartition(".")[2] == "Celery" for origin in found):
                    yield outline.path, one.scope, one.call


def find_tasks(code: Code, calls: Calls, origins: Origins) -> Iterator[Task]:
    """The functions with a decorator of Celery, and the classes that are registered."""
    for path, scope, function in decorated(code):
        for position, decorator in enumerate(function.decorators):
            if any(map(_is_decorator, origins.find_of_decorator(path, scope, decorator))):
                name = _given_name(code, path, scope, decorator)
                in_file = ".".join((*scope, function.name))
                name = name or f"{module_name(code, path)}.{function.name}"
                yield Task(path, line_of(function, position), in_file, name, QUEUE)
    yield from _task_classes(code, calls)
    for outline in code.outlines:
        yield from _assigned_tasks(code, outline, origins)


def find_sends(code: Code, calls: Calls, registry: Registry) -> Iterator[Send]:
    """`.delay(…)`, `.s(…)` and their like on a task, and tasks that are sent by name."""

    def by_object(located: Located) -> list[Task]:
        return [task for task in registry.find_by_object(located) if task.queue == QUEUE]

    yield from method_sends(code, calls, _METHODS, by_object)

    def by_name(located: Located) -> list[Task]:
        return find_named(code, registry, located)

    for path, scope, call in calls.named(*_BY_NAME):
        value = call.argument(0, "name", "task")
        if value is not None:
            yield Send(Located(path, scope, value), call.line, by_name)


def find_named(code: Code, registry: Registry, located: Located) -> list[Task]:
    """The tasks that an expression names: a text, `send_mail.name`, the task itself."""
    text = code.find_text(located.path, located.scope, located.expression)
    if text is not None:
        return registry.find_by_name(QUEUE, text, is_dotted=True)
    tasks = registry.find_by_object(located, attributes=("", "name"))
    return [task for task in tasks if task.queue == QUEUE]


def _is_decorator(origin: str) -> bool:
    base, _, last = origin.rpartition(".")
    return last in _DECORATORS and is_celery(base)


def _given_name(code: Code, path: ProjectPath, scope: Scope, call: Expression) -> str | None:
    value = call.argument(None, "name") if isinstance(call, Call) else None
    return None if value is None else code.find_text(path, scope, value)


def _assigned_tasks(code: Code, outline: Outline, origins: Origins) -> Iterator[Task]:
    """`send_mail = app.task(_send_mail)`, `send_mail = shared_task(name="mail")(_send_mail)`."""
    for assignment in outline.assignments:
        call = assignment.value
        if not isinstance(call, Call) or "." in assignment.target or not call.arguments:
            continue
        given = Located(outline.path, assignment.scope, call.arguments[0])
        functions = functions_of(code, given) if isinstance(given.expression, Name) else ()
        maker = call.receiver if isinstance(call.receiver, Call) and not call.name else call
        if not functions or not any(
            map(_is_decorator, origins.find_of_called(outline.path, assignment.scope, maker))
        ):
            continue
        in_file = ".".join((*assignment.scope, assignment.target))
        name = _given_name(code, outline.path, assignment.scope, maker)
        for one in functions:
            default = f"{module_name(code, one.path)}.{one.name}"
            yield Task(outline.path, assignment.line, in_file, name or default, QUEUE)


def _task_classes(code: Code, calls: Calls) -> Iterator[Task]:
    """Classes below Celery's `Task`: those that are registered, or that say what they run as."""
    registered = set(_registered(code, calls))
    for outline in code.outlines:
        for class_ in outline.classes:
            definition = Definition(outline.path, class_.name, class_, class_.scope)
            if not _is_task_class(code, definition, _DEEPEST):
                continue
            inside = (*class_.scope, class_.name)
            named = [
                one.value
                for one in outline.assignments
                if one.scope == inside and one.target == "name"
            ]
            runs = any(one.scope == inside and one.name == "run" for one in outline.functions)
            if definition in registered or (runs and named):
                name = code.find_text(outline.path, inside, named[0]) if named else None
                name = name or f"{module_name(code, outline.path)}.{class_.name}"
                yield Task(outline.path, class_.line, name_in_file(definition), name, QUEUE)


def _registered(code: Code, calls: Calls) -> Iterator[Definition]:
    """The classes in `app.register_task(Mailer())`, `app.tasks.register(Mailer)`."""
    for path, scope, call in calls.named("register_task", "register"):
        if call.name == "register_task" or call.dotted.endswith("tasks.register"):
            for given in call.arguments[:1]:
                for one in definitions_of(code, Located(path, scope, given)):
                    if isinstance(one.what, Class) and not one.rest:
                        yield one


def _is_task_class(code: Code, definition: Definition, depth: int) -> bool:
    if depth <= 0:
        return False
    for base in code.find_bases(definition):
        if isinstance(base, External):
            if base.dotted.rpartition(".")[2] == "Task" and is_celery(base.dotted):
                return True
        elif base.rest == "Task" or _is_task_class(code, base, depth - 1):
            # `class Mailer(app.Task)`
            return True
    return False


def texts_in(code: Code, located: Located) -> Iterable[tuple[str, int, Located]]:
    """The texts of a list, or a text by itself, each with its line (0 where it has none)."""
    value = located.expression
    items = code.find_items(located.path, located.scope, value)
    for item in items or (located,):
        text = code.find_text(item.path, item.scope, item.expression)
        if text is not None:
            line = item.expression.line if isinstance(item.expression, Text) else 0
            yield text, line, item
