"""Names that a package re-exports lead to the module that defines them.

Only those of packages: an `__init__` is there to hand names on. A plain module that hands on what
it imports is where a name leads to, and its own import goes on from there: a chain has both links.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from msgspec import Struct, field

from analyzer.model.names import ProjectPath, is_package_init
from analyzer.sources.outline.values import Outline
from analyzer.sources.star_imports import (
    ListedNames,
    names_defined,
    names_with_code,
    read_listed_names,
    tells_its_names,
)
from analyzer.sources.statements import ImportedName

OutlineReader = Callable[[ProjectPath], Outline]


class Definer(Struct, frozen=True, order=True):
    """Where a name is defined."""

    path: ProjectPath
    name: str
    """The name there; "" is the module itself."""


class _Exports(Struct):
    """What the imports of one file bind."""

    names: dict[str, set[Definer]] = field(default_factory=lambda: defaultdict(set))
    """Bound name -> the files it may come from."""
    stars: set[ProjectPath] = field(default_factory=set)
    conditional: set[str] = field(default_factory=set)
    """Names that are bound below an `if` or `try`, so that something else may bind them, too."""


class Reexports:
    """The names that packages pass on, collected from the imports in their `__init__` files."""

    def __init__(self, *, read_outline: OutlineReader, modules: Collection[ProjectPath]) -> None:
        """Start empty.

        Args:
            read_outline: reads what stands in a file; asked only where a name cannot be told from
                the imports alone.
            modules: every Python file of the project.
        """
        self._exports: dict[ProjectPath, _Exports] = defaultdict(_Exports)
        self._read_outline = read_outline
        self._modules = modules
        self._defined: dict[ProjectPath, frozenset[str]] = {}
        self._own: dict[ProjectPath, frozenset[str]] = {}
        self._listed: dict[ProjectPath, ListedNames | None] = {}
        self._told: dict[ProjectPath, bool] = {}
        self._given: dict[ProjectPath, frozenset[str]] = {}
        self._definers: dict[Definer, frozenset[Definer]] = {}

    def add(
        self,
        *,
        package: ProjectPath,
        imported: ProjectPath,
        names: Iterable[ImportedName],
        is_conditional: bool = False,
    ) -> None:
        """Note names that one `from … import` statement of a file takes from another.

        The name "" stands for the file itself, where a submodule is imported. Of a file that is
        not an `__init__`, only `import *` matters.
        """
        exports = self._exports[package]
        for name in names:
            if name.name == "*":
                exports.stars.add(imported)
            else:
                exports.names[name.bound_as].add(Definer(imported, name.name))
                if is_conditional:
                    exports.conditional.add(name.bound_as)

    def find_definers(self, *, package: ProjectPath, name: str) -> frozenset[Definer]:
        """Where a name is defined that is imported from a package.

        Several where the package binds the name in several places (`try` / `except ImportError`).
        Empty where the name is defined in the `__init__` itself or cannot be followed.
        """
        key = Definer(package, name)
        if key not in self._definers:
            found = {one for one in self._follow(key, set()) if one.path != package}
            self._definers[key] = frozenset(found)
        return self._definers[key]

    def has_own(self, *, package: ProjectPath, name: str) -> bool:
        """Whether an `__init__` defines a function or class of a name that it also imports.

        `try: from .fast import f`, `except ImportError: def f(): …`.
        """
        exports = self._exports.get(package, _Exports())
        return name in exports.conditional and name in self._names_with_code_in(package)

    def find_attribute(self, *, package: ProjectPath, name: str) -> frozenset[Definer]:
        """Where an attribute of a package is defined, that may be a module inside of it."""
        definers = self.find_definers(package=package, name=name)
        if not definers and not self.is_bound(package=package, name=name):
            return frozenset(Definer(path, "") for path in self._submodule(package, name))
        return definers

    def is_bound(self, *, package: ProjectPath, name: str) -> bool:
        """Whether something in an `__init__` binds a name, so that it need not lead anywhere.

        A name that is only bound by imports that lead in a circle is not.
        """
        exports = self._exports.get(package, _Exports())
        return name not in exports.names and name in self._names_in(package)

    def is_constant(self, *, package: ProjectPath, name: str) -> bool:
        """Whether a name is in capitals, and that of no class or function: as settings are."""
        if len(name) == 1 or not name.isupper():
            return False
        definers = self.find_definers(package=package, name=name) or {Definer(package, name)}
        return not any(one.name in self._names_with_code_in(one.path) for one in definers)

    def gives_any_name(self, package: ProjectPath) -> bool:
        """Whether an `__init__` makes names up when they are asked for (PEP 562)."""
        return "__getattr__" in self._names_in(package)

    def names_given(self, path: ProjectPath) -> frozenset[str]:
        """The names that `import *` takes from a file: those in its `__all__`, else the public."""
        if path not in self._given:
            self._given[path] = frozenset(self._find_names_given(path, set()))
        return self._given[path]

    def tells_names_given(self, path: ProjectPath, *, unless_used: Collection[str]) -> bool:
        """Whether the names that `import *` takes from a package are known to be all.

        Without an `__all__` it takes the modules inside the package, too, that anyone has imported:
        none of the names that are used may be one.
        """
        sources, known = [path], {path}
        while sources:
            source = sources.pop()
            if not self._tells_its_names(source):
                return False
            exports = self._exports.get(source, _Exports())
            listed = self._names_listed(source)
            if listed is None:
                inside = self._names_in(source) | exports.names.keys()
                if any(self._submodule(source, name) for name in {*unless_used} - inside):
                    return False
                further = exports.stars
            else:
                modules = [self._modules_called(source, name) for name in listed.modules]
                if not all(modules):
                    return False
                further = set().union(*modules)
            sources.extend(further - known)
            known |= further
        return True

    def _follow(self, one: Definer, seen: set[Definer]) -> set[Definer]:
        """Where a name in a file leads to; a way that has been gone adds nothing.

        Nothing where a package on the way does not bind the name at all.
        """
        if not one.name or not is_package_init(one.path):
            return {one}
        if one in seen:
            return set()
        seen.add(one)
        exports = self._exports.get(one.path, _Exports())
        found: set[Definer] = set()
        for imported in sorted(exports.names.get(one.name, ())):
            found |= self._follow(imported, seen)
        if not found:
            for star in sorted(exports.stars - {one.path}):
                if one.name in self.names_given(star):
                    found |= self._follow(Definer(star, one.name), seen)
        if self.has_own(package=one.path, name=one.name):
            found.add(one)
        if not found and (
            self.is_bound(package=one.path, name=one.name) or self.gives_any_name(one.path)
        ):
            return {one}
        return found

    def _find_names_given(self, path: ProjectPath, seen: set[ProjectPath]) -> set[str]:
        if path in self._given:
            return set(self._given[path])
        if path in seen:
            # A circle of stars adds nothing.
            return set()
        seen.add(path)
        exports = self._exports.get(path, _Exports())
        listed = self._names_listed(path)
        if listed is not None:
            names = set(listed.names)
            sources = {one for name in listed.modules for one in self._modules_called(path, name)}
        else:
            names = {*self._names_in(path), *exports.names}
            sources = exports.stars
        for source in sorted(sources):
            names |= self._find_names_given(source, seen)
        return names if listed is not None else {one for one in names if not one.startswith("_")}

    def _names_listed(self, path: ProjectPath) -> ListedNames | None:
        if path not in self._listed:
            self._read(path)
        return self._listed[path]

    def _names_with_code_in(self, path: ProjectPath) -> frozenset[str]:
        if path not in self._own:
            self._read(path)
        return self._own[path]

    def _tells_its_names(self, path: ProjectPath) -> bool:
        if path not in self._told:
            self._read(path)
        return self._told[path]

    def _names_in(self, path: ProjectPath) -> frozenset[str]:
        """The names that are bound at the top level of a file."""
        if path not in self._defined:
            self._read(path)
        return self._defined[path]

    def _read(self, path: ProjectPath) -> None:
        outline = self._read_outline(path)
        self._defined[path] = names_defined(outline)
        self._own[path] = names_with_code(outline)
        self._told[path] = tells_its_names(outline)
        self._listed[path] = read_listed_names(outline)

    def _modules_called(self, path: ProjectPath, name: str) -> set[ProjectPath]:
        """The files that a name means in `__all__ = name.__all__`."""
        bound = self._exports.get(path, _Exports()).names.get(name, set())
        found = {one.path for one in bound if one.name in ("", "__all__")}
        return found or set(self._submodule(path, name))

    def _submodule(self, package: ProjectPath, name: str) -> frozenset[ProjectPath]:
        folder = package.removesuffix("__init__.py")
        for path in (f"{folder}{name}/__init__.py", f"{folder}{name}.py"):
            if path in self._modules:
                return frozenset({ProjectPath(path)})
        return frozenset()
