"""What a record has to be like as a JSON Schema, for editors and other checkers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from analyzer.registry.vocabulary import FIELDS, RecordField, Shape

# The newest draft that the YAML language server knows in full.
_DRAFT = "http://json-schema.org/draft-07/schema#"
_DIGITS = r"^\s*[0-9]{1,9}\s*$"
_NOT_BLANK = r"\S"
# The reader takes every scalar as the text that was written: `priority: 1` is "1".
_SCALARS = ["string", "number", "boolean"]

Schema = dict[str, Any]


def build_schema(allowed: Mapping[str, tuple[str, ...]]) -> Schema:
    """Build the JSON Schema of a record, draft 7.

    It accepts what `registry validate` accepts of a record by itself: unknown fields may stand
    there, and a field that is not required may be empty. Ids against the convention, ids that are
    given twice, and places are left to that command.

    Args:
        allowed: field -> the values that it may have, of the registry's own vocabulary.
    """
    properties = {one.name: _describe(one, allowed.get(one.name)) for one in FIELDS}
    for name in sorted(set(allowed) - set(properties)):
        properties[name] = _limit({"type": [*_SCALARS, "null"]}, allowed[name], may_be_empty=True)
    return {
        "$schema": _DRAFT,
        "title": "Registry record",
        "description": "What a team says about one part of its system",
        "type": "object",
        "properties": properties,
        "required": [one.name for one in FIELDS if one.is_required],
    }


def _describe(one: RecordField, values: tuple[str, ...] | None) -> Schema:
    schema: Schema = {"description": one.description}
    match one.shape:
        case Shape.TEXT:
            schema["type"] = list(_SCALARS)
        case Shape.NUMBER:
            schema |= {
                "type": ["integer", "string"],
                "minimum": 0,
                "pattern": r"^\s*[0-9]{1,9}\s*$",
            }
        case Shape.PATHS:
            schema |= {"type": [*_SCALARS, "array"], "items": {"type": [*_SCALARS, "null"]}}
        case Shape.LIST:
            schema["type"] = ["array"]
        case Shape.MAPPING:
            schema["type"] = ["object"]
        case _:
            assert_never(one.shape)
    if one.is_required:
        schema["pattern"] = _NOT_BLANK
    else:
        schema["type"] = [*schema["type"], "null"]
    return schema if values is None else _limit(schema, values, may_be_empty=not one.is_required)


def _limit(schema: Schema, values: tuple[str, ...], *, may_be_empty: bool) -> Schema:
    """The same, with the values that are all there are."""
    kept = {key: value for key, value in schema.items() if key not in ("pattern", "type")}
    return {**kept, "enum": [*values, *((None, "") if may_be_empty else ())]}
