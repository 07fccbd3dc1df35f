"""The packages that a project is installed as, which others import.

Formats: https://setuptools.pypa.io/en/latest/userguide/package_discovery.html,
https://python-poetry.org/docs/pyproject/#packages, https://hatch.pypa.io/latest/config/build/.
"""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from msgspec import Struct

from analyzer.model.entry_points import EntryKind, EntryPoint
from analyzer.model.names import ProjectPath, folders_above
from analyzer.sources.package_files import (
    called_name,
    literal_mapping,
    literal_strings,
    read_section,
    read_setup_arguments,
    read_toml,
    table,
)
from analyzer.sources.texts import read_text

_HEADER = re.compile(r"\[+([^\[\]]+)\]")
_NAME = re.compile(r"([A-Za-z][\w.-]*)\s*[=:]")


class _Search(Struct, frozen=True):
    """Packages that a build tool looks for: `find_packages`."""

    where: tuple[str, ...] = (".",)
    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()
    is_in_any_folder: bool = False
    """Whether folders without an `__init__` are looked into."""


class _Distribution(Struct, frozen=True):
    """What one file says about a project that is installed."""

    name: str | None
    line: int | None
    """1-based line of what says which packages there are."""
    packages: tuple[str, ...] = ()
    """Dotted names."""
    modules: tuple[str, ...] = ()
    """Single modules, dotted."""
    folders: tuple[str, ...] = ()
    """Paths of packages, or of folders that hold some."""
    search: _Search | None = None
    package_dir: Mapping[str, str] | None = None
    """Dotted name, or "" for the top -> the folder that the package stands in."""

    @property
    def is_explicit(self) -> bool:
        """Whether it says which packages there are."""
        return bool(self.packages or self.modules or self.folders or self.search)


def find_published(project: Path, files: Sequence[ProjectPath]) -> Iterator[EntryPoint]:
    """Find the outermost `__init__` of each package, and each single module, that is installed.

    Where nothing says which packages those are, they are the ones beside, below or around a
    `pyproject.toml` that gives its project a name.
    """
    inits: dict[str, ProjectPath] = {}
    declaring: dict[str, list[ProjectPath]] = {}
    known = frozenset(files)
    for path in files:
        folder, name = posixpath.split(path)
        if name == "__init__.py":
            inits[folder] = path
        elif name in _READERS:
            declaring.setdefault(folder, []).append(path)
    for folder, paths in declaring.items():
        # What setuptools does: the first of these that says something is right.
        read = [
            (path, one)
            for name, reader in _READERS.items()
            for path in paths
            if posixpath.basename(path) == name
            for one in reader(read_text(project / path))
        ]
        title = next((one.name for _, one in read if one.name), None)
        explicit = next((entry for entry in read if entry[1].is_explicit), None)
        if explicit is not None:
            path, one = explicit
            how = f'published in "{title}"' if title else "published"
            for found in _find_files(one, folder, inits, known):
                yield EntryPoint(found, EntryKind.PUBLISHED, how, path, one.line)
        elif title and posixpath.basename(read[0][0]) == "pyproject.toml" and read[0][1].name:
            source = posixpath.join(folder, "src")
            for top, init in inits.items():
                if top == folder or posixpath.dirname(top) in (folder, source):
                    how = f'published in "{title}"'
                    yield EntryPoint(init, EntryKind.PUBLISHED, how, read[0][0], None)


def _line_of(option: str, text: str) -> int | None:
    """The line of an option, or of a section inside of it, in a file with sections.

    Args:
        option: the section and the name, `tool.setuptools.packages`.
        text: the file's.
    """
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        name = _NAME.match(line)
        if header is not None:
            section = header[1].strip()
        path = section if header or not name else f"{section}.{name[1]}"
        if f"{path}.".startswith(f"{option}."):
            return number
    return None


def _find_files(
    one: _Distribution,
    folder: str,
    inits: Mapping[str, ProjectPath],
    known: frozenset[ProjectPath],
) -> Iterator[ProjectPath]:
    folders = {_join(folder, _place_of(name, one.package_dir or {})) for name in one.packages}
    for named in one.folders:
        place = _join(folder, named)
        if place in inits:
            folders.add(place)
        else:
            folders |= {inner for inner in inits if f"{inner}/".startswith(f"{place}/")}
    if one.search is not None:
        folders |= _search(one.search, folder, inits)
    for place in sorted(_outermost(folders & inits.keys())):
        yield inits[place]
    for name in one.modules:
        path = ProjectPath(f"{_join(folder, _place_of(name, one.package_dir or {}))}.py")
        if path in known:
            yield path


def _outermost(folders: Iterable[str]) -> set[str]:
    folders = set(folders)
    return {one for one in folders if folders.isdisjoint(folders_above(one)) or one == ""}


