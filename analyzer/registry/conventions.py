"""REG005: ids against the naming convention that a backlog document writes down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.model.registry import Deviation, NamingConvention, Record, Registry

# One to four parts between the prefix and the number: AOS-CLI-AOS-001, AOS-BE-SVC-TNT-001.
_SHAPE = re.compile(r"^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+){1,4}-\d{3}$")
# What a code for a type may stand for; the first is what a row without a record is.
_TYPES_OF_CODE: dict[str, tuple[str, ...]] = {
    "API": ("api-route",),
    "SVC": ("service",),
    "WKR": ("worker", "job"),
    "PG": ("page", "ui-page"),
    "PKG": ("sdk-package", "library"),
}
# Codes for what a script is for. Nothing is checked by them: a service may be for operations too.
_SCRIPT_CODES = frozenset({"CHS", "CI", "OPS", "STR", "VRF"})
_PLACEHOLDER = re.compile(r"<([^<>]*)>|[^-<>]+")


def find_convention_deviations(registry: Registry) -> Iterator[Deviation]:
    """Yield what is not as agreed about each record's id.

    Without a convention in any document only the general shape is checked: upper-case parts joined
    by hyphens, with a number of three digits at the end.
    """
    for record in registry.records:
        problem = _find_problem(record, registry.conventions)
        if problem is not None:
            yield Deviation(
                "REG005", record.origin, problem, f"convention:{record.id}", record.id, record.owner
            )


def type_of_id(id_: str) -> str | None:
    """The record type that an id tells, where it holds one of the codes for types."""
    parts = id_.split("-")
    code = parts[2] if len(parts) > 3 else ""
    return "script" if code in _SCRIPT_CODES else next(iter(_TYPES_OF_CODE.get(code, ())), None)


def is_by_convention(record: Record, conventions: tuple[NamingConvention, ...]) -> bool:
    """Whether a record's id is built as agreed."""
    return _find_problem(record, conventions) is None


def _find_problem(record: Record, conventions: tuple[NamingConvention, ...]) -> str | None:
    pattern = " or ".join(one.pattern for one in conventions) or "PREFIX-LAYER-TYPE-001"
    if not _SHAPE.match(record.id):
        return (
            f'the id "{record.id}" is not built as {pattern}: upper-case parts joined by hyphens, '
            "three digits at the end"
        )
    if not conventions:
        return None
    parts = record.id.split("-")
    prefixes = [one.pattern.partition("-")[0] for one in conventions]
    if parts[0] not in prefixes:
        expected = " or ".join(prefixes)
        where = conventions[0].origin
        return f'the id "{record.id}" begins with {parts[0]}; expected is {expected} ({where})'
    convention = conventions[prefixes.index(parts[0])]
    layer = _part_at(parts, _position(convention, "layer"))
    if layer and convention.layers and layer not in convention.layers:
        known = ", ".join(convention.layers)
        return f'the layer {layer} of "{record.id}" is none of {known} ({convention.origin})'
    code = _part_at(parts, _position(convention, "type"))
    told = _TYPES_OF_CODE.get(code, ()) if code in convention.types else ()
    if told and record.type is not None and record.type not in told:
        expected = " or ".join(told)
        return (
            f'the {code} in "{record.id}" stands for {expected}, but the type is {record.type} '
            f"({convention.origin})"
        )
    return None


def _position(convention: NamingConvention, placeholder: str) -> int | None:
    """Where a pattern has a placeholder: `<LAYER>` is part 1 of `AOS-<LAYER>-<TYPE>-<SEQ>`."""
    parts = [match[1] or "" for match in _PLACEHOLDER.finditer(convention.pattern)]
    found = [index for index, part in enumerate(parts) if part.lower() == placeholder]
    return found[0] if found else None


def _part_at(parts: list[str], position: int | None) -> str:
    return parts[position] if position is not None and position < len(parts) - 1 else ""
