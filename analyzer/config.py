"""Finds and reads the configuration: `analyzer.toml` or `[tool.analyzer]` in `pyproject.toml`."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from analyzer.model.configuration import Config
from analyzer.model.errors import AnalyzerError
from analyzer.model.hints import near_name
from analyzer.model.rules import RULES

CONFIG_NAME = "analyzer.toml"
_PYPROJECT = "pyproject.toml"
_TABLE_LINE = re.compile(r"^\s*\[\[?([^\[\]]+)\]\]?\s*(?:#.*)?$")
_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_KEY_LINE = re.compile(rf"^\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_LINE_IN_MESSAGE = re.compile(r"\(at line (\d+)")


def find_project(start: Path) -> Path:
    """The nearest folder, upwards, that looks like the root of a project.

    Raises:
        AnalyzerError: there is none.
    """
    for folder in (start, *start.parents):
        if (folder / ".git").exists() or find_config(folder) is not None:
            return folder
    raise AnalyzerError(
        f"{start}: no project here or above (looked for {CONFIG_NAME}, [tool.analyzer] in "
        "pyproject.toml, .git); name its folder with --project DIR"
    )


def find_config(project: Path) -> Path | None:
    """The file that a project's configuration stands in: `analyzer.toml`, else `pyproject.toml`."""
    if (project / CONFIG_NAME).is_file():
        return project / CONFIG_NAME
    pyproject = project / _PYPROJECT
    if not pyproject.is_file():
        return None
    data = _read_bytes(pyproject)
    if b"analyzer" not in data:
        return None
    try:
        document = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # Somebody else's mistake, unless our table is in there.
        return pyproject if b"[tool.analyzer]" in data else None
    return pyproject if isinstance(document.get("tool", {}).get("analyzer"), dict) else None


def load_config(*, project: Path, file: Path | None, has_other_registry: bool = False) -> Config:
    """Load the configuration of a project.

    Args:
        project: the root of the analysed repository.
        file: the file that the user named; without one, what `find_config` finds.
        has_other_registry: whether something else stands in for the registry that it names, so
            that nobody minds if that is not there.

    Raises:
        AnalyzerError: the file is not there, is not TOML, or holds a key or value that is wrong.
    """
    source = file or find_config(project)
    if source is None:
        return Config()
    if not source.is_file():
        raise AnalyzerError(f"{source}: there is no such configuration file; check --config")
    place = _Places(source, project)
    try:
        document = tomllib.loads(_read_bytes(source).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AnalyzerError(f"{place.of_error(error)}: not readable as TOML: {error}") from error
    table: Any = document
    for key in place.prefix:
        table = table.get(key) if isinstance(table, dict) else None
    if not isinstance(table, dict):
        raise AnalyzerError(f"{place.shown}: it has no table [tool.analyzer]; check --config")
    config = _build(table, place)
    _check_paths(config, place, project=project, minds_registry=not has_other_registry)
    return config


class _Places:
    """Finds `file:line` for the keys of a configuration file."""

    def __init__(self, source: Path, project: Path) -> None:
        self.shown = os.path.relpath(source, project).replace(os.sep, "/")
        self.prefix = ("tool", "analyzer") if source.name == _PYPROJECT else ()
        self._lines = _read_bytes(source).decode("utf-8", "replace").splitlines()

    def of_error(self, error: Exception) -> str:
        """The place that a parser's message names."""
        line = _LINE_IN_MESSAGE.search(str(error))
        return self.shown if line is None else f"{self.shown}:{line[1]}"

    def of(self, keys: Sequence[str | int]) -> str:
        """The place of a key, given the way to it; of the nearest table where it is not found.

        A number is the index in an array of tables.
        """
        wanted = [*self.prefix, *keys]
        best, found = 0, None
        table: list[str | int] = []
        arrays: dict[tuple[str | int, ...], int] = {}
        for number, line in enumerate(self._lines, start=1):
            if header := _TABLE_LINE.match(line):
                table = _find_table(_split_key(header[1]), arrays)
                if line.lstrip().startswith("[["):
                    arrays[tuple(table)] = arrays.get(tuple(table), -1) + 1
                    table = [*table, arrays[tuple(table)]]
                here = table
            elif key := _KEY_LINE.match(line):
                here = [*table, *_split_key(key[1])]
            else:
                continue
            if len(here) > best and here == wanted[: len(here)]:
                best, found = len(here), number
        return self.shown if found is None else f"{self.shown}:{found}"


def _find_table(header: list[str], arrays: Mapping[tuple[str | int, ...], int]) -> list[str | int]:
    """The way to a table: below an array of tables it belongs to the last one of these."""
    way: list[str | int] = []
    for key in header:
        if tuple(way) in arrays:
            way.append(arrays[tuple(way)])
        way.append(key)
    return way


def _split_key(text: str) -> list[str]:
    return [part.strip().strip("\"'") for part in text.split(".")]


def _read_bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise AnalyzerError(f"{file}: cannot be read: {error.strerror}") from error


def _build(table: Mapping[str, Any], place: _Places) -> Config:
    # Imported here because Pydantic takes a tenth of a second, and most projects need no file.
    from analyzer.config_schema import WrongKeyError, read_table  # noqa: PLC0415

    try:
        config = read_table(table)
    except WrongKeyError as error:
        raise AnalyzerError(f"{place.of(error.keys)}: {error}") from None
    known_rules = {*RULES, *(rule.name for rule in RULES.values())}
    for name in (*config.severities, *config.options):
        if name not in known_rules:
            where = place.of(["rules", name])
            raise AnalyzerError(f'{where}: unknown rule "{name}"{near_name(name, known_rules)}')
    return replace(config, place_of=place.of)


def _check_paths(config: Config, place: _Places, *, project: Path, minds_registry: bool) -> None:
    registry = config.registry if minds_registry else ()
    # A pattern may fit nothing today; a plain path that is not there is a mistake.
    entry_points = [one for one in config.entry_points if not set(one) & set("*?[!")]
    for key, entries in (
        ("registry", registry),
        ("roots", config.roots),
        ("entry-points", entry_points),
    ):
        for entry in entries:
            if not (project / entry).exists():
                raise AnalyzerError(f'{place.of([key])}: {key} names "{entry}", which is not there')
    for root in config.roots:
        if root.split("/")[0] == ".." or Path(root).is_absolute():
            raise AnalyzerError(
                f'{place.of(["roots"])}: the root "{root}" is outside of the project'
            )
