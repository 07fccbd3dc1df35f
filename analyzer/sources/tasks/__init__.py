"""Task queues: what their workers run, and which files send it to them.

One module a queue; each yields its tasks and the places that send something. What these places
send is looked up when all tasks are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analyzer.model.imports import Link
from analyzer.model.tasks import Task, TaskFacts
from analyzer.sources.outline.code import Code
from analyzer.sources.outline.interest import Library
from analyzer.sources.tasks import arq, celery, celery_settings, dramatiq, own_decorators, rq
from analyzer.sources.tasks.origins import Origins
from analyzer.sources.tasks.registry import Registry
from analyzer.sources.tasks.sends import Calls, Send, find_links

_QUEUES = frozenset({Library.ARQ, Library.CELERY, Library.DRAMATIQ, Library.RQ})


def find_tasks(code: Code, *, decorators: Sequence[str] = ()) -> TaskFacts:
    """Find the tasks of all queues, and what sends them.

    What cannot be followed to a task is left out: `.send()` is a method of many things.

    Args:
        code: the outlines of the project.
        decorators: the project's own decorators of tasks, `app.tasks.job` or a bare name.
    """
    if not (decorators or code.libraries & _QUEUES):
        return TaskFacts()
    origins = Origins(code)
    calls = Calls(code)
    registry = Registry(code)
    for task in _tasks(code, calls, origins, decorators):
        registry.add(task)
    for path, scope in sorted(origins.wrappers):
        registry.forget_inside(path, scope)
    links: set[Link] = set()
    schedules: set[Link] = set()
    sends = _sends(code, calls, origins, registry, decorators)
    for send, link in find_links(code, calls, sends):
        (schedules if send.is_schedule else links).add(link)
    imports = {
        *celery_settings.find_imports(code, calls, origins),
        *arq.find_imports(code),
    }
    workers = {*celery.find_workers(code, origins), *arq.find_workers(code)}
    return TaskFacts(
        tasks=registry.tasks,
        links=_sorted(links - schedules),
        schedules=_sorted(schedules),
        imports=_sorted(imports),
        workers=tuple(sorted(workers)),
    )


def _tasks(code: Code, calls: Calls, origins: Origins, decorators: Sequence[str]) -> Iterator[Task]:
    yield from celery.find_tasks(code, calls, origins)
    yield from rq.find_tasks(code, origins)
    yield from dramatiq.find_tasks(code, origins)
    yield from arq.find_tasks(code)
    yield from own_decorators.find_tasks(code, decorators)


def _sends(
    code: Code, calls: Calls, origins: Origins, registry: Registry, decorators: Sequence[str]
) -> Iterator[Send]:
    yield from celery.find_sends(code, calls, registry)
    yield from celery_settings.find_schedules(code, calls, registry)
    yield from rq.find_sends(code, calls, origins, registry)
    yield from dramatiq.find_sends(code, calls, registry)
    yield from arq.find_sends(code, calls, registry)
    yield from own_decorators.find_sends(code, calls, registry, decorators)


def _sorted(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=Link.sort_key))
