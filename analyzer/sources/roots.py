"""Where imports start from, and which file a dotted name means there."""

from __future__ import annotations

import posixpath
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from analyzer.model.imports import Root
from analyzer.model.names import ModuleName, ProjectPath, is_package_init

# A folder that holds one of these is a project of its own: its code is imported from there.
_PROJECT_FILES = frozenset({"manage.py", "pyproject.toml", "setup.cfg", "setup.py"})
_SOURCE_FOLDERS = frozenset({"src"})
TOP = ProjectPath(".")


class _Table(Struct):
    """The dotted names that can be imported from one root."""

    files: dict[str, ProjectPath] = field(default_factory=dict)
    solid: set[str] = field(default_factory=set)
    """Top-level names that are a module or a regular package, not just a folder: no other root
    can add modules to them."""

    def find(self, name: str, *, may_be_attribute: bool) -> ProjectPath | None:
        """The file that an import of a name reads.

        That is the module of that name, else the one of which the last part is an attribute.
        """
        found = self.files.get(name)
        if found is None and may_be_attribute:
            found = self.files.get(name.rpartition(".")[0])
        return found


class Found(Struct, frozen=True):
    """What a dotted name leads to: one file, or several between which nothing decides."""

    path: ProjectPath | None
    candidates: tuple[ProjectPath, ...] = ()
    inside: str | None = None
    """The top-level package that this holds only for if nobody imports it by its own name."""


