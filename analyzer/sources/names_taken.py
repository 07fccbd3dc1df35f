"""Which names of a module other files use: those that it has of its own, or hands on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import PurePosixPath

from analyzer.model.imports import Link
from analyzer.model.names import ProjectPath, is_package_init
from analyzer.sources.name_uses import NameUses
from analyzer.sources.statements import FromImport, read_from_import, read_imports


class NamesTaken:
    """Finds the names that are taken from modules; nothing is read before it is asked."""

    def __init__(self, links: Iterable[Link], *, read_text: Callable[[ProjectPath], str]) -> None:
        """Take every import of a project, and a way to read the importers."""
        self._links = links
        self._read_text = read_text
        self._found: dict[ProjectPath, frozenset[str] | None] = {}

    def find(self, module: ProjectPath) -> frozenset[str] | None:
        """The names that other files take from a module that is no package.

        Nothing where that cannot be told: one of them has all of it, or hands it on.
        """
        # A module with many stars asks for each of them.
        if module not in self._found:
            self._found[module] = self._find(module)
        return self._found[module]

    def _find(self, module: ProjectPath) -> frozenset[str] | None:
        names: set[str] = set()
        for link in self._importers.get(module, ()):
            taken = self._taken_by(link)
            if taken is None:
                return None
            names |= taken
        return frozenset(names)

    @cached_property
    def _importers(self) -> dict[ProjectPath, list[Link]]:
        found: dict[ProjectPath, list[Link]] = defaultdict(list)
        for link in self._links:
            found[link.imported].append(link)
        return found

    def _taken_by(self, link: Link) -> set[str] | None:
        text = self._read_text(link.importer)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        stem = PurePosixPath(link.imported).stem
        statement = read_from_import(lines, link.line)
        names: set[str] = set()
        if statement is not None and statement.module.rpartition(".")[2] == stem:
            names = {one.name for one in statement.names}
        bound = list(_bound_names(lines, link.line, stem, statement))
        if "*" in names or not (names or bound):
            return None
        for name in bound:
            uses = NameUses(text).find(name)
            if uses.is_used_itself or not uses.attributes or is_package_init(link.importer):
                return None
            names |= {attributes[0] for attributes in uses.attributes}
        return names


def _bound_names(
    lines: list[str], line: int, stem: str, statement: FromImport | None
) -> Iterator[str]:
    """The names that a statement binds to the module itself."""
    imported = read_imports(lines, line) if statement is None else statement.names
    for one in imported:
        if one.name.rpartition(".")[2] == stem:
            yield one.bound_as
