"""What is analysed, and how: `analyzer.toml` or `[tool.analyzer]` in `pyproject.toml`."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from analyzer.model.errors import AnalyzerError
from analyzer.model.findings import Severity
from analyzer.model.names import ProjectPath
from analyzer.model.rules import FUTURE_RULE_NAMES, RULES

CONFIG_NAME = "analyzer.toml"
DEFAULT_TESTS = ("**/tests/**", "**/test_*.py", "**/*_test.py", "**/conftest.py")
OFF: Literal["off"] = "off"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which files ought to have a record."""

    include: tuple[str, ...] | None = None
    """Patterns; without any, every folder that directly holds a registered module."""
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """The configuration; every key has a default that fits most repositories."""

    registry: tuple[str, ...] = ()
    """Folders of records and backlog documents; without any, the usual folders."""
    roots: tuple[ProjectPath, ...] = ()
    """Folders that imports start from; without any, they are found."""
    exclude: tuple[str, ...] = ()
    tests: tuple[str, ...] = DEFAULT_TESTS
    entry_points: tuple[str, ...] = ()
    """Patterns of files that something outside of the code starts, beside those that are found."""
    baseline: str = "analyzer-baseline.json"
    scope: Scope = field(default_factory=Scope)
    severities: Mapping[str, Severity | Literal["off"]] = field(default_factory=dict)
    """By the rule's name or code."""

    def severity_of(self, code: str) -> Severity | Literal["off"]:
        """The severity of a rule's findings; "off" where the user does not want any."""
        rule = RULES[code]
        return self.severities.get(code) or self.severities.get(rule.name) or rule.severity


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


def normalise_root(root: str) -> ProjectPath:
    """A root as the user wrote it -> its path in the project."""
    return ProjectPath(os.path.normpath(PurePosixPath(root)).replace(os.sep, "/"))


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


def near_name(name: str, known: Iterable[str]) -> str:
    """A hint for a message: the nearest of some known names, else all of them."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1)
    if close:
        return f'; did you mean "{close[0]}"?'
    return f"; known are {', '.join(names)}"


def _shown_path(file: Path, project: Path) -> str:
    return os.path.relpath(file, project).replace(os.sep, "/")
