"""Migrations of Alembic: the environments that its configuration names, and their folders.

Format: https://alembic.sqlalchemy.org/en/latest/tutorial.html#editing-the-ini-file. Each section of
an `alembic.ini` may be an environment of its own, which `alembic --name` asks for.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from configparser import MAX_INTERPOLATION_DEPTH, ConfigParser
from configparser import Error as ConfigError
from functools import lru_cache, partial
from pathlib import Path

from msgspec import Struct

from analyzer.model.entry_points import EntryKind, EntryPoint
from analyzer.model.names import ProjectPath, folders_above
from analyzer.sources.texts import ModuleResolver, read_text

# Stands for `%(here)s`, the folder of the configuration itself; no path has it.
_HERE = "\x01"
# `%(name)s`; two percent signs are one.
_OTHER = re.compile(r"(?<!%)%\(([^()]+)\)s")
# In letters: no list of folders is longer.
_LONGEST = 65_536
_HEADER = re.compile(r"\[([^\]]+)\]")
_LOCATION = re.compile(r"script_location\s*[=:]", re.IGNORECASE)


class Environment(Struct, frozen=True):
    """A folder of migrations as a section of an `alembic.ini` names it."""

    section: str
    location: str
    """A path, or a package and a path inside of it: `shop:database/migrations`."""
    versions: tuple[str, ...]
    """The folders of the migrations; none where it is `versions` of the environment itself."""
    line: int
    """1-based line of the location."""


@lru_cache(maxsize=64)
def read_environments(text: str) -> tuple[Environment, ...]:
    """The environments of an `alembic.ini`, in its order; none where it cannot be read."""
    parser = ConfigParser(defaults={"here": _HERE}, interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except (ConfigError, ValueError):
        return ()
    lines = _find_lines(text)
    found = []
    for name in parser.sections():
        if location := _option(parser, name, "script_location"):
            line = lines.get(name) or lines.get(parser.default_section) or 1
            found.append(Environment(name, location, _read_versions(parser, name), line))
    return tuple(found)


def _option(parser: ConfigParser, section: str, name: str) -> str:
    """The value of an option, others filled in where it names them; empty where one is missing.

    ConfigParser would do that, too, but to any length: ten options that each name the next one
    ten times are more than memory holds.
    """
    value = parser.get(section, name, fallback="")
    for _ in range(MAX_INTERPOLATION_DEPTH):
        # Text and name in turn.
        parts = _OTHER.split(value)
        if len(parts) == 1:
            return value.replace("%%", "%").strip()
        texts = [parser.get(section, other, fallback=None) for other in parts[1::2]]
        known = [text for text in texts if text is not None]
        if len(known) < len(texts) or sum(map(len, known)) > _LONGEST:
            return ""
        parts[1::2] = known
        value = "".join(parts)
    return ""


def _read_versions(parser: ConfigParser, section: str) -> tuple[str, ...]:
    value = _option(parser, section, "version_locations")
    separator = _option(parser, section, "path_separator") or _option(
        parser, section, "version_path_separator"
    )
    if separator == "os":
        separator = ";" if ";" in value else ":"
    parts = value.split(separator) if separator in (":", ";") else re.split(r"[,\s]+", value)
    return tuple(part.strip() for part in parts if part.strip())


def _find_lines(text: str) -> dict[str, int]:
    """Section -> the line of its location."""
    found: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if (header := _HEADER.match(line)) is not None:
            section = header[1]
        elif _LOCATION.match(line):
            found.setdefault(section, number)
    return found


def find_migrations(
    *, project: Path, files: Sequence[ProjectPath], resolve_module: ModuleResolver
) -> Iterator[EntryPoint]:
    """Alembic runs `env.py` and every file of `versions`, by their paths.

    The arguments are those of `entry_points.find_entry_points`.
    """
    known = frozenset(files)
    for ini in files:
        if posixpath.basename(ini) != "alembic.ini":
            continue
        find_module = partial(_find_module, resolve_module, posixpath.dirname(ini))
        environments = read_environments(read_text(project / ini))
        for one in environments:
            places = find_folders(one.location, ini=ini, find_module=find_module)
            folder = next((place for place in places if join(place, "env.py") in known), None)
            if folder is None:
                continue
            versions = [
                find_folders(location, ini=ini, find_module=find_module)
                for location in one.versions
            ]
            yield from _find_files(folder, versions, ini, one.line, files)
        # Flask-Migrate keeps `alembic.ini` in the folder itself, and does not name it.
        folder = posixpath.dirname(ini)
        if not environments and join(folder, "env.py") in known:
            yield from _find_files(folder, [], ini, None, files)


def _find_module(resolve: ModuleResolver, folder: str, name: str) -> ProjectPath | None:
    return resolve(name, ProjectPath(folder or "."))


def _find_files(
    folder: str,
    versions: Iterable[Iterable[str]],
    ini: ProjectPath,
    line: int | None,
    files: Sequence[ProjectPath],
) -> Iterator[EntryPoint]:
    """What stands in an environment: `env.py`, and the migrations in its folders of versions."""
    path = ProjectPath(join(folder, "env.py"))
    yield EntryPoint(path, EntryKind.MIGRATION, f"Alembic environment of {ini}", ini, line)
    for places in versions or [(join(folder, "versions"),)]:
        for place in places:
            found = [
                file for file in files if file.startswith(f"{place}/") and file.endswith(".py")
            ]
            for file in found:
                how = f"Alembic migration of {ini}"
                yield EntryPoint(file, EntryKind.MIGRATION, how, ini, line)
            if found:
                break


def find_folders(
    location: str,
    *,
    ini: ProjectPath,
    find_module: Callable[[str], ProjectPath | None],
    working_folders: Iterable[str] = ("",),
) -> Iterator[str]:
    """The folders that a location may mean, the likeliest first; they need not be there.

    Args:
        location: a path, or a package and a path inside of it.
        ini: the configuration that names it.
        find_module: the file of a dotted name.
        working_folders: where Alembic may be started, beside the folder of `ini`; "" is the
            project itself.
    """
    own = posixpath.dirname(ini)
    package, colon, path = location.partition(":")
    if location.startswith(_HERE):
        yield join(own, location.removeprefix(_HERE).lstrip("/"))
    elif colon:
        module = find_module(package)
        if module is not None:
            yield join(posixpath.dirname(module), path)
        # A package without an `__init__` is no file.
        for base in (*folders_above(ini), ""):
            yield join(base, package.replace(".", "/"), path)
    else:
        for base in dict.fromkeys((own, *working_folders)):
            yield join(base, location)


def join(*parts: str) -> str:
    """A path in the project from its parts; "" is the project itself."""
    joined = posixpath.normpath(posixpath.join(*parts))
    return "" if joined == "." else joined
