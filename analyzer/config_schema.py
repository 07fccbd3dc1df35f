"""The shape of a configuration file, and what is wrong with one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analyzer.model.configuration import DEFAULT_TESTS, OFF, Config, Ids, Scope
from analyzer.model.findings import Severity
from analyzer.model.hints import near_name
from analyzer.model.names import ProjectPath

_PATTERN = r"^[A-Z][A-Z0-9]*(?:-(?:<[A-Z]+>|[A-Z0-9]+))*-<SEQ>$"
_SEVERITIES = ", ".join([*Severity, OFF])


class WrongKeyError(Exception):
    """A key or a value that the configuration does not have."""

    def __init__(self, message: str, keys: list[str]) -> None:
        super().__init__(message)
        self.keys = keys
        """The way to the key, from the outermost table."""


def _to_kebab(name: str) -> str:
    return name.replace("_", "-")


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=_to_kebab)


class _ScopeTable(_Table):
    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()


class _IdsTable(_Table):
    pattern: Annotated[str, Field(pattern=_PATTERN)]
    layers: tuple[str, ...] | None = None
    types: Mapping[str, str | tuple[str, ...]] | None = None


class _RuleTable(_Table):
    # What else stands in it are the options of the rule's check, which reads them itself.
    model_config = ConfigDict(extra="allow")

    severity: Severity | Literal["off"] | None = None


class _ConfigTable(_Table):
    registry: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    tests: tuple[str, ...] = DEFAULT_TESTS
    entry_points: tuple[str, ...] = ()
    task_decorators: tuple[str, ...] = ()
    baseline: str = "analyzer-baseline.json"
    owners: Mapping[str, str | tuple[str, ...]] = Field(default_factory=dict)
    scope: _ScopeTable = Field(default_factory=_ScopeTable)
    ids: _IdsTable | None = None
    rules: Mapping[str, _RuleTable] = Field(default_factory=dict)


_TABLES: Mapping[str, type[_Table]] = {"scope": _ScopeTable, "ids": _IdsTable}


def read_table(table: Mapping[str, Any]) -> Config:
    """Turn the analyzer's table of a TOML file into a configuration.

    Raises:
        WrongKeyError: a key is unknown, or a value is of the wrong kind.
    """
    try:
        found = _ConfigTable.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        # Behind the value's own key the library names the kinds it has tried.
        keys = [part for part in first["loc"] if isinstance(part, str)]
        if "severity" in keys:
            keys = keys[: keys.index("severity") + 1]
        if keys[:1] == ["owners"] and len(keys) > 1:
            name = ".".join(keys[:2])
            message = f'wrong value for "{name}": expected is a handle, or several'
            raise WrongKeyError(message, keys[:2]) from None
        if keys[:2] == ["ids", "types"]:
            keys = keys[:3]
        raise WrongKeyError(_describe(keys, first["type"], first["msg"]), keys) from None
    return Config(
        registry=found.registry,
        roots=tuple(_normalise(root) for root in found.roots),
        exclude=found.exclude,
        tests=found.tests,
        entry_points=found.entry_points,
        task_decorators=found.task_decorators,
        baseline=found.baseline,
        owners={
            name: (handles,) if isinstance(handles, str) else handles
            for name, handles in found.owners.items()
        },
        ids=_read_ids(found.ids),
        scope=Scope(include=found.scope.include, exclude=found.scope.exclude),
        severities={
            name: rule.severity for name, rule in found.rules.items() if rule.severity is not None
        },
        options={name: rule.model_extra for name, rule in found.rules.items() if rule.model_extra},
    )


def _read_ids(table: _IdsTable | None) -> Ids | None:
    if table is None:
        return None
    types = None
    if table.types is not None:
        types = {
            code: (kinds,) if isinstance(kinds, str) else kinds
            for code, kinds in table.types.items()
        }
    return Ids(pattern=table.pattern, layers=table.layers, types=types)


def _describe(keys: list[str], kind: str, message: str) -> str:
    name = ".".join(keys)
    if kind == "extra_forbidden":
        table = _TABLES.get(keys[0], _ConfigTable) if len(keys) > 1 else _ConfigTable
        known = [_to_kebab(field) for field in table.model_fields]
        return f'unknown key "{name}"{near_name(keys[-1], known)}'
    if kind in ("missing", "string_pattern_mismatch"):
        what = "missing" if kind == "missing" else "no pattern of ids"
        return (
            f'"{name}" is {what}; expected are a prefix in capitals, placeholders and <SEQ>, as '
            "in SHOP-<LAYER>-<TYPE>-<DOMAIN>-<SEQ>"
        )
    if keys[:2] == ["ids", "types"] and len(keys) > 2:
        return f'wrong value for "{name}": expected is a type of records or a list of them'
    expected = {
        "tuple_type": "a list of texts",
        "string_type": "text",
        "model_type": "a table",
        "model_attributes_type": "a table",
        "mapping_type": "a table",
        "enum": f"one of {_SEVERITIES}",
        "literal_error": f"one of {_SEVERITIES}",
    }.get(kind)
    if expected is None:
        return f'wrong value for "{name}": {message[:1].lower()}{message[1:]}'
    return f'wrong value for "{name}": expected is {expected}'


def _normalise(root: str) -> ProjectPath:
    """A root as the user wrote it -> its path in the project."""
    return ProjectPath(os.path.normpath(PurePosixPath(root)).replace(os.sep, "/"))
