"""Several boxes drawn as one, and the lines between such boxes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.answers import sorted_kinds
from analyzer.model.imports import KIND_STRENGTH
from analyzer.model.names import ProjectPath
from analyzer.model.pictures import Box, BoxKind, Change, Edge, Fold, FoldBy, Mark, Picture
from analyzer.questions.folding.values import OTHERS, label_of

T = TypeVar("T")

_WORDS: dict[Mark | Change, str] = {
    Mark.ERROR: "with an error",
    Mark.WARNING: "with a warning",
    Mark.MISSING: "without a place in the code",
    Mark.ORPHAN: "that nothing uses",
    Mark.UNREGISTERED: "unregistered",
    **{change: change.value for change in Change},
}
_WORDS_OF_LINES = _WORDS | {Mark.UNREGISTERED: "through unregistered code"}


class Seat(Struct, frozen=True):
    """Where a box goes: into one of several boxes, or by itself into some frames."""

    frames: tuple[str, ...] = ()
    """The frames around it, from the outermost."""
    key: str | None = None
    """The key of the box that it goes into; none where it stays a box of its own."""
    by: FoldBy | None = None
    value: str = ""


def merge(picture: Picture, seats: Mapping[str, Seat]) -> Picture:
    """Draw boxes as one, and the lines between them likewise.

    Args:
        picture: one that is not folded.
        seats: key of a box -> where it goes; what is not named stays as it is. A box that would
            hold one thing only is that thing.
    """
    held: dict[str, list[Box]] = defaultdict(list)
    for box in picture.boxes:
        seat = seats.get(box.key)
        held[box.key if seat is None or seat.key is None else seat.key].append(box)
    place = {
        box.key: key if len(boxes) > 1 else box.key for key, boxes in held.items() for box in boxes
    }
    inner: dict[str, list[Edge]] = defaultdict(list)
    for edge in picture.edges:
        if place[edge.dependent] == place[edge.depends_on]:
            inner[place[edge.dependent]].append(edge)
    boxes = []
    for key, members in held.items():
        seat = seats.get(members[0].key)
        if len(members) > 1 and seat is not None and seat.by is not None:
            boxes.append(_fold_box(key, members, seat.by, seat, inner[key]))
        elif seat is not None and seat.frames:
            boxes.append(replace(members[0], groups=seat.frames))
        else:
            boxes.append(members[0])
    return replace(
        picture,
        boxes=tuple(sorted(boxes, key=lambda box: box.key)),
        edges=_merge_edges(picture.edges, place),
    )


def _fold_box(
    key: str, members: Sequence[Box], by: FoldBy, seat: Seat, inner: Sequence[Edge]
) -> Box:
    """One box for several; what is wrong with a line that it hides is wrong with it, too."""
    # A line that stays as it is makes nothing of a box that is new.
    changes = {box.change for box in members} | {edge.change for edge in inner if edge.change}
    distances = [box.distance for box in members if box.distance is not None]
    is_folder = by is FoldBy.FOLDER and seat.value not in ("", OTHERS)
    marks = {mark for box in members for mark in box.marks}
    marks |= {mark for edge in inner for mark in edge.marks}
    return Box(
        key=key,
        kind=BoxKind.FOLD,
        name=label_of(by, seat.value),
        role=members[0].role,
        type=_common(box.type for box in members),
        owner=_common(box.owner for box in members),
        wave=_common(box.wave for box in members),
        product=_common(box.product for box in members),
        path=ProjectPath(seat.value) if is_folder else None,
        marks=tuple(mark for mark in Mark if mark in marks),
        notes=(*_tell_of_boxes(members), *_tell_of_lines(inner)),
        change=changes.pop() if len(changes) == 1 else Change.CHANGED,
        distance=min(distances, default=None),
        direction=_common(box.direction for box in members),
        groups=seat.frames,
        fold=Fold(
            by=by,
            value=seat.value,
            artifacts=tuple(sorted(box.key for box in members if box.kind is BoxKind.ARTIFACT)),
            inner_edges=sum(edge.count for edge in inner),
            files=tuple(sorted(box.key for box in members if box.kind is BoxKind.FILE)),
        ),
    )


def _tell_of_boxes(boxes: Iterable[Box]) -> Iterator[str]:
    said = Counter(one for box in boxes for one in _list_said(box))
    for one, word in _WORDS.items():
        if one in said:
            yield f"{said[one]} {word}"


def _tell_of_lines(edges: Iterable[Edge]) -> Iterator[str]:
    said = Counter[Mark | Change]()
    for edge in edges:
        said.update(dict.fromkeys(_list_said(edge), edge.count))
    for one, word in _WORDS_OF_LINES.items():
        if one in said:
            these = "dependency" if said[one] == 1 else "dependencies"
            yield f"{said[one]} {these} inside {word}"


def _list_said(one: Box | Edge) -> set[Mark | Change]:
    return {*one.marks, *(() if one.change is None else (one.change,))}


def _merge_edges(edges: Iterable[Edge], place: Mapping[str, str]) -> tuple[Edge, ...]:
    """One line for all that lead from one box to another one."""
    between: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        ends = place[edge.dependent], place[edge.depends_on]
        if ends[0] != ends[1]:
            between[ends].append(edge)
    return tuple(_merge_between(*ends, between[ends]) for ends in sorted(between))


def _merge_between(dependent: str, depends_on: str, edges: Sequence[Edge]) -> Edge:
    if len(edges) == 1:
        return replace(edges[0], dependent=dependent, depends_on=depends_on)
    shortest = min(edges, key=_length)
    kinds = [kind for edge in edges if (kind := edge.find_kind()) is not None]
    marks = {mark for edge in edges for mark in edge.marks}
    changes = {edge.change for edge in edges}
    return Edge(
        dependent=dependent,
        depends_on=depends_on,
        kinds=sorted_kinds({kind for edge in edges for kind in edge.kinds}),
        evidence=shortest.evidence,
        through=tuple(sorted({path for edge in edges for path in edge.through})),
        count=sum(edge.count for edge in edges),
        links=sum(edge.links for edge in edges),
        marks=tuple(mark for mark in Mark if mark in marks),
        notes=tuple(sorted({note for edge in edges for note in edge.notes})),
        change=changes.pop() if len(changes) == 1 else Change.CHANGED,
        strongest=min(kinds, key=KIND_STRENGTH.__getitem__, default=None),
    )


def _length(edge: Edge) -> tuple[int, str, str]:
    return len(edge.evidence), edge.dependent, edge.depends_on


def _common(values: Iterable[T]) -> T | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None
