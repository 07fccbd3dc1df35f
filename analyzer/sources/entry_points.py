"""Entry points: what something outside of Python starts, as the project declares it.

Console scripts and plugin groups of packages, migrations of Alembic, and the files that Django is
started by. `setup.py` is read, never run: only what stands there literally is known.
"""

from __future__ import annotations

import ast
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from analyzer.model.entry_points import EntryKind, EntryPoint
from analyzer.model.imports import Unscanned, UnscannedReason
from analyzer.model.names import ProjectPath
from analyzer.sources.alembic import find_migrations
from analyzer.sources.package_files import (
    find_break,
    literal_strings,
    read_section,
    read_setup_arguments,
    read_toml,
    table,
)
from analyzer.sources.published import find_published
from analyzer.sources.texts import ModuleResolver, find_unread, read_text

_GROUPS = {"console_scripts": "console script", "gui_scripts": "GUI script"}
_DJANGO_FILES = {
    "manage.py": ("execute_from_command_line", "Django's manage.py"),
    "wsgi.py": ("get_wsgi_application", "Django's WSGI application"),
    "asgi.py": ("get_asgi_application", "Django's ASGI application"),
}
_DJANGO_SETTINGS = re.compile(
    r"DJANGO_SETTINGS_MODULE[\"']\s*(?:,|\]\s*=)\s*[\"']([A-Za-z_][\w.]*)[\"']"
)
_DECLARING = frozenset({"alembic.ini", "pyproject.toml", "setup.cfg"})
_WORD = re.compile(r"[\w.-]+")
_COMMAND = re.compile(r"(?:.*/)?management/commands/([A-Za-z]\w*)\.py")


class _Declaration(Struct, frozen=True):
    """One line of an entry point table: `name = module:attribute` in a group."""

    group: str
    name: str
    target: str


def find_entry_points(
    *, project: Path, files: Sequence[ProjectPath], resolve_module: ModuleResolver
) -> tuple[EntryPoint, ...]:
    """Find everything that the project declares to be started from outside.

    Args:
        project: absolute path of the project.
        files: the project's files.
        resolve_module: finds the file of a dotted name; the folder is the declaring file's own.

    Returns:
        Sorted. A declaration whose file is not in the project is left out.
    """
    found: set[EntryPoint] = set()
    for path, text, one, module in _find_declared(project, files, resolve_module):
        script = _GROUPS.get(one.group)
        group = "pytest" if one.group == "pytest11" else one.group
        how = f'{script} "{one.name}"' if script else f'plugin "{one.name}" of {group}'
        kind = EntryKind.CONSOLE_SCRIPT if script else EntryKind.PLUGIN
        found.add(EntryPoint(module, kind, how, path, _find_line(text, one)))
    found.update(find_published(project, files))
    found.update(find_migrations(project=project, files=files, resolve_module=resolve_module))
    found.update(_find_django(project, files, resolve_module))
    return tuple(sorted(found, key=EntryPoint.sort_key))


def find_broken(*, project: Path, files: Sequence[ProjectPath]) -> tuple[Unscanned, ...]:
    """Tell which files that declare entry points could not be read; of Python files the scan does.

    The arguments are those of `find_entry_points`.
    """
    found = []
    for path in files:
        name = posixpath.basename(path)
        if name not in _DECLARING:
            continue
        unread = find_unread(project, path)
        if unread is not None:
            found.append(unread)
        elif (broken := find_break(name, read_text(project / path))) is not None:
            line, detail = broken
            found.append(Unscanned(path, line, UnscannedReason.SYNTAX_ERROR, detail))
    return tuple(found)


def find_console_scripts(
    *, project: Path, files: Sequence[ProjectPath], resolve_module: ModuleResolver
) -> dict[str, ProjectPath]:
    """Find the commands that installing the project gives, and the file that each one runs.

    A command that two packages declare differently is left out.
    """
    found: dict[str, set[ProjectPath]] = {}
    for _, _, one, module in _find_declared(project, files, resolve_module):
        if one.group in ("console_scripts", "gui_scripts"):
            found.setdefault(one.name, set()).add(module)
    return {name: min(paths) for name, paths in sorted(found.items()) if len(paths) == 1}


def find_plugins(
    *, project: Path, files: Sequence[ProjectPath], resolve_module: ModuleResolver
) -> dict[str, tuple[tuple[ProjectPath, str], ...]]:
    """Find what the project's packages offer as plug-ins: by group, file and name in it.

    The name is empty where the module itself is the plug-in.
    """
    found: dict[str, set[tuple[ProjectPath, str]]] = {}
    for _, _, one, module in _find_declared(project, files, resolve_module):
        name = one.target.partition("[")[0].partition(":")[2].strip()
        found.setdefault(one.group, set()).add((module, name))
    return {group: tuple(sorted(places)) for group, places in sorted(found.items())}