def _place_of(name: str, package_dir: Mapping[str, str]) -> str:
    """Where a package stands, as `package-dir` says of it, of one around it, or of all."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        place = package_dir.get(".".join(parts[:end]))
        if place is not None:
            return posixpath.join(place, *parts[end:])
    return posixpath.join(package_dir.get("", ""), *parts)


def _search(search: _Search, folder: str, inits: Mapping[str, ProjectPath]) -> set[str]:
    found = set()
    for where in search.where:
        base = _join(folder, where)
        start = f"{base}/" if base else ""
        for place in inits:
            if not place.startswith(start) or place == base:
                continue
            around = [one for one in folders_above(place) if one.startswith(start) and one != base]
            if not search.is_in_any_folder and not all(one in inits for one in around):
                continue
            name = place[len(start) :].replace("/", ".")
            if _fits(name, search.include) and not _fits(name, search.exclude):
                found.add(place)
    return found


def _fits(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _join(*parts: str) -> str:
    joined = posixpath.normpath(posixpath.join(*parts))
    return "" if joined == "." else joined


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(one for one in values if isinstance(one, str))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _read_pyproject(text: str) -> Iterator[_Distribution]:
    content = read_toml(text)
    poetry = table(content, "tool", "poetry")
    name = _text(table(content, "project").get("name")) or _text(poetry.get("name"))
    yield _read_setuptools(table(content, "tool", "setuptools"), name, text)
    entries = poetry.get("packages")
    folders = [
        posixpath.join(str(entry.get("from", "")), entry["include"].partition("/*")[0])
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, Mapping) and isinstance(entry.get("include"), str)
        # What is in the archive of sources only is not installed.
        if "format" not in entry or "wheel" in _texts(entry["format"])
    ]
    line = _line_of("tool.poetry.packages", text) if folders else None
    yield _Distribution(name, line, folders=tuple(folders))
    for section in ("tool.hatch.build.targets.wheel", "tool.hatch.build"):
        options = table(content, *section.split("."))
        for key in ("only-include", "packages"):
            if folders_named := _texts(options.get(key)):
                line = _line_of(f"{section}.{key}", text)
                yield _Distribution(name, line, folders=folders_named)


def _read_setuptools(options: Mapping[str, Any], name: str | None, text: str) -> _Distribution:
    find = table(options, "packages", "find")
    search = None
    if "find" in table(options, "packages"):
        search = _Search(
            where=_texts(find.get("where")) or (".",),
            include=_texts(find.get("include")) or ("*",),
            exclude=_texts(find.get("exclude")),
            is_in_any_folder=find.get("namespaces") is not False,
        )
    packages = options.get("packages")
    folders = table(options, "package-dir")
    key = "packages" if "packages" in options else "py-modules"
    return _Distribution(
        name,
        _line_of(f"tool.setuptools.{key}", text) if key in options else None,
        packages=_texts(packages) if isinstance(packages, list) else (),
        modules=_texts(options.get("py-modules")),
        search=search,
        package_dir={one: place for one, place in folders.items() if isinstance(place, str)},
    )


def _read_setup_py(text: str) -> Iterator[_Distribution]:
    given = read_setup_arguments(text)
    packages = given.get("packages")
    search = None
    if isinstance(packages, ast.Call) and called_name(packages) in _FINDERS:
        options: dict[str, ast.expr] = dict(
            zip(("where", "exclude", "include"), packages.args, strict=False)
        )
        options |= {one.arg: one.value for one in packages.keywords if one.arg is not None}
        found = {key: tuple(literal_strings(value)) for key, value in options.items()}
        search = _Search(
            where=found.get("where") or (".",),
            include=found.get("include") or ("*",),
            exclude=found.get("exclude", ()),
            is_in_any_folder=called_name(packages) == "find_namespace_packages",
        )
    said_by = packages or given.get("py_modules")
    yield _Distribution(
        next(iter(literal_strings(given.get("name"))), None),
        said_by.lineno if said_by is not None else None,
        packages=tuple(literal_strings(packages)),
        modules=tuple(literal_strings(given.get("py_modules"))),
        search=search,
        package_dir=literal_mapping(given.get("package_dir")),
    )


def _read_setup_cfg(text: str) -> Iterator[_Distribution]:
    options = read_section(text, "options")
    packages = _lines(options.get("packages", ""))
    search = None
    if packages[:1] in (["find:"], ["find_namespace:"]):
        find = read_section(text, "options.packages.find")
        search = _Search(
            where=tuple(_lines(find.get("where", ""))) or (".",),
            include=tuple(_lines(find.get("include", ""))) or ("*",),
            exclude=tuple(_lines(find.get("exclude", ""))),
            is_in_any_folder=packages[0] == "find_namespace:",
        )
        packages = []
    folders = (line.partition("=") for line in _lines(options.get("package_dir", "")))
    key = "packages" if "packages" in options else "py_modules"
    yield _Distribution(
        read_section(text, "metadata").get("name"),
        _line_of(f"options.{key}", text) if key in options else None,
        packages=tuple(packages),
        modules=tuple(_lines(options.get("py_modules", ""))),
        search=search,
        package_dir={name.strip(): place.strip() for name, _, place in folders},
    )


def _lines(text: str) -> list[str]:
    """A list as `setup.cfg` has it: lines, or words between commas."""
    return [part.strip() for part in text.replace(",", "\n").splitlines() if part.strip()]


_FINDERS = frozenset({"find_namespace_packages", "find_packages"})
# In the order in which setuptools believes them.
_READERS: Mapping[str, Callable[[str], Iterator[_Distribution]]] = {
    "pyproject.toml": _read_pyproject,
    "setup.py": _read_setup_py,
    "setup.cfg": _read_setup_cfg,
}
