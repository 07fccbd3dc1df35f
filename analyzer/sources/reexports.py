"""Names that a package re-exports lead to the module that defines them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from analyzer.model.names import ProjectPath, is_package_init
from analyzer.sources.statements import ImportedName

# A definition at the top level of a module, as text: of a class, a function, a type or a variable.
_DEFINITION = re.compile(
    r"^(?:(?:async[ \t]+)?def|class|type)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]+)?=(?!=)", re.MULTILINE
)


@dataclass(slots=True)
class _Exports:
    """What the imports of one `__init__` bind."""

    names: dict[str, set[tuple[ProjectPath, str]]] = field(default_factory=lambda: defaultdict(set))
    """Bound name -> the files it may come from, and its name there; "" is the module itself."""
    stars: set[ProjectPath] = field(default_factory=set)


class Reexports:
    """The names that packages pass on, collected from the imports in their `__init__` files."""

    def __init__(self, *, read_text: Callable[[ProjectPath], str]) -> None:
        """Start empty.

        Args:
            read_text: returns a file's text; asked only where `import *` makes it necessary.
        """
        self._exports: dict[ProjectPath, _Exports] = defaultdict(_Exports)
        self._read_text = read_text
        self._defined: dict[ProjectPath, frozenset[str]] = {}
        self._definers: dict[tuple[ProjectPath, str], frozenset[ProjectPath]] = {}

    def add(
        self, *, package: ProjectPath, imported: ProjectPath, names: Iterable[ImportedName]
    ) -> None:
        """Note names that one `from … import` statement of an `__init__` takes from a file.

        The name "" stands for the file itself, where a submodule is imported.
        """
        exports = self._exports[package]
        for name in names:
            if name.name == "*":
                exports.stars.add(imported)
            else:
                exports.names[name.bound_as].add((imported, name.name))

    def find_definers(self, *, package: ProjectPath, name: str) -> frozenset[ProjectPath]:
        """The modules that define a name which is imported from a package.

        Several where the package binds the name in several places (`try` / `except ImportError`).
        Empty where the name is defined in the `__init__` itself or cannot be followed.
        """
        key = (package, name)
        if key not in self._definers:
            found = self._follow(package, name, set())
            self._definers[key] = frozenset() if package in found else frozenset(found)
        return self._definers[key]

    def _follow(
        self, path: ProjectPath, name: str, seen: set[tuple[ProjectPath, str]]
    ) -> set[ProjectPath]:
        """The files that a name leads to from a file; a way that has been gone adds nothing."""
        if not name or not is_package_init(path):
            return {path}
        exports = self._exports.get(path)
        if exports is None:
            return {path}
        if (path, name) in seen:
            return set()
        seen.add((path, name))
        found: set[ProjectPath] = set()
        for imported, original in sorted(exports.names.get(name, ())):
            found |= self._follow(imported, original, seen)
        if not found:
            for star in sorted(exports.stars - {path}):
                if is_package_init(star):
                    # A package that does not know the name leads back to itself.
                    below = self._follow(star, name, seen)
                    found |= below if name in self._names_in(star) else below - {star}
                elif name in self._names_in(star):
                    found.add(star)
        if not found and name in exports.names:
            # Its imports lead in a circle: nobody defines the name.
            return set()
        return found or {path}

    def _names_in(self, path: ProjectPath) -> frozenset[str]:
        """Names that `import *` may take from a module, read off its lines."""
        if path not in self._defined:
            defined = {
                name or variable for name, variable in _DEFINITION.findall(self._read_text(path))
            }
            exports = self._exports.get(path)
            if exports is not None:
                defined.update(exports.names)
            self._defined[path] = frozenset(defined)
        return self._defined[path]
