"""The files that a name in a record may mean: `guard.py`, `workers/*`, `app.models.tenant`."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from analyzer.model.globs import build_matcher
from analyzer.model.imports import CodeFacts
from analyzer.model.names import ProjectPath, folders_above, is_package_init

_WILDCARDS = frozenset("*?[")


class FileNames:
    """Finds files by a path, or by its end."""

    def __init__(self, files: Sequence[ProjectPath]) -> None:
        """Take the files of a project, sorted."""
        self._files = files
        self._matched: dict[str, frozenset[ProjectPath]] = {}

    def find(self, name: str) -> frozenset[ProjectPath]:
        """The files at a path, below a folder, or that fit a pattern, wherever that begins.

        `workers/*` is everything below every folder called `workers`. A path that is whole from the
        project's root means that one and no other.
        """
        name = name.removeprefix("./").strip("/")
        if not _WILDCARDS.isdisjoint(name):
            return self._match(name)
        whole = self._below(ProjectPath(name))
        if whole:
            return whole
        ends = self._by_last_part.get(name.rpartition("/")[2], ())
        return frozenset().union(*(self._below(path) for path in ends if path.endswith(f"/{name}")))

    def _match(self, pattern: str) -> frozenset[ProjectPath]:
        if pattern not in self._matched:
            fits = build_matcher([f"**/{pattern}"])
            self._matched[pattern] = frozenset(path for path in self._files if fits(path))
        return self._matched[pattern]

    def _below(self, path: ProjectPath) -> frozenset[ProjectPath]:
        """The file of that path, or all files below the folder of that path."""
        found = set()
        at = bisect.bisect_left(self._files, path)
        if at < len(self._files) and self._files[at] == path:
            found.add(path)
        folder = f"{path}/"
        for file in self._files[bisect.bisect_left(self._files, folder) :]:
            if not file.startswith(folder):
                break
            found.add(file)
        return frozenset(found)

    @cached_property
    def _by_last_part(self) -> dict[str, list[ProjectPath]]:
        found: dict[str, list[ProjectPath]] = defaultdict(list)
        folders: set[ProjectPath] = set()
        for path in self._files:
            for folder in folders_above(path):
                if folder in folders:
                    break
                folders.add(folder)
        for path in (*self._files, *sorted(folders)):
            found[path.rpartition("/")[2]].append(path)
        return found


class ModuleNames:
    """Finds modules by a dotted name, or by its end."""

    def __init__(self, facts: CodeFacts) -> None:
        """Take the modules of a project."""
        self._facts = facts

    def find(self, name: str) -> frozenset[ProjectPath]:
        """The files of a module, of a package with all below it, or of what defines a name.

        `app.api.*` is what is below the package only. `app.models.tenant.WorkerRun` is
        `app/models/tenant.py`; where only a package is known, its `__init__`, which may define the
        name. A name that does not begin at a root is taken as the end of one, if it has two parts
        or more.
        """
        parts = name.removesuffix(".*").split(".")
        for length in range(len(parts), 0, -1):
            found = self._spellings(parts[:length])
            own = {path for one in found for path in self._modules.get(one, ())}
            is_package = any(one in self._packages for one in found)
            if not own and not is_package:
                continue
            if length == len(parts):
                below = {path for one in found for path in self._below(one)}
                return frozenset(below if below and name.endswith(".*") else own | below)
            # Behind a module stands what it defines; behind a package one name of its `__init__`.
            is_defined = not is_package or length == len(parts) - 1
            return frozenset(own if is_defined else ())
        return frozenset()

    def is_own(self, name: str) -> bool:
        """Whether a name can only mean a module of this project: it begins with a package of it."""
        return name.partition(".")[0] in self._tops

    def _spellings(self, parts: list[str]) -> list[str]:
        """The whole names of modules and packages that a name may stand for."""
        name = ".".join(parts)
        if parts[0] in self._tops and (name in self._modules or name in self._packages):
            return [name]
        # The end of one part alone would find `backends/redis.py` for the library.
        ends = self._by_last_part.get(parts[-1], ()) if len(parts) > 1 else ()
        return [one for one in ends if one.endswith(f".{name}")]

    def _below(self, package: str) -> list[ProjectPath]:
        # Behind the dot, "/" is the next character that a name could have.
        start = bisect.bisect_left(self._sorted, (f"{package}.", ProjectPath("")))
        end = bisect.bisect_left(self._sorted, (f"{package}/", ProjectPath("")))
        return [path for _, path in self._sorted[start:end]]

    @cached_property
    def _sorted(self) -> list[tuple[str, ProjectPath]]:
        return sorted((module.name, module.path) for module in self._facts.modules)

    @cached_property
    def _tops(self) -> frozenset[str]:
        """The packages at the roots.

        Single modules are left out: a script `click.py` is not what `click.command` means.
        """
        names = {name for root in self._facts.roots for name in root.packages}
        return frozenset(
            name
            for name in names
            if name in self._packages or any(map(is_package_init, self._modules.get(name, ())))
        )

    @cached_property
    def _modules(self) -> dict[str, list[ProjectPath]]:
        found: dict[str, list[ProjectPath]] = defaultdict(list)
        for module in self._facts.modules:
            found[module.name].append(module.path)
        return found

    @cached_property
    def _packages(self) -> frozenset[str]:
        found: set[str] = set()
        for name in self._modules:
            above = name.rpartition(".")[0]
            while above and above not in found:
                found.add(above)
                above = above.rpartition(".")[0]
        return frozenset(found)

    @cached_property
    def _by_last_part(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in sorted({*self._modules, *self._packages}):
            found[name.rpartition(".")[2]].append(name)
        return found
