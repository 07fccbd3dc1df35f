"""The registration scope: which modules ought to have a record."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator

from analyzer.graph.system import System
from analyzer.model.configuration import Scope
from analyzer.model.entry_points import EntryKind, Standing
from analyzer.model.globs import build_matcher
from analyzer.model.names import ProjectPath

# What registries leave out by design: structure, and what only supports tests.
_ALWAYS_OUT = (
    "**/__init__.py",
    "**/mock_*.py",
    "**/*_mock.py",
    "**/*_mocks.py",
    "**/mock/**",
    "**/mocks/**",
)


def find_unregistered(system: System, scope: Scope) -> frozenset[ProjectPath]:
    """The modules in scope that no record covers.

    Without `include` patterns the scope is every folder that directly holds a module of an
    artifact. Tests, mocks, `__init__.py` and what a backlog document excludes by
    design are out.
    """
    may_be_in = _build_filter(system, scope)
    if scope.include is not None:
        is_in = build_matcher(scope.include)
    else:
        folders = {posixpath.dirname(path) for path in system.artifact_of if path in system.modules}

        def is_in(path: ProjectPath) -> bool:
            return posixpath.dirname(path) in folders

    return frozenset(path for path in system.modules if may_be_in(path) and is_in(path))


def find_beyond(system: System, scope: Scope) -> frozenset[ProjectPath]:
    """The modules that the first record of their folder would bring into scope, and should.

    They are those of every folder, out of scope yet, in which something stands that production
    runs by: what answers requests, what a queue runs, what a server, an image or a pipeline starts,
    a command. Where the configuration says what is in scope, that is all there is.
    """
    if scope.include is not None:
        return frozenset()
    inside = {posixpath.dirname(path) for path in system.artifact_of if path in system.modules}
    may_be_in = _build_filter(system, scope)
    folders = {
        posixpath.dirname(path) for path in _runs_production(system) if may_be_in(path)
    } - inside
    return frozenset(
        path for path in system.modules if posixpath.dirname(path) in folders and may_be_in(path)
    )


def find_unregistered_anywhere(system: System, scope: Scope) -> frozenset[ProjectPath]:
    """The modules that could have a record and have none, whatever folders are in scope."""
    may_be_in = _build_filter(system, scope)
    return frozenset(filter(may_be_in, system.modules))


def _build_filter(system: System, scope: Scope) -> Callable[[ProjectPath], bool]:
    """Whether a module has no record and is none of those that are always out."""
    documented = [pattern for one in system.registry.exclusions for pattern in one.patterns]
    is_out = build_matcher((*_ALWAYS_OUT, *documented, *scope.exclude))

    def may_be_in(path: ProjectPath) -> bool:
        module = system.modules.get(path)
        is_free = module is not None and not module.is_test and path not in system.artifact_of
        return is_free and not is_out(path)

    return may_be_in


def _runs_production(system: System) -> Iterator[ProjectPath]:
    for endpoint in system.survey.routes.endpoints:
        yield endpoint.path
        yield endpoint.declared_in
    for task in system.survey.tasks.tasks:
        yield task.path
    for path, points in system.entry_points.items():
        if any(
            one.standing <= Standing.OFFERED and one.kind is not EntryKind.PUBLISHED
            for one in points
        ):
            yield path
