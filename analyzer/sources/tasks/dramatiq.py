"""dramatiq: actors, and the messages to them."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.model.tasks import Task
from analyzer.sources.outline.code import Code, Definition, Located
from analyzer.sources.outline.values import Assignment, Call, Class, Constant, Scope
from analyzer.sources.tasks.origins import Origins
from analyzer.sources.tasks.registry import Registry, decorated, line_of
from analyzer.sources.tasks.sends import Calls, Send, method_sends

QUEUE = "dramatiq"
_METHODS = frozenset({"message", "message_with_options", "send", "send_with_options"})


def find_tasks(code: Code, origins: Origins) -> Iterator[Task]:
    """The functions with `@dramatiq.actor`, and the classes below `GenericActor`."""
    for path, scope, function in decorated(code):
        for position, decorator in enumerate(function.decorators):
            if any(map(_is_actor, origins.find_of_decorator(path, scope, decorator))):
                name = None
                if isinstance(decorator, Call):
                    given = decorator.argument(None, "actor_name")
                    name = given and code.find_text(path, scope, given)
                yield Task(
                    path,
                    line_of(function, position),
                    ".".join((*scope, function.name)),
                    name or function.name,
                    QUEUE,
                )
    for outline in code.outlines:
        for class_ in outline.classes:
            definition = Definition(outline.path, class_.name, class_, class_.scope)
            if _is_generic(code, definition) and not _is_abstract(code, definition):
                yield Task(
                    outline.path,
                    class_.line,
                    ".".join((*class_.scope, class_.name)),
                    _class_name(code, outline.path, class_),
                    QUEUE,
                )


def find_sends(code: Code, calls: Calls, registry: Registry) -> Iterator[Send]:
    """Messages to actors: `.send(…)`, `.message(…)` in pipelines and groups, actors by name."""

    def by_object(located: Located) -> list[Task]:
        return [task for task in registry.find_by_object(located) if task.queue == QUEUE]

    def by_name(located: Located) -> list[Task]:
        text = code.find_text(located.path, located.scope, located.expression)
        return [] if text is None else registry.find_by_name(QUEUE, text)

    yield from method_sends(code, calls, _METHODS, by_object)
    for path, scope, call in calls.named("Message", "get_actor"):
        value = call.argument(0 if call.name == "get_actor" else None, "actor_name")
        if value is not None:
            yield Send(Located(path, scope, value), call.line, by_name)


def _is_actor(origin: str) -> bool:
    parts = origin.split(".")
    return parts[-1] == "actor" and "dramatiq" in parts[0]


def _is_generic(code: Code, definition: Definition) -> bool:
    return any(base.endswith(".GenericActor") for base in code.find_outer_bases(definition))


def _meta(code: Code, path: ProjectPath, class_: Class, name: str) -> Assignment | None:
    inside: Scope = (*class_.scope, class_.name, "Meta")
    for assignment in code.outline_of(path).assignments:
        if assignment.scope == inside and assignment.target == name:
            return assignment
    return None


def _is_abstract(code: Code, definition: Definition) -> bool:
    if not isinstance(definition.what, Class):
        return True
    found = _meta(code, definition.path, definition.what, "abstract")
    return found is not None and found.value == Constant("True")


def _class_name(code: Code, path: ProjectPath, class_: Class) -> str:
    found = _meta(code, path, class_, "actor_name")
    text = found and code.find_text(path, found.scope, found.value)
    return text or class_.name
