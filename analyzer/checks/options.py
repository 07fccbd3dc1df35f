"""Reads the options of a check from its `[rules.<name>]` table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import msgspec

from analyzer.checks.base import Options
from analyzer.model.configuration import Config
from analyzer.model.errors import AnalyzerError
from analyzer.model.hints import near_name
from analyzer.model.rules import Rule

T = TypeVar("T", bound=Options)

# What the library says: "Expected `int | null`, got `str` - at `$.rules[0].from`".
_PLACE = re.compile(r" - at `\$([^`]*)`$")
_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_UNKNOWN = re.compile(r"^Object contains unknown field `(.*)`$", re.DOTALL)
_MISSING = re.compile(r"^Object missing required field `(.*)`$", re.DOTALL)
_EXPECTED = re.compile(r"^Expected `([^`]+)`(?:( [<>]=? \S+)|, got `.*`)$", re.DOTALL)
_WORDS = {
    "str": "text",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}


def read_options(kind: type[T], *, rule: Rule, config: Config) -> T:
    """The options of a rule, whether its table is called by its name or by its code.

    Where both tables give a key, that of the code counts, as for the severity.

    Args:
        kind: the options of the rule's check.
        rule: whose options they are.
        config: holds the tables as they were written.

    Raises:
        AnalyzerError: a key is unknown, or a value is of the wrong kind; with the place.
    """
    found: dict[str, Any] = {}
    for name in (rule.name, rule.code):
        if name in config.options:
            read_table(kind, name=name, config=config)
            found |= config.options[name]
    return msgspec.convert(found, kind)


def read_table(kind: type[T], *, name: str, config: Config) -> T:
    """Read the options in one table, such as `[rules.wave-order]`.

    Raises:
        AnalyzerError: a key is unknown, or a value is of the wrong kind; with the place.
    """
    try:
        return msgspec.convert(config.options[name], kind)
    except msgspec.ValidationError as error:
        text = str(error)
    place = _PLACE.search(text)
    way: list[str | int] = ["rules", name]
    for index, key in _STEP.findall(place[1]) if place else ():
        way.append(int(index) if index else key)
    text = _PLACE.sub("", text)
    if unknown := _UNKNOWN.match(text):
        way.append(unknown[1])
    raise AnalyzerError(f"{config.place_of(way)}: {_describe(text, kind=kind, way=way)}")


def _describe(text: str, *, kind: type[Options], way: Sequence[str | int]) -> str:
    keys = [key for key in way if isinstance(key, str)]
    name = ".".join(keys)
    if _UNKNOWN.match(text):
        inner = keys[2:-1]
        known = {*_names_of(kind, inner), *(() if inner else ("severity",))}
        return f'unknown key "{name}"{near_name(keys[-1], known)}'
    if missing := _MISSING.match(text):
        return f'"{name}" has no key "{missing[1]}"; give it one'
    if expected := _EXPECTED.match(text):
        kinds = [_WORDS.get(one, one) for one in expected[1].split(" | ") if one != "null"]
        limit = expected[2] or ""
        return f'wrong value for "{name}": expected is {" or ".join(kinds)}{limit}'
    return f'wrong value for "{name}": {text[:1].lower()}{text[1:]}'


def _names_of(kind: type[Options], inner: Sequence[str]) -> set[str]:
    """The keys of a table in the options, given the way to it."""
    import msgspec.inspect as shapes  # noqa: PLC0415 - needed for a message only

    def tables(one: shapes.Type) -> Iterator[shapes.StructType]:
        if isinstance(one, shapes.StructType):
            yield one
        elif isinstance(one, shapes.UnionType):
            for part in one.types:
                yield from tables(part)
        elif isinstance(one, shapes.CollectionType):
            yield from tables(one.item_type)

    found = list(tables(shapes.type_info(kind)))
    for key in inner:
        fields = [field for one in found for field in one.fields if field.encode_name == key]
        found = [table for field in fields for table in tables(field.type)]
    return {field.encode_name for one in found for field in one.fields}
