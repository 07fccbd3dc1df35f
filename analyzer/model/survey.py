"""What the code says beyond its import statements."""

from __future__ import annotations

from msgspec import Struct, field

from analyzer.model.entry_points import EntryPoint, Invocation
from analyzer.model.imports import Link, UnknownImport, Unscanned
from analyzer.model.routes import RouteFacts
from analyzer.model.tasks import TaskFacts


class Survey(Struct, frozen=True):
    """What strings, calls and decorators say, and files that are no Python; tuples are sorted."""

    links: tuple[Link, ...] = ()
    """Imports of modules that a string names, programs that code starts, tasks that it sends."""
    invocations: tuple[Invocation, ...] = ()
    entry_points: tuple[EntryPoint, ...] = ()
    """What packages and frameworks declare."""
    routes: RouteFacts = field(default_factory=RouteFacts)
    tasks: TaskFacts = field(default_factory=TaskFacts)
    unknown_imports: tuple[UnknownImport, ...] = ()
    """Imports of something in the project that only the running program knows."""
    unscanned: tuple[Unscanned, ...] = ()
    """Files that are no Python, and may start some, but could not be read."""
