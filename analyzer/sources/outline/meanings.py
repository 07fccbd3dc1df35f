"""What a name in one file of a project means, followed through its other files."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Self

from msgspec import Struct

from analyzer.model.names import ProjectPath, is_package_init
from analyzer.sources.outline.interest import ANYTHING, Interest, Library
from analyzer.sources.outline.reader import read_outline
from analyzer.sources.outline.tables import NameTable
from analyzer.sources.outline.values import (
    Assignment,
    Binding,
    Call,
    Class,
    Expression,
    Function,
    Name,
    Outline,
    Scope,
)

ImportResolver = Callable[[ProjectPath, str, int], ProjectPath | None]
"""Importer, dotted name, leading dots -> the file of the module, as Python would find it there."""

Plugins = Mapping[str, tuple[tuple[ProjectPath, str], ...]]
"""What is offered to whoever loads a group of entry points: file, and name in it."""

# Longer ways from a name to what it means are circles, or no code that anybody reads.
DEEPEST = 40


class Definition(Struct, frozen=True):
    """What a name means: something that is defined in a file, or the file itself."""

    path: ProjectPath
    name: str
    """The name in that file; "" is the module itself."""
    what: Assignment | Function | Class | None
    """Nothing for a module, and for a name that a parameter of a function brings in."""
    scope: Scope = ()
    """The scope that `what` stands in; of a parameter, the function's own."""
    rest: str = ""
    """Attributes that are left over: of `app.state.router`, where `app` is an assignment, it is
    `state.router`."""


class External(Struct, frozen=True):
    """A name that is imported from outside of the project."""

    dotted: str
    """Such as `fastapi.APIRouter`, whatever it is called in the file."""


Meaning = Definition | External


