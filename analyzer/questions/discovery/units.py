"""Which files make one artifact: each on its own, or a package as a whole."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from analyzer.graph.system import System
from analyzer.model.names import ProjectPath, folders_above

_FEWEST_SIBLINGS = 2
_CLIENT_ENDINGS = ("_sdk", "_client", "-sdk", "-client")
_SDK_FOLDERS = frozenset({"sdk", "sdks"})
# A package of one module is that module.
_FEWEST_FILES = 2


class Unit(Struct, frozen=True):
    """What one record would cover."""

    path: ProjectPath
    """The file; of a package its folder."""
    files: tuple[ProjectPath, ...]
    """The unregistered modules in scope, sorted."""
    is_client: bool = False
    """A package that others install to talk to the system."""

    @property
    def is_package(self) -> bool:
        """Whether it is registered as a whole."""
        return self.files != (self.path,)


def find_units(system: System, paths: Iterable[ProjectPath]) -> tuple[Unit, ...]:
    """Put files together to artifacts, sorted by path.

    A package becomes one where its siblings are registered as packages, or where it is a client
    that others install; every other file stands for itself.
    """
    siblings = _count_registered_packages(system)
    holding = {folder for path in system.artifact_of for folder in folders_above(path)}
    clients = _find_clients(system)
    packages: dict[ProjectPath, list[ProjectPath]] = defaultdict(list)
    units = []
    for path in sorted(paths):
        folder = next(
            (
                one
                for one in reversed(list(folders_above(path)))
                if one not in holding
                and (one in clients or siblings[posixpath.dirname(one)] >= _FEWEST_SIBLINGS)
            ),
            None,
        )
        if folder is None:
            units.append(Unit(path, (path,)))
        else:
            packages[folder].append(path)
    units += [
        Unit(folder, tuple(files), is_client=folder in clients)
        for folder, files in packages.items()
    ]
    return tuple(sorted(units, key=lambda one: one.path))


def gather_packages(
    units: Iterable[Unit],
    *,
    kinds: Mapping[ProjectPath, str],
    stays_alone: Callable[[Unit], bool],
    top_folders: frozenset[str],
) -> tuple[Unit, ...]:
    """Put the modules of a folder together that are nothing by themselves, sorted by path.

    Args:
        units: of files.
        kinds: path of a unit -> its type; only units of one type are put together.
        stays_alone: whether something says of a unit what it is.
        top_folders: folders of outermost packages, whose modules have nothing else in common.
    """
    alone: list[Unit] = []
    together: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in units:
        folder = posixpath.dirname(unit.path)
        if unit.is_package or not folder or folder in top_folders or stays_alone(unit):
            alone.append(unit)
        else:
            together[folder, kinds[unit.path]].append(unit)
    sizes = Counter(folder for folder, _ in together)
    for (folder, _), found in together.items():
        if len(found) < _FEWEST_FILES or sizes[folder] > 1:
            alone += found
        else:
            files = tuple(sorted(file for one in found for file in one.files))
            alone.append(Unit(ProjectPath(folder), files))
    return tuple(sorted(alone, key=lambda one: one.path))


def _count_registered_packages(system: System) -> Counter[str]:
    """Folder -> how many folders in it are artifacts, where no file in it is one."""
    files = frozenset(system.facts.files)
    folders: Counter[str] = Counter()
    single: set[str] = set()
    for artifact in system.artifacts.values():
        for place in artifact.place.paths:
            if place in files:
                single.add(posixpath.dirname(place))
            elif any(file.endswith(".py") for file in artifact.files):
                folders[posixpath.dirname(place)] += 1
    return Counter({folder: count for folder, count in folders.items() if folder not in single})


def _find_clients(system: System) -> frozenset[ProjectPath]:
    """Outermost packages below a folder for SDKs, or called after a client."""
    found = set()
    for root in system.facts.roots:
        for name in root.packages:
            folder = name if root.path == "." else f"{root.path}/{name}"
            is_below = not _SDK_FOLDERS.isdisjoint(folder.split("/")[:-1])
            if f"{folder}/__init__.py" in system.modules and (
                is_below or name.endswith(_CLIENT_ENDINGS)
            ):
                found.add(ProjectPath(folder))
    return frozenset(found)
