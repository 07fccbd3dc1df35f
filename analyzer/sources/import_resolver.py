"""Which file an import means, for readers that find module names by themselves."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from functools import cache

from analyzer.model.names import ProjectPath
from analyzer.sources.roots import RootTable


def build_import_resolver(
    *, table: RootTable, modules: Iterable[ProjectPath]
) -> Callable[[ProjectPath, str, int], ProjectPath | None]:
    """Build a function from importer, dotted name and leading dots to the file of a module.

    It finds what Python would: a module or a package with an `__init__`, never an attribute.
    """
    known = frozenset(modules)

    @cache
    def resolve(importer: ProjectPath, dotted: str, level: int) -> ProjectPath | None:
        if level == 0:
            found = table.resolve(
                importer=importer, name=dotted, may_be_attribute=False, is_script=False
            )
            return found.path
        folder = posixpath.dirname(importer)
        for _ in range(level - 1):
            if not folder:
                return None
            folder = posixpath.dirname(folder)
        base = posixpath.join(folder, *dotted.split(".")) if dotted else folder
        for path in (posixpath.join(base, "__init__.py"), f"{base}.py"):
            if path in known:
                return ProjectPath(path)
        return None

    return resolve


def build_program_resolver(
    table: RootTable,
) -> Callable[[str, ProjectPath], ProjectPath | None]:
    """Build a function from a dotted name and a working directory to the file that is started."""

    @cache
    def resolve(dotted: str, folder: ProjectPath) -> ProjectPath | None:
        # Where a program is started, Python looks in the working directory first.
        program = ProjectPath(posixpath.normpath(posixpath.join(folder, "-")))
        found = table.resolve(importer=program, name=dotted, may_be_attribute=False, is_script=True)
        return found.path

    return resolve