class Names:
    """The outlines of a project, and what the names in them mean."""

    def __init__(
        self,
        *,
        interesting: Iterable[ProjectPath],
        read_data: Callable[[ProjectPath], bytes],
        resolve_import: ImportResolver,
        interest: Interest = ANYTHING,
        files: Iterable[ProjectPath] = (),
        find_plugins: Callable[[], Plugins] = dict,
    ) -> None:
        """Take the files of a project; they are read when they are asked for.

        Args:
            interesting: the files in which something of interest stands.
            read_data: reads any Python file of the project; empty where that fails.
            resolve_import: finds the file of a module.
            interest: what is of interest in them.
            files: those in which a name may be used, for `about` and the like; else the
                interesting ones.
            find_plugins: reads what the project's packages offer as plug-ins.
        """
        self._about: dict[str, Self | None] = {}
        self._interesting = tuple(sorted(interesting))
        self._files = tuple(files) or self._interesting
        self._find_plugins = find_plugins
        self._read_data = read_data
        self._resolve_import = resolve_import
        self._interest = interest
        self._outlines: dict[ProjectPath, Outline] = {}
        self._tables: dict[ProjectPath, NameTable] = {}
        self._lines: dict[ProjectPath, list[str]] = {}
        self._followed: set[object] = set()
        self._named: dict[str, bool] = {}
        self._meanings: dict[tuple[ProjectPath, Scope, str], tuple[Meaning, ...]] = {}

    @property
    def libraries(self) -> frozenset[Library]:
        """What the project uses of what interpreters know."""
        return self._interest.libraries

    @property
    def files(self) -> tuple[ProjectPath, ...]:
        """The files in which a name may be used."""
        return self._files

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """The files in which something of interest stands, sorted by path."""
        return tuple(self.outline_of(path) for path in self._interesting)

    @cached_property
    def plugins(self) -> Plugins:
        """What the project's packages offer as plug-ins, by group."""
        return self._find_plugins()

    def restricted_to(self, is_kept: Callable[[ProjectPath], bool]) -> Self:
        """The same project with fewer files to look through; names still lead anywhere."""
        found = copy.copy(self)
        found._interesting = tuple(path for path in self._interesting if is_kept(path))
        return found

    def about(self, name: str, *, most_files: int) -> Self | None:
        """The same project, seen by the files in which a name stands.

        Their functions that speak of it are not left out. Nothing where there are too many files.
        """
        if name not in self._about:
            word = name.encode()
            paths = [path for path in self._files if word in self._read_data(path)]
            found = copy.copy(self)
            found._interesting = tuple(sorted(paths))
            found._interest = self._interest.with_word(word)
            found._outlines, found._tables, found._meanings = {}, {}, {}
            found._followed, found._about = set(), {}
            self._about[name] = found if len(paths) <= most_files else None
        return self._about[name]

    def outline_of(self, path: ProjectPath) -> Outline:
        """The outline of any Python file of the project."""
        if path not in self._outlines:
            self._outlines[path] = read_outline(
                path, self._read_data(path), interest=self._interest
            )
        return self._outlines[path]

    def table_of(self, path: ProjectPath) -> NameTable:
        """The names that a file binds, by scope."""
        if path not in self._tables:
            self._tables[path] = NameTable(self.outline_of(path))
        return self._tables[path]

    def is_named_elsewhere(self, name: str) -> bool:
        """Whether a name stands anywhere but where something of that name is defined.

        In any file, as a word: also in a string or a comment, which may be how it is called.
        """
        if name not in self._named:
            word = re.compile(rf"(?<!\bdef )(?<!\bclass )\b{re.escape(name)}\b".encode())
            sought = name.encode()
            found = (self._read_data(path) for path in self._files)
            self._named[name] = any(sought in data and word.search(data) for data in found)
        return self._named[name]

    def line_text(self, path: ProjectPath, line: int) -> str:
        """A line of a file by its 1-based number, stripped: the evidence of what stands there."""
        if path not in self._lines:
            text = self._read_data(path).decode("utf-8-sig", "replace")
            self._lines[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines = self._lines[path]
        return lines[line - 1].strip() if 0 < line <= len(lines) else ""

    def find_module(self, importer: ProjectPath, dotted: str) -> ProjectPath | None:
        """The file of a module that a string names, such as Django's `include("shop.urls")`."""
        level = len(dotted) - len(dotted.lstrip("."))
        name = dotted[level:]
        is_name = all(part.isidentifier() for part in name.split(".")) if name else bool(level)
        return self._resolve_import(importer, name, level) if is_name else None

    def find_meanings(self, path: ProjectPath, scope: Scope, dotted: str) -> tuple[Meaning, ...]:
        """What a name means in a scope of a file, followed through imports and plain aliases.

        Looked up as Python does: the scope itself, the functions around it (not the classes), the
        module. Followed through `from x import y`, chains of re-exports, `import *`, `import x as
        y` with attributes, and assignments of a name to another (`api = router`). Several where it
        is bound several times; empty where nothing binds it (a builtin).
        """
        key = (path, scope, dotted)
        if key not in self._meanings:
            found = dict.fromkeys(self._look_up(path, scope, dotted, DEEPEST))
            self._meanings[key] = tuple(found)
        return self._meanings[key]

    def external_name(self, path: ProjectPath, scope: Scope, dotted: str) -> str | None:
        """The name outside of the project that a name leads to, `fastapi.APIRouter`; or nothing."""
        for meaning in self.find_meanings(path, scope, dotted):
            if isinstance(meaning, External):
                return meaning.dotted
        return None

    def find_members(self, definition: Definition, name: str) -> tuple[Definition, ...]:
        """What a class, or one of its bases in the project, defines under a name."""
        return tuple(self._members(definition, name, DEEPEST))

    def find_bases(self, definition: Definition) -> tuple[Meaning, ...]:
        """What the bases of a class mean, in the order of the class statement."""
        what = definition.what
        bases = what.bases if isinstance(what, Class) else ()
        return tuple(
            meaning
            for base in map(_base_itself, bases)
            for meaning in (
                self.find_meanings(definition.path, definition.scope, base.dotted)
                if isinstance(base, Name)
                else ()
            )
        )

    def find_outer_bases(self, definition: Definition) -> tuple[str, ...]:
        """The dotted names of the classes outside of the project that a class is derived from.

        Through all levels, each base with its own ones before the next; circles end.
        """
        found: dict[str, None] = {}
        seen = {definition}
        pending = [*reversed(self.find_bases(definition))]
        while pending:
            base = pending.pop()
            if isinstance(base, External):
                found[base.dotted] = None
            elif base not in seen:
                seen.add(base)
                pending += reversed(self.find_bases(base))
        return tuple(found)

    def _look_up(
        self, path: ProjectPath, scope: Scope, dotted: str, depth: int
    ) -> Iterator[Meaning]:
        if depth <= 0 or not dotted:
            return
        table = self.table_of(path)
        first = dotted.partition(".")[0]
        if first in ("self", "cls") and (owner := table.class_around(scope)) is not None:
            yield from self._look_up_in_self(path, owner, dotted, depth)
            return
        for around in table.scopes_seen_from(scope):
            if found := table.find(around, dotted):
                entries, rest = found
                for entry in entries:
                    yield from self._follow(path, entry, rest, depth - 1)
                return
            if table.is_parameter(around, first):
                yield Definition(path, first, None, around, dotted.partition(".")[2])
                return
        yield from self._look_up_in_stars(path, dotted, depth - 1)

    def _look_up_in_self(
        self, path: ProjectPath, owner: Class, dotted: str, depth: int
    ) -> Iterator[Meaning]:
        name, _, rest = dotted.partition(".")[2].partition(".")
        around = Definition(path, owner.name, owner, owner.scope)
        for member in self._members(around, name, depth - 1):
            yield from self._follow(member.path, member.what, rest, depth - 1)

    def _look_up_in_stars(self, path: ProjectPath, dotted: str, depth: int) -> Iterator[Meaning]:
        for binding in self.table_of(path).stars:
            module = self._module_of(path, binding)
            if module is not None and module != path:
                found = list(self._look_up(module, (), dotted, depth))
                if found:
                    yield from found
                    return

    def _module_of(self, path: ProjectPath, binding: Binding) -> ProjectPath | None:
        return self._resolve_import(path, binding.module, binding.level)

    def _follow(
        self,
        path: ProjectPath,
        entry: Binding | Assignment | Function | Class | None,
        rest: str,
        depth: int,
    ) -> Iterator[Meaning]:
        """From what binds a name to what it means."""
        if depth <= 0:
            return
        if isinstance(entry, Binding):
            yield from self._follow_import(path, entry, rest, depth)
        elif isinstance(entry, Assignment) and isinstance(entry.value, Name):
            name = f"{entry.value.dotted}.{rest}" if rest else entry.value.dotted
            is_own = entry.value.dotted.partition(".")[0] == entry.target
            found = [] if is_own else list(self._look_up(path, entry.scope, name, depth))
            yield from found or [Definition(path, entry.target, entry, entry.scope, rest)]
        elif isinstance(entry, Assignment):
            yield Definition(path, entry.target, entry, entry.scope, rest)
        elif isinstance(entry, Class) and rest:
            name, _, further = rest.partition(".")
            owner = Definition(path, entry.name, entry, entry.scope)
            members = list(self._members(owner, name, depth))
            for member in members:
                yield from self._follow(member.path, member.what, further, depth - 1)
            if not members:
                yield Definition(path, entry.name, entry, entry.scope, rest)
        elif isinstance(entry, Function | Class):
            yield Definition(path, entry.name, entry, entry.scope, rest)

    def _follow_import(
        self, path: ProjectPath, binding: Binding, rest: str, depth: int
    ) -> Iterator[Meaning]:
        if binding.name is None:
            if binding.bound_as != binding.module.partition(".")[0] or "." not in binding.module:
                names = [*binding.module.split("."), *rest.split(".")]
                start = binding.module.count(".") + 1
            else:
                # `import a.b` binds `a`; `a.b.c` then leads through the modules.
                names = [binding.bound_as, *rest.split(".")]
                start = 1
            names = [name for name in names if name]
            yield from self._follow_modules(path, names, start, depth)
            return
        module = self._module_of(path, binding)
        wanted = f"{binding.name}.{rest}" if rest else binding.name
        if module is not None:
            found = list(self._look_up_in_module(module, wanted, depth))
            if found:
                yield from found
                return
        inner = ".".join(part for part in (binding.module, binding.name) if part)
        submodule = self._resolve_import(path, inner, binding.level)
        if submodule is not None and submodule != module:
            if not rest:
                yield Definition(submodule, "", None)
            else:
                yield from self._look_up_in_module(submodule, rest, depth)
        elif module is None:
            yield External("." * binding.level + f"{binding.module}.{wanted}".lstrip("."))

    def _follow_modules(
        self, path: ProjectPath, names: list[str], start: int, depth: int
    ) -> Iterator[Meaning]:
        """`a.b.c.d` after `import a.b`: the longest beginning that is a module."""
        for end in range(len(names), start - 1, -1):
            module = self._resolve_import(path, ".".join(names[:end]), 0)
            if module is not None:
                if end == len(names):
                    yield Definition(module, "", None)
                else:
                    yield from self._look_up_in_module(module, ".".join(names[end:]), depth)
                return
        yield External(".".join(names))

    def _look_up_in_module(self, module: ProjectPath, dotted: str, depth: int) -> Iterator[Meaning]:
        found = list(self._look_up(module, (), dotted, depth - 1))
        if found:
            yield from found
            return
        if is_package_init(module):
            first, _, rest = dotted.partition(".")
            inner = self._resolve_import(module, first, 1)
            if inner is not None and inner != module:
                if rest:
                    yield from self._look_up_in_module(inner, rest, depth - 1)
                else:
                    yield Definition(inner, "", None)

    def _members(self, owner: Definition, name: str, depth: int) -> Iterator[Definition]:
        if depth <= 0 or not isinstance(owner.what, Class):
            return
        found = self.table_of(owner.path).members_of(owner.what, name)
        for entry in found:
            yield Definition(owner.path, name, entry, entry.scope)
        if found:
            return
        for base in self.find_bases(owner):
            if isinstance(base, Definition) and base != owner:
                inherited = list(self._members(base, name, depth - 1))
                if inherited:
                    yield from inherited
                    return


def _base_itself(base: Expression) -> Expression | None:
    """Of `ModelViewSet[User]` the class, without what its type takes."""
    if isinstance(base, Call) and base.name == "__getitem__":
        return base.receiver
    return base