class RootTable:
    """All roots of a project, and the names of its modules as seen from each of them.

    A module is known by its path; from several nested roots it has several names, and two modules
    in different roots may have the same name. An import is resolved as Python would resolve it
    when the program is started from the importer's own root, innermost root first; what is not
    found there is looked for in all other roots, where it has to be unique.
    """

    def __init__(
        self,
        *,
        files: Sequence[ProjectPath],
        aliases: Mapping[ProjectPath, ProjectPath],
        configured: Sequence[ProjectPath],
        is_test: Callable[[ProjectPath], bool],
    ) -> None:
        """Find the roots of a listing.

        Args:
            files: every file of the project, of any kind.
            aliases: further paths of these files, through symbolic links.
            configured: roots that the user names; no others are looked for then.
            is_test: whether a path is test code. Production never imports from a root in it.
        """
        self._is_test = is_test
        self._modules = [path for path in files if path.endswith(".py")]
        places = {path: path for path in self._modules}
        places.update({alias: to for alias, to in aliases.items() if alias.endswith(".py")})
        self._init_folders = {_folder_of(path) for path in places if is_package_init(path)}
        self._tops: dict[str, str | None] = {}
        roots = self._check_configured(configured) or self._find_roots(files=files, places=places)
        self._tables: dict[str, _Table] = {root: _Table() for root in sorted(roots)}
        self._own_folders: dict[str, _Table] = {}
        self._extra: dict[str, _Table] = {}
        self._packages_as_roots: dict[str, dict[str, ProjectPath]] = {}
        self._above: dict[str, tuple[str, ...]] = {}
        for path, module in sorted(places.items()):
            self._add(path=path, module=module)
        self._packages_by_name: dict[str, list[str]] = defaultdict(list)
        for package in self._packages_as_roots:
            self._packages_by_name[package.rpartition("/")[2]].append(package)
        self._primary: dict[ProjectPath, tuple[ProjectPath, ModuleName]] = {
            path: self._find_primary(path) for path in self._modules
        }

    def primary(self, path: ProjectPath) -> tuple[ProjectPath, ModuleName]:
        """The root that a module belongs to, and its dotted name there."""
        return self._primary[path]

    def roots(self) -> tuple[Root, ...]:
        """The roots that modules belong to, each with its top-level names."""
        packages: dict[ProjectPath, set[str]] = defaultdict(set)
        for root, name in self._primary.values():
            top = name.partition(".")[0]
            packages[root].update({top} if top.isidentifier() else ())
        return tuple(Root(root, tuple(sorted(names))) for root, names in sorted(packages.items()))

    def known_names(self) -> set[str]:
        """Every dotted name that some import in the project may mean."""
        return {
            name
            for tables in (self._tables, self._own_folders)
            for table in tables.values()
            for name in table.files
        }.union(*self._packages_as_roots.values())

    def names_below(self, root: str) -> set[str]:
        """Every dotted name that can be imported from any folder."""
        return set(self._table_of(root).files)

    def levels_up(self, path: ProjectPath) -> int:
        """How many leading dots a relative import in a file may have."""
        folder = _folder_of(path)
        top = self._top_package(folder)
        if top is not None:
            # The project's own folder can be a package too: its name is not known, its level is.
            is_below_project = "" in self._init_folders and "/" not in top
            return _depth(folder) - _depth(_folder_of(top)) + is_below_project
        root, _ = self._primary[path]
        # A loose folder can be a namespace package; below its root it may be climbed.
        return max(1, _depth(folder) - _depth("" if root == TOP else root))

    def resolve(
        self,
        *,
        importer: ProjectPath,
        name: str,
        may_be_attribute: bool,
        is_script: bool,
        extra_roots: Sequence[str] = (),
    ) -> Found:
        """Find the file that an absolute import means.

        Args:
            importer: the file that holds the import.
            name: what it imports.
            may_be_attribute: whether the last part of the name may be an attribute of a module
                (`from a import b`) or has to be a module (`import a.b`).
            is_script: whether the importer is started by its path, so that Python looks in its own
                folder first.
            extra_roots: folders that the importer itself adds to Python's path; "" is the project.
        """
        folder = _folder_of(importer)
        top = name.partition(".")[0]
        above = self._roots_above(folder)
        near = [self._tables[root] for root in above]
        own = self._own_folders.get(folder)
        # Tests are started from their own folder too, by pytest.
        is_started_here = is_script or self._is_test(importer)
        if own is not None and (is_started_here or not self._is_inside_package(folder)):
            near.insert(0, own)
        near = [*(self._table_of(root) for root in extra_roots), *near]
        for table in near:
            found = table.find(name, may_be_attribute=may_be_attribute)
            if found is not None:
                return Found(found)
            if top in table.solid:
                return Found(None)
        if top in sys.stdlib_module_names:
            return Found(None)
        candidates = set()
        for root, table in self._tables.items():
            # A stub or a fake of a library among the tests is not what production imports.
            if root in above or (self._is_test_root(root) and not self._is_test(importer)):
                continue
            path = table.find(name, may_be_attribute=may_be_attribute)
            if path is not None and (top in table.solid or name in table.files):
                candidates.add(path)
        if len(candidates) == 1:
            return Found(candidates.pop())
        if candidates:
            return Found(None, tuple(sorted(candidates)))
        return self._resolve_inside(importer=importer, name=name)

    def packages_named(self, name: str, path: ProjectPath) -> Iterator[str]:
        """The top-level packages that an import of a file by a dotted name names itself."""
        top = name.partition(".")[0]
        for package in self._packages_by_name.get(top, ()):
            if path.startswith(f"{package}/"):
                yield package

    def _table_of(self, root: str) -> _Table:
        """The names as seen from any folder, whether it is a root or not."""
        if root in self._tables:
            return self._tables[root]
        if root not in self._extra:
            self._extra[root] = _Table()
            for path in self._modules:
                if path.startswith(f"{root}/"):
                    self._enter_from(root, self._extra[root], path=path, module=path)
        return self._extra[root]

    def _enter_from(
        self, root: str, table: _Table, *, path: ProjectPath, module: ProjectPath
    ) -> None:
        name = _dotted_name(path=path, root=root)
        if name is not None:
            _enter(table, name=name, path=path, module=module)
            top = name.partition(".")[0]
            if name == top or posixpath.join(root, top) in self._init_folders:
                table.solid.add(top)

    def _resolve_inside(self, *, importer: ProjectPath, name: str) -> Found:
        """Find a module in a top-level package that is a package by mistake.

        An `__init__.py` in the folder that programs are started in (`backend/__init__.py`, with
        `import app.db` in `backend/app/main.py`) makes it a package that nobody imports.
        """
        found = {
            (package, names[name])
            for package, names in self._packages_as_roots.items()
            if name in names and (importer.startswith(f"{package}/") or self._is_test(importer))
        }
        if len(found) != 1:
            return Found(None)
        package, path = found.pop()
        return Found(path, inside=package)

    def _is_test_root(self, root: str) -> bool:
        return self._is_test(ProjectPath(f"{root}/x.py"))

    def _check_configured(self, configured: Sequence[ProjectPath]) -> set[str]:
        return {"" if root == TOP else root for root in configured}

    def _find_roots(
        self, *, files: Iterable[ProjectPath], places: Mapping[ProjectPath, ProjectPath]
    ) -> set[str]:
        roots = {""}
        for path in files:
            if posixpath.basename(path) in _PROJECT_FILES:
                roots.add(_folder_of(path))
        for folder in {_folder_of(path) for path in places}:
            top = self._top_package(folder)
            if top:
                roots.add(_folder_of(top))
            parts = folder.split("/")
            for depth, part in enumerate(parts):
                if part in _SOURCE_FOLDERS:
                    roots.add("/".join(parts[: depth + 1]))
        # A folder inside of a package is never a start of imports, whatever it holds.
        return {root for root in roots if root == "" or not self._is_inside_package(root)}

    def _top_package(self, folder: str) -> str | None:
        """The outermost regular package around a folder, itself included.

        Folders without `__init__.py` in between belong to that package: Python imports them as
        namespace packages. The project itself counts ("") only where nothing below it does.
        """
        if folder in self._tops:
            return self._tops[folder]
        if folder == "":
            top = "" if "" in self._init_folders else None
        else:
            above = self._top_package(_folder_of(folder))
            top = above or (folder if folder in self._init_folders else above)
        self._tops[folder] = top
        return top

    def _is_inside_package(self, folder: str) -> bool:
        return bool(self._top_package(folder))

    def _roots_above(self, folder: str) -> tuple[str, ...]:
        """The roots that a folder is in, innermost first."""
        if folder not in self._above:
            found = []
            current = folder
            while True:
                if current in self._tables:
                    found.append(current)
                if current == "":
                    break
                current = _folder_of(current)
            self._above[folder] = tuple(found)
        return self._above[folder]

    def _add(self, *, path: ProjectPath, module: ProjectPath) -> None:
        folder = _folder_of(path)
        for root in self._roots_above(folder):
            self._enter_from(root, self._tables[root], path=path, module=module)
        package = self._top_package(folder)
        if package and folder != package:
            name = _dotted_name(path=path, root=package)
            # `import redis` beside a `redis.py` is the library; `import app.db` is no library.
            if name is not None and "." in name:
                self._packages_as_roots.setdefault(package, {})[name] = module
        if folder not in self._init_folders:
            # Scripts see the files beside them by their bare names.
            self._enter_own_folder(folder, path=path, module=module)
        above = folder
        while above and not self._is_inside_package(above):
            # And what stands in the folders beside them, packages or not.
            above = _folder_of(above)
            if not self._is_inside_package(above):
                self._enter_own_folder(above, path=path, module=module)

    def _enter_own_folder(self, folder: str, *, path: ProjectPath, module: ProjectPath) -> None:
        name = _dotted_name(path=path, root=folder)
        if name is not None:
            table = self._own_folders.setdefault(folder, _Table())
            _enter(table, name=name, path=path, module=module)

    def _find_primary(self, path: ProjectPath) -> tuple[ProjectPath, ModuleName]:
        folder, _, file = path.rpartition("/")
        for root in self._roots_above(folder):
            below = folder[len(root) :].strip("/")
            if all(part.isidentifier() for part in below.split("/") if below):
                break
        else:
            root, below = folder, ""
        parts = [*below.split("/"), file.removesuffix(".py")] if below else [file[:-3]]
        if parts[-1] == "__init__" and below:
            parts.pop()
        return ProjectPath(root or TOP), ModuleName(".".join(parts))


def _enter(table: _Table, *, name: str, path: ProjectPath, module: ProjectPath) -> None:
    # Of `x.py` and `x/__init__.py` Python takes the package.
    if name not in table.files or is_package_init(path):
        table.files[name] = module


def _dotted_name(*, path: ProjectPath, root: str) -> ModuleName | None:
    """The name of a file as imported from a root; nothing where it is no identifier."""
    below = path if root == "" else path[len(root) + 1 :]
    parts = below.removesuffix(".py").split("/")
    if parts[-1] == "__init__" and len(parts) > 1:
        parts.pop()
    if not all(part.isidentifier() for part in parts):
        return None
    return ModuleName(".".join(parts))


def _folder_of(path: str) -> str:
    # `posixpath.dirname` does the same for such paths in five times the time.
    return path[: max(path.rfind("/"), 0)]


def _depth(folder: str) -> int:
    return folder.count("/") + 1 if folder else 0
