"""Finds and reads the configuration: `analyzer.toml` or `[tool.analyzer]` in `pyproject.toml`."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analyzer.model.configuration import Config
from analyzer.model.errors import AnalyzerError
from analyzer.model.hints import near_name
from analyzer.model.rules import FUTURE_RULE_NAMES, RULES

CONFIG_NAME = "analyzer.toml"


def find_project(start: Path) -> Path:
    """The nearest folder, upwards, that looks like the root of a project.

    Raises:
        AnalyzerError: there is none.
    """
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file() or (folder / ".git").exists():
            return folder
        if _read_table(folder / "pyproject.toml") is not None:
            return folder
    raise AnalyzerError(
        f"{start}: no project here or above (looked for {CONFIG_NAME}, [tool.analyzer] in "
        "pyproject.toml, .git); name its folder with --project DIR"
    )


def load_config(*, project: Path, file: Path | None) -> Config:
    """Load the configuration of a project.

    Args:
        project: the root of the analysed repository.
        file: the file that the user named; without one, `analyzer.toml`, else `pyproject.toml`.

    Raises:
        AnalyzerError: the file is not there, is not TOML, or holds a key or value that is wrong.
    """
    if file is not None and not file.is_file():
        raise AnalyzerError(f"{file}: there is no such configuration file; check --config")
    candidates = [file] if file else [project / CONFIG_NAME, project / "pyproject.toml"]
    for candidate in candidates:
        table = _read_table(candidate)
        if table is not None:
            shown = _shown_path(candidate, project)
            config = _build(table, shown=shown, source=candidate)
            _check_paths(config, project=project, shown=shown, source=candidate)
            return config
    return Config()


def _read_table(file: Path) -> Mapping[str, Any] | None:
    """The analyzer's table of a TOML file; nothing where the file or the table is not there."""
    if not file.is_file():
        return None
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        if file.name == "pyproject.toml" and not isinstance(error, OSError):
            text = file.read_bytes()
            if b"[tool.analyzer" not in text:
                # Somebody else's mistake: not a reason to refuse the work.
                return None
        raise AnalyzerError(f"{file}: not readable as TOML: {error}; mend it first") from error
    if file.name != "pyproject.toml":
        return document
    table = document.get("tool", {}).get("analyzer")
    return table if isinstance(table, dict) else None


def _build(table: Mapping[str, Any], *, shown: str, source: Path) -> Config:
    # Imported here because Pydantic takes a tenth of a second, and most projects need no file.
    from analyzer.config_schema import WrongKeyError, read_table  # noqa: PLC0415

    try:
        config = read_table(table)
    except WrongKeyError as error:
        where = _place(shown, source, error.keys)
        raise AnalyzerError(f"{where}: {error}") from None
    known_rules = {*RULES, *(rule.name for rule in RULES.values()), *FUTURE_RULE_NAMES}
    for name in config.severities:
        if name not in known_rules:
            where = _place(shown, source, ["rules", name])
            raise AnalyzerError(f'{where}: unknown rule "{name}"{near_name(name, known_rules)}')
    return config


def _check_paths(config: Config, *, project: Path, shown: str, source: Path) -> None:
    for key, entries in (("registry", config.registry), ("roots", config.roots)):
        for entry in entries:
            if not (project / entry).exists():
                where = _place(shown, source, [key])
                raise AnalyzerError(f'{where}: {key} names "{entry}", which is not there')
    for root in config.roots:
        if root.startswith("../") or Path(root).is_absolute():
            where = _place(shown, source, ["roots"])
            raise AnalyzerError(f'{where}: the root "{root}" is outside of the project')


def _place(shown: str, source: Path, keys: list[str]) -> str:
    """`file:line` of a key, by looking for the last of its parts that a line begins with."""
    try:
        lines = source.read_text(encoding="utf-8").splitlines()
    except OSError:
        return shown
    for key in reversed(keys):
        pattern = re.compile(rf'^\s*"?{re.escape(key)}"?\s*[=.]|^\s*\[.*\b{re.escape(key)}"?\]')
        for number, line in enumerate(lines, start=1):
            if pattern.search(line):
                return f"{shown}:{number}"
    return shown


def _shown_path(file: Path, project: Path) -> str:
    return os.path.relpath(file, project).replace(os.sep, "/")