def _find_declared(
    project: Path, files: Sequence[ProjectPath], resolve_module: ModuleResolver
) -> Iterator[tuple[ProjectPath, str, _Declaration, ProjectPath]]:
    """Each declaration with the file that it stands in, its text, and the file that it names."""
    for path in files:
        reader = _PACKAGE_FILES.get(posixpath.basename(path))
        if reader is None:
            continue
        text = read_text(project / path)
        folder = ProjectPath(posixpath.dirname(path) or ".")
        for one in reader(text):
            # `module:attribute [extra]`
            module = one.target.partition("[")[0].partition(":")[0].strip()
            file = resolve_module(module, folder) if module else None
            if file is not None:
                yield path, text, one, file


def _read_pyproject(text: str) -> Iterator[_Declaration]:
    content = read_toml(text)
    project = table(content, "project")
    poetry = table(content, "tool", "poetry")
    yield from _declared("console_scripts", table(project, "scripts"))
    yield from _declared("gui_scripts", table(project, "gui-scripts"))
    yield from _declared("console_scripts", table(poetry, "scripts"))
    for groups in (table(project, "entry-points"), table(poetry, "plugins")):
        for group in groups:
            yield from _declared(str(group), table(groups, group))


def _declared(group: str, table: Mapping[str, Any]) -> Iterator[_Declaration]:
    for name, value in table.items():
        # Poetry: `{ reference = "x:y", type = "console" }`
        is_table = isinstance(value, Mapping)
        target = value.get("callable") or value.get("reference") if is_table else value
        if isinstance(target, str):
            yield _Declaration(group, str(name), target)


def _read_setup_cfg(text: str) -> Iterator[_Declaration]:
    for group, entries in read_section(text, "options.entry_points").items():
        yield from _read_entries(group, entries.splitlines())


def _read_entries(group: str, lines: Iterable[str]) -> Iterator[_Declaration]:
    for line in lines:
        name, equals, target = line.partition("=")
        if equals and not name.lstrip().startswith("#"):
            yield _Declaration(group, name.strip(), target.strip())


def _read_setup_py(text: str) -> Iterator[_Declaration]:
    """The literal `entry_points` of a call of `setup`, or of a name that it is given."""
    value = read_setup_arguments(text).get("entry_points")
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield from _read_setup_cfg(_as_sections(value.value))
    elif isinstance(value, ast.Dict):
        for key, entries in zip(value.keys, value.values, strict=True):
            if isinstance(key, ast.Constant):
                for lines in literal_strings(entries):
                    yield from _read_entries(str(key.value), lines.splitlines())


def _as_sections(text: str) -> str:
    """The old form, `[console_scripts]` and lines below it, as one section of `setup.cfg`."""
    lines = []
    for line in text.splitlines():
        header = re.fullmatch(r"\s*\[([\w.]+)\]\s*", line)
        lines.append(f"{header[1]} =" if header else f"    {line.strip()}")
    return "[options.entry_points]\n" + "\n".join(lines)


_PACKAGE_FILES: Mapping[str, Callable[[str], Iterator[_Declaration]]] = {
    "pyproject.toml": _read_pyproject,
    "setup.cfg": _read_setup_cfg,
    "setup.py": _read_setup_py,
}


def _find_line(text: str, one: _Declaration) -> int | None:
    """The first line that has both name and target; else the first that has the target."""
    module = one.target.partition("[")[0].strip()
    key = re.compile(rf"(?<![\w.-]){re.escape(one.name)}(?![\w.-])\s*[\"']?\s*=")
    words = _WORD.findall(one.name)
    for number, line in _lines_by_word(text).get(words[0] if words else "", ()):
        if module in line and key.search(line):
            return number
    place = text.find(module)
    return None if place < 0 else len(text[: place + 1].splitlines())


@lru_cache(maxsize=8)
def _lines_by_word(text: str) -> Mapping[str, list[tuple[int, str]]]:
    """Word -> the lines that it stands in, with their numbers; all of them under ""."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for numbered in enumerate(text.splitlines(), 1):
        for word in {"", *_WORD.findall(numbered[1])}:
            found[word].append(numbered)
    return found


def _find_django(
    project: Path, files: Sequence[ProjectPath], resolve_module: ModuleResolver
) -> Iterator[EntryPoint]:
    """The files that Django is started by, the settings that they name, and its commands."""
    is_django = False
    for path in files:
        name = posixpath.basename(path)
        if name not in _DJANGO_FILES:
            continue
        mark, how = _DJANGO_FILES[name]
        text = read_text(project / path)
        if mark not in text:
            continue
        is_django = True
        yield EntryPoint(path, EntryKind.FRAMEWORK, how, path, None)
        for found in _DJANGO_SETTINGS.finditer(text):
            folder = posixpath.dirname(path)
            # `site/wsgi.py` is imported from the folder above.
            bases = dict.fromkeys((folder, posixpath.dirname(folder), ""))
            modules = (resolve_module(found[1], ProjectPath(base or ".")) for base in bases)
            settings = next((module for module in modules if module is not None), None)
            if settings is not None:
                line = text.count("\n", 0, found.start()) + 1
                how = f"Django settings of {path}"
                yield EntryPoint(settings, EntryKind.FRAMEWORK, how, path, line)
    if is_django:
        for path in files:
            command = _COMMAND.fullmatch(path)
            if command is not None:
                how = f'Django command "{command[1]}"'
                yield EntryPoint(path, EntryKind.FRAMEWORK, how, path, None)
