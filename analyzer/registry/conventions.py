"""REG005: ids against the naming convention that a backlog document writes down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.model.registry import Deviation, NamingConvention, Record, Registry

# Three to five parts between the prefix and the number occur in real registries.
_SHAPE = re.compile(r"^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+){1,4}-\d{3}$")
_TYPE_OF_CODE = {
    "API": frozenset({"api-route"}),
    "SVC": frozenset({"service"}),
    "WKR": frozenset({"worker", "job"}),
    "PG": frozenset({"page", "ui-page"}),
    "PKG": frozenset({"sdk-package", "library"}),
}


def find_convention_deviations(registry: Registry) -> Iterator[Deviation]:
    """Yield what is not as agreed about each record's id.

    Without a convention in any document only the general shape is checked: upper-case parts joined
    by hyphens, with a number of three digits at the end.
    """
    convention = registry.conventions[0] if registry.conventions else None
    for record in registry.records:
        problem = _find_problem(record, convention)
        if problem is not None:
            yield Deviation(
                "REG005", record.origin, problem, f"convention:{record.id}", record.id, record.owner
            )


def type_of_id(id_: str) -> str | None:
    """The record type that an id tells, where it holds one of the codes for types."""
    parts = id_.split("-")
    known = _TYPE_OF_CODE.get(parts[2]) if len(parts) > 3 else None
    return min(known) if known is not None and len(known) == 1 else None


def _find_problem(record: Record, convention: NamingConvention | None) -> str | None:
    pattern = "PREFIX-LAYER-…-NNN" if convention is None else convention.pattern
    if not _SHAPE.match(record.id):
        return (
            f'the id "{record.id}" is not built as {pattern}: upper-case parts joined by hyphens, '
            "three digits at the end"
        )
    parts = record.id.split("-")
    if convention is None:
        return None
    prefix = convention.pattern.partition("-")[0]
    if parts[0] != prefix:
        return f'the id "{record.id}" begins with {parts[0]}; by {convention.origin} with {prefix}'
    if convention.layers and parts[1] not in convention.layers:
        known = ", ".join(convention.layers)
        return f'the layer {parts[1]} of "{record.id}" is none of {known} ({convention.origin})'
    told = _TYPE_OF_CODE.get(parts[2]) if parts[2] in convention.types else None
    if told is not None and record.type is not None and record.type not in told:
        expected = " or ".join(sorted(told))
        return f'"{record.id}" says {parts[2]} ({expected}), its record says {record.type}'
    return None
