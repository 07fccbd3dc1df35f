"""What packages say about themselves: `pyproject.toml`, `setup.cfg`, and `setup.py`, never run."""

from __future__ import annotations

import ast
import re
import tomllib
import warnings
from collections.abc import Mapping
from configparser import ConfigParser, MissingSectionHeaderError, ParsingError
from configparser import Error as ConfigError
from functools import lru_cache
from typing import Any

# What the error says of its place, in brackets at its end.
_TOML_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


def read_toml(text: str) -> Mapping[str, Any]:
    """The content of a TOML file; nothing where it is broken."""
    return _parse_toml(text)[0]


@lru_cache(maxsize=256)
def _parse_toml(text: str) -> tuple[Mapping[str, Any], str | None]:
    try:
        return tomllib.loads(text), None
    except tomllib.TOMLDecodeError as error:
        return {}, str(error)
    except RecursionError:
        return {}, "nested too deep"


def find_break(name: str, text: str) -> tuple[int | None, str] | None:
    """Where a file is broken, and what is wrong; nothing where it can be read.

    Args:
        name: of the file: `pyproject.toml`, `setup.cfg` and `alembic.ini` can be told of.
        text: the file's.
    """
    if name == "pyproject.toml":
        problem = _parse_toml(text)[1]
        line = None if problem is None else _TOML_LINE.search(problem)
        number = int(line[1]) if line is not None and line[1] else None
        return None if problem is None else (number, f"no TOML: {_TOML_LINE.sub('', problem)}")
    found: tuple[int | None, str] | None = None
    try:
        ConfigParser(interpolation=None, strict=False).read_string(text)
    except MissingSectionHeaderError as error:
        found = error.lineno, "no INI file: no section before this line"
    except ParsingError as error:
        found = error.errors[0][0] if error.errors else None, "no INI file: no option"
    except (ConfigError, ValueError):
        found = None, "no INI file"
    return found


def table(content: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """The table below some keys; an empty one where there is none."""
    found: Any = content
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def read_section(text: str, section: str) -> dict[str, str]:
    """The options of a section of an INI file such as `setup.cfg`."""
    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
        return dict(parser.items(section))
    except (ConfigError, ValueError):
        return {}


def read_setup_arguments(text: str) -> dict[str, ast.expr]:
    """The keyword arguments of the calls of `setup` in a `setup.py`.

    A name that the file assigns stands for its value.
    """
    try:
        with warnings.catch_warnings(action="ignore"):
            nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    assigned: dict[str, ast.expr] = {}
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            assigned[node.targets[0].id] = node.value
    found: dict[str, ast.expr] = {}
    for node in nodes:
        if isinstance(node, ast.Call) and called_name(node) == "setup":
            for argument in node.keywords:
                value = argument.value
                if isinstance(value, ast.Name):
                    value = assigned.get(value.id, value)
                if argument.arg is not None:
                    found.setdefault(argument.arg, value)
    return found


def called_name(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def literal_strings(node: ast.expr | None) -> list[str]:
    """The text of a literal, or the texts in a literal list."""
    elements = node.elts if isinstance(node, ast.List | ast.Tuple) else [node]
    return [
        element.value
        for element in elements
        if isinstance(element, ast.Constant) and isinstance(element.value, str)
    ]


def literal_mapping(node: ast.expr | None) -> dict[str, str]:
    """The texts of a literal dictionary that stand under texts."""
    if not isinstance(node, ast.Dict):
        return {}
    return {
        key.value: value.value
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant)
        and isinstance(key.value, str)
        and isinstance(value, ast.Constant)
        and isinstance(value.value, str)
    }
