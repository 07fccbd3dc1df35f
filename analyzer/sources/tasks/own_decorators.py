"""Task queues of the project's own, known by the decorators that the configuration names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.model.names import ProjectPath
from analyzer.model.tasks import Task
from analyzer.sources.outline.code import Code, External, Located, Meaning
from analyzer.sources.outline.values import Scope
from analyzer.sources.tasks.origins import decorator_name
from analyzer.sources.tasks.registry import Registry, decorated, line_of, module_name
from analyzer.sources.tasks.sends import Calls, Send, method_sends

_METHODS = frozenset({"apply_async", "delay", "enqueue", "kiq", "send"})
_SENDERS = ("enqueue", "send", "submit")


def find_tasks(code: Code, decorators: Sequence[str]) -> Iterator[Task]:
    """The functions that have one of the decorators.

    Args:
        code: the outlines.
        decorators: dotted names, `app.tasks.job`, or bare ones, which any module may define.
    """
    if not decorators:
        return
    for path, scope, function in decorated(code):
        for position, decorator in enumerate(function.decorators):
            name = decorator_name(decorator)
            known = name and _find_known(code, path, scope, name.dotted, decorators)
            if known:
                in_file = ".".join((*scope, function.name))
                line = line_of(function, position)
                yield Task(path, line, in_file, f"{module_name(code, path)}.{in_file}", known)


def find_sends(
    code: Code, calls: Calls, registry: Registry, decorators: Sequence[str]
) -> Iterator[Send]:
    """Calls of a method that sends, and tasks given to something that is called `enqueue_…`."""
    if not decorators:
        return

    def by_object(located: Located) -> list[Task]:
        return [task for task in registry.find_by_object(located) if task.queue in decorators]

    yield from method_sends(code, calls, _METHODS, by_object)
    for outline in code.outlines:
        for one in outline.calls:
            if one.call.name.startswith(_SENDERS) and one.call.arguments:
                located = Located(outline.path, one.scope, one.call.arguments[0])
                yield Send(located, one.call.line, by_object)


def _find_known(
    code: Code, path: ProjectPath, scope: Scope, dotted: str, decorators: Sequence[str]
) -> str | None:
    meanings = code.find_meanings(path, scope, dotted)
    for known in decorators:
        module, _, name = known.rpartition(".")
        if not module:
            last_names = {dotted.rpartition(".")[2]}
            last_names.update(map(_last_name, meanings))
            if name in last_names:
                return known
            continue
        externals = [one.dotted for one in meanings if isinstance(one, External)]
        if known in (dotted, *externals) or set(meanings) & set(_meanings_of(code, path, known)):
            return known
    return None


def _last_name(meaning: Meaning) -> str:
    if isinstance(meaning, External):
        return meaning.dotted.rpartition(".")[2]
    return f"{meaning.name}.{meaning.rest}".rstrip(".").rpartition(".")[2]


def _meanings_of(code: Code, importer: ProjectPath, dotted: str) -> tuple[Meaning, ...]:
    """What a dotted name means that begins with a module: `app.tasks.queue.job`."""
    parts = dotted.split(".")
    for end in range(len(parts) - 1, 0, -1):
        module = code.find_module(importer, ".".join(parts[:end]))
        if module is not None:
            return code.find_meanings(module, (), ".".join(parts[end:]))
    return ()
