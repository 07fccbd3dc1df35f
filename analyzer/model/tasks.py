"""What task queues run, and who sends it to them."""

from __future__ import annotations

from msgspec import Struct

from analyzer.model.imports import Link
from analyzer.model.names import ProjectPath


class Task(Struct, frozen=True, order=True):
    """A function that a worker of a task queue runs."""

    path: ProjectPath
    line: int
    """1-based line of its decorator; of one without, of its definition."""
    function: str
    """Its name in its file: `send_mail`, `Mailer.send`."""
    name: str
    """What it is sent by: `shop.tasks.send_mail`."""
    queue: str
    """`Celery`, `RQ`, `dramatiq`, `arq`, or the decorator that the configuration names."""


class TaskFacts(Struct, frozen=True):
    """Everything that is known about tasks. All tuples are sorted and hold nothing twice."""

    tasks: tuple[Task, ...] = ()
    links: tuple[Link, ...] = ()
    """From the file that sends a task to the one that defines it; all of the kind `enqueues`."""
    schedules: tuple[Link, ...] = ()
    """The same for what a timetable sends (`beat_schedule`, `cron_jobs`, rq-scheduler)."""
    imports: tuple[Link, ...] = ()
    """Modules that the configuration of a worker names by strings, which it imports when it starts;
    all of the kind `dynamic`."""
    workers: tuple[ProjectPath, ...] = ()
    """The files that build what a worker is started with: a Celery app, `WorkerSettings`."""
