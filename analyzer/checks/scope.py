"""The registration scope: which modules ought to have a record."""

from __future__ import annotations

import posixpath

from analyzer.graph.system import System
from analyzer.model.configuration import Scope
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
    documented = [pattern for one in system.registry.exclusions for pattern in one.patterns]
    is_out = build_matcher((*_ALWAYS_OUT, *documented, *scope.exclude))
    if scope.include is not None:
        is_in = build_matcher(scope.include)
    else:
        folders = {posixpath.dirname(path) for path in system.artifact_of if path in system.modules}

        def is_in(path: ProjectPath) -> bool:
            return posixpath.dirname(path) in folders

    return frozenset(
        path
        for path, module in system.modules.items()
        if path not in system.artifact_of
        and not module.is_test
        and is_in(path)
        and not is_out(path)
    )
