"""What artifacts can be folded by, and what a box of several is called."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import assert_never

from analyzer.model.pictures import Box, BoxKind, FoldBy, Role

OTHERS = "..."
"""The value of everything for which there is no room."""
# At least so many boxes for each distance that is told apart: two each way, and some to spare.
_BOXES_AT_A_DISTANCE = 6
UNREGISTERED = "unregistered"
"""The value of a file, which has no wave, owner, type or product."""


def find_values(boxes: Sequence[Box], by: FoldBy, *, room: int) -> Mapping[str, str]:
    """The key of each box, and the value that it has; empty where its record says nothing.

    Folders are cut to the depth at which there is room for all of them.
    """
    if by is FoldBy.DISTANCE:
        return {box.key: name_layer(box, room=room).strip(" ()") for box in boxes}
    if by is not FoldBy.FOLDER:
        return {
            box.key: UNREGISTERED if box.kind is BoxKind.FILE else _value_of(box, by)
            for box in boxes
        }
    parts = {box.key: _value_of(box, by).split("/") for box in boxes}
    depth = max((len(one) for one in parts.values()), default=1)
    while depth > 1 and len({(*one[:depth],) for one in parts.values()}) > room:
        depth -= 1
    return {key: "/".join(one[:depth]) for key, one in parts.items()}


def _value_of(box: Box, by: FoldBy) -> str:
    match by:
        case FoldBy.WAVE:
            return "" if box.wave is None else str(box.wave)
        case FoldBy.OWNER:
            return box.owner or ""
        case FoldBy.TYPE:
            return box.type or ""
        case FoldBy.PRODUCT:
            return box.product or ""
        case FoldBy.FOLDER:
            return posixpath.dirname(box.path or "")
        case FoldBy.DISTANCE:
            return "" if box.distance is None else str(box.distance)
        case _:
            assert_never(by)


def keep_most(boxes: Sequence[Box], values: Mapping[str, str], *, room: int) -> Mapping[str, str]:
    """The same with as many values as there is room for: the rarest become `OTHERS`."""
    sizes = Counter(values[box.key] for box in boxes)
    most = max(2, room // len({name_layer(box, room=room) for box in boxes}))
    if len(sizes) <= most:
        return values
    ordered = sorted(sizes, key=lambda value: (-sizes[value], value))
    kept = set(ordered[: most - 1])
    return {key: value if value in kept else OTHERS for key, value in values.items()}


def name_layer(box: Box, *, room: int) -> str:
    """What tells boxes apart that never become one, as the end of a key.

    What is asked for and what it is linked with; what is near and what is far, up to where there is
    no room for so many distances.
    """
    if box.role is Role.NEIGHBOUR:
        return " (neighbours)"
    if box.distance is None:
        return ""
    furthest = max(1, room // _BOXES_AT_A_DISTANCE)
    away = f"{box.distance}" if box.distance < furthest else f"{furthest} or more"
    return f" ({away} {box.direction or 'away'})"


def label_of(by: FoldBy, value: str) -> str:
    """What a box of several artifacts is called."""
    if value == OTHERS:
        return f"other {by.value}s"
    if by is FoldBy.FOLDER:
        return f"{value}/" if value else "no folder"
    if by is FoldBy.DISTANCE:
        return _spell_distance(value)
    if value == UNREGISTERED:
        return "unregistered code"
    if not value:
        return f"no {by.value}"
    return f"wave {value}" if by is FoldBy.WAVE else value


def _spell_distance(value: str) -> str:
    """`3 downstream` -> `3 steps away`; which way that is, the picture shows."""
    number, _, _ = value.rpartition(" ")
    if number == "0":
        return "where it begins"
    return f"{number} step{'s' * (number != '1')} away" if number else "elsewhere"
