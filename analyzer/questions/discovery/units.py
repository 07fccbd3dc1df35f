"""Which files make one artifact: each on its own, or a package as a whole."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from analyzer.graph.system import System
from analyzer.model.names import ProjectPath, folders_above

_FEWEST_SIBLINGS = 2
_MIGRATION_FOLDERS = frozenset({"alembic", "migrations", "revisions", "versions"})
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
    is_rest: bool = False
    """Of a folder only these files: others in it are artifacts of their own."""

    @property
    def is_package(self) -> bool:
        """Whether it is more than one file."""
        return self.files != (self.path,)

    @property
    def paths(self) -> tuple[ProjectPath, ...]:
        """What its record names: the file, the folder, or the files that are left in one."""
        return self.files if self.is_rest else (self.path,)


def find_units(
    system: System, paths: Iterable[ProjectPath], *, wanted: Iterable[ProjectPath] = ()
) -> tuple[Unit, ...]:
    """Put files together to artifacts, sorted by path.

    A package becomes one where its siblings are registered as packages, or where it is a client
    that others install; every other file stands for itself. What is wanted, a file of any kind or a
    folder, is one whatever stands around it.
    """
    given = [_build_unit(system, path) for path in sorted(set(wanted))]
    taken = {file for unit in given for file in unit.files}
    siblings = _count_registered_packages(system)
    holding = {folder for path in system.artifact_of for folder in folders_above(path)}
    clients = _find_clients(system)
    packages: dict[ProjectPath, list[ProjectPath]] = defaultdict(list)
    units = []
    for path in sorted(set(paths) - taken):
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
    return tuple(sorted([*given, *units], key=lambda one: one.path))


def _build_unit(system: System, path: ProjectPath) -> Unit:
    """A file, or everything in a folder that has no record."""
    inside = [
        module
        for module in system.modules
        if module.startswith(f"{path}/") and module not in system.artifact_of
    ]
    is_client = path in _find_clients(system)
    return Unit(path, tuple(sorted(inside)) or (path,), is_client=is_client)


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
        kinds: path of a unit -> its type; migrations are put together by the folder for them.
        stays_alone: whether something says of a unit what it is.
        top_folders: folders of outermost packages, whose modules have nothing else in common.
    """
    alone: list[Unit] = []
    together: dict[str, list[Unit]] = defaultdict(list)
    migrations: dict[str, list[ProjectPath]] = defaultdict(list)
    for unit in units:
        folder = posixpath.dirname(unit.path)
        if kinds[unit.path] == "migration" and folder:
            migrations[_folder_of_migrations(folder)] += unit.files
        elif unit.is_package or not folder or folder in top_folders or stays_alone(unit):
            alone.append(unit)
        else:
            together[folder].append(unit)
    held = {posixpath.dirname(unit.path) for unit in alone}
    for folder, found in together.items():
        if len(found) < _FEWEST_FILES:
            alone += found
        else:
            files = tuple(sorted(file for one in found for file in one.files))
            # A folder that a record names covers what will be added to it.
            alone.append(Unit(ProjectPath(folder), files, is_rest=folder in held))
    alone += [
        Unit(ProjectPath(folder), tuple(sorted(files))) for folder, files in migrations.items()
    ]
    return tuple(sorted(alone, key=lambda one: one.path))


def _folder_of_migrations(folder: str) -> str:
    """The outermost folder above that is called after migrations; else the folder itself."""
    parts = folder.split("/")
    for end, part in enumerate(parts, start=1):
        if part in _MIGRATION_FOLDERS:
            return "/".join(parts[:end])
    return folder


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
