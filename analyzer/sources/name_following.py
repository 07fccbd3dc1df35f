"""Imports of a package become links to the modules whose names they are about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.imports import Kind, Link
from analyzer.model.names import ProjectPath, is_package_init
from analyzer.sources.name_uses import Attributes, NameUses
from analyzer.sources.names_taken import NamesTaken
from analyzer.sources.reexports import Reexports
from analyzer.sources.star_imports import CALLS_THAT_BIND
from analyzer.sources.statements import ImportedName

# At the margin: a decorator that may enter what it decorates somewhere, or a call for its effect.
_HARMLESS = (
    "abstractmethod", "asynccontextmanager", "cache", "contextmanager", "dataclass", "define",
    "final", "frozen", "lru_cache", "overload", "runtime_checkable", "singledispatch",
    "total_ordering", "unique", "wraps",
)  # fmt: skip
_ACTING = re.compile(
    rf"^(?:@(?!(?:[\w.]*\.)?(?:{'|'.join(_HARMLESS)})\b)\w|(?!(?:print|super)\b)[A-Za-z_][\w.]*\()",
    re.MULTILINE,
)


class ResolvedImport(Struct, frozen=True):
    """An import whose file is known, with what is needed to follow its names."""

    link: Link
    names: tuple[ImportedName, ...]
    """What is taken from the file; of the name "" it is the file itself."""
    inside: str | None
    """A package: the import holds only if nobody imports that package by its own name."""


class _Fate(Struct, frozen=True):
    """What has become of one name that is taken from a package."""

    holds_package: bool = False
    """It is the package that is used: its own definition, or all of it."""
    unfollowed: str = ""
    """The name, where the package does not bind it."""


class NameFollower:
    """Follows the names that are taken from packages."""

    def __init__(
        self,
        *,
        reexports: Reexports,
        imports: Sequence[ResolvedImport],
        read_text: Callable[[ProjectPath], str],
    ) -> None:
        """Take what the packages export, every import, and a way to read the importers."""
        self._reexports = reexports
        self._taken = NamesTaken((one.link for one in imports), read_text=read_text)
        self._read_text = read_text
        self._latest: tuple[ProjectPath, NameUses] | None = None

    def follow(self, resolved: ResolvedImport) -> set[Link]:
        """The links of one import: to the package, and to where its names are defined."""
        links = self._follow(resolved)
        if self._hands_on(resolved):
            package = resolved.link.importer.removesuffix("__init__.py")
            return {
                replace(link, hands_on=True) if link.imported.startswith(package) else link
                for link in links
            }
        return links

    def _hands_on(self, resolved: ResolvedImport) -> bool:
        """Whether a package takes names from inside of it and uses none of them itself."""
        link = resolved.link
        package = link.importer.removesuffix("__init__.py")
        is_own = is_package_init(link.importer) and link.imported.startswith(package)
        if not is_own or self._acts(resolved):
            return False
        used = self._uses(link.importer).names_in_code
        names = {name.bound_as for name in resolved.names}
        if "*" in names:
            names |= self._reexports.names_given(link.imported)
        return used.isdisjoint(names)

    def _acts(self, resolved: ResolvedImport) -> bool:
        """Whether something happens by the import itself, whoever takes a name from the package.

        Of `from . import module` the module is imported for whatever it does; so is one that
        enters itself somewhere: `@register` on a class, `register(...)` as a statement.
        """
        imported = resolved.link.imported
        definers = [
            definer
            for name in resolved.names
            for definer in self._reexports.find_definers(package=imported, name=name.name)
        ]
        is_module = not any(name.name for name in resolved.names)
        if is_module or any(not definer.name for definer in definers):
            return True
        paths = {imported, *(definer.path for definer in definers)}
        return any(_ACTING.search(self._read_text(path)) for path in paths)

    def _follow(self, resolved: ResolvedImport) -> set[Link]:
        link = resolved.link
        if not is_package_init(link.imported):
            return {link}
        links: set[Link] = set()
        fates: list[_Fate] = []
        for name in resolved.names:
            if name.name == "*":
                links |= self._follow_star(link, fates)
            elif name.name:
                links |= self._follow_name(link, name, fates)
            else:
                links |= self._follow_attributes(link, name.bound_as, fates)
        links.add(_package_link(link, fates))
        return {found for found in links if found.importer != found.imported}

    def _follow_name(self, link: Link, name: ImportedName, fates: list[_Fate]) -> set[Link]:
        """The links to where one name is defined; that may be a package itself."""
        definers = self._reexports.find_definers(package=link.imported, name=name.name)
        fates.append(self._fate_of(link, name.name, is_found=bool(definers)))
        links: set[Link] = set()
        for definer in definers:
            further = replace(link, imported=definer.path)
            if not definer.name and is_package_init(definer.path):
                inner: list[_Fate] = []
                links |= self._follow_attributes(further, name.bound_as, inner)
                links.add(_package_link(further, inner))
            else:
                links.add(further)
        return links

    def _follow_attributes(self, link: Link, bound_as: str, fates: list[_Fate]) -> set[Link]:
        """The links to what is taken from a package by the name that it has in the importer."""
        uses = self._uses(link.importer).find(bound_as)
        # Whoever imports from an `__init__` can take the package from it, too.
        is_handed_on = uses.is_used_itself or is_package_init(link.importer)
        fates.append(_Fate(holds_package=is_handed_on or not uses.attributes))
        links: set[Link] = set()
        for attributes in uses.attributes:
            links |= self._follow_attribute(link, attributes, fates)
        return links

    def _follow_attribute(
        self, link: Link, attributes: Attributes, fates: list[_Fate]
    ) -> set[Link]:
        """The links to what `package.sub.Name` leads to."""
        name, *rest = attributes
        definers = self._reexports.find_attribute(package=link.imported, name=name)
        fates.append(self._fate_of(link, name, is_found=bool(definers)))
        links: set[Link] = set()
        for definer in definers:
            further = replace(link, imported=definer.path)
            if rest and not definer.name and is_package_init(definer.path):
                inner: list[_Fate] = []
                links |= self._follow_attribute(further, tuple(rest), inner)
                further = _package_link(further, inner)
            links.add(further)
        return links

    def _follow_star(self, link: Link, fates: list[_Fate]) -> set[Link]:
        """The links to where those names are defined that a file uses after `import *`.

        Where these are all that anyone has of it, they alone are followed. An `__init__` hands on
        what it takes: whoever imports one of the names from it follows that name.
        """
        if is_package_init(link.importer):
            fates.append(_Fate(holds_package=True))
            return set()
        names = self._names_through_star(link)
        if names is None:
            fates.append(_Fate(holds_package=True, unfollowed="*"))
            names = self._uses(link.importer).names & self._reexports.names_given(link.imported)
        links: set[Link] = set()
        for name in names:
            definers = self._reexports.find_definers(package=link.imported, name=name)
            fates.append(self._fate_of(link, name, is_found=bool(definers)))
            links |= {replace(link, imported=definer.path) for definer in definers}
        return links

    def _names_through_star(self, link: Link) -> frozenset[str] | None:
        """The names that `import *` brings to a file and to those that take them from there.

        Nothing where they cannot all be told. A file that uses none of them is there to hand them
        on; and settings are read off a file by whoever is given its name in a string.
        """
        given = self._reexports.names_given(link.imported)
        used = self._uses(link.importer).names
        is_settings = any(
            self._reexports.is_constant(package=link.imported, name=name) for name in given
        )
        if is_settings or not used & given or used & CALLS_THAT_BIND:
            return None
        if not self._reexports.tells_names_given(link.imported, unless_used=used):
            return None
        taken = self._taken.find(link.importer)
        return None if taken is None else (used | taken) & given

    def _fate_of(self, link: Link, name: str, *, is_found: bool) -> _Fate:
        package = link.imported
        if is_found:
            return _Fate(holds_package=self._reexports.has_own(package=package, name=name))
        if name.startswith("__") or self._reexports.is_bound(package=package, name=name):
            return _Fate(holds_package=True)
        return _Fate(self._reexports.gives_any_name(package), name)

    def _uses(self, path: ProjectPath) -> NameUses:
        # The imports of one file follow on each other.
        if self._latest is None or self._latest[0] != path:
            self._latest = path, NameUses(self._read_text(path))
        return self._latest[1]


def _package_link(link: Link, fates: Sequence[_Fate]) -> Link:
    """The link to a package itself, after what has become of the names that are taken from it.

    One whose names all lead on is only executed, or not even that. A name that it does not bind
    leads to it, but to nothing behind it.
    """
    unfollowed = tuple(sorted({fate.unfollowed for fate in fates} - {""}))
    if not fates or any(fate.holds_package for fate in fates):
        return replace(link, unfollowed=unfollowed)
    is_executed = not unfollowed and link.kind is not Kind.TYPE_CHECKING
    kind = Kind.PARENT_INIT if is_executed else link.kind
    return replace(link, kind=kind, only_passes=True, unfollowed=unfollowed)
