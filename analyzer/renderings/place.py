"""Where on the paper each box stands: coordinates, in points, from the rows of `arrange`.

Rows are centred. Within a row, boxes move towards those they are linked with: the barycentre method
of Sugiyama, Tagawa and Toda (1981), of which the sweep with the shortest lines is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from analyzer.renderings.arrange import (
    BLOCK_GAP,
    HEADING,
    PADDING,
    SHELF_GAP,
    Cell,
    Shelf,
    measure_shelf,
)
from analyzer.renderings.layers import Edge

SWEEPS = 12


class Point(Struct, frozen=True):
    """The middle of something, in points; y grows upwards, as in Graphviz."""

    x: float
    y: float


class Frame(Struct, frozen=True):
    """The frame around a group."""

    left: float
    bottom: float
    right: float
    top: float


class Placement(Struct, frozen=True):
    """Where everything stands."""

    points: dict[str, Point]
    frames: dict[str, Frame]
    """By the group's name."""


def place(shelves: Sequence[Shelf], *, edges: Sequence[Edge], cell: Cell) -> Placement:
    """Return coordinates for boxes and frames; the lowest frame stands on y = 0."""
    frames = _place_frames(shelves, cell)
    rows: list[tuple[list[str], Frame, float]] = []
    for shelf in shelves:
        for block in shelf:
            frame = frames[block.group.name]
            top = frame.top - HEADING - PADDING / 2 - cell.height / 2
            for level, members in enumerate(block.rows):
                rows.append((list(members), frame, top - level * (cell.height + cell.gap_y)))
    linked: dict[str, list[str]] = defaultdict(list)
    for importer, imported in edges:
        linked[importer].append(imported)
        linked[imported].append(importer)
    points = _place_boxes(rows, cell)
    best = dict(points)
    for sweep in range(SWEEPS):
        for row, frame, y in rows if sweep % 2 == 0 else reversed(rows):
            pull = {
                member: _mean([points[other].x for other in linked[member]] or [points[member].x])
                for member in row
            }
            row.sort(key=lambda member: (pull[member], points[member].x))
            points |= _place_boxes([(row, frame, y)], cell)
        if _length(points, edges) < _length(best, edges):
            best = dict(points)
    return Placement(best, frames)


def _place_frames(shelves: Sequence[Shelf], cell: Cell) -> dict[str, Frame]:
    """Stack shelves from the top down, each in the middle of the page."""
    frames: dict[str, Frame] = {}
    bottom = 0.0
    for shelf in reversed(shelves):
        total, height = measure_shelf(shelf, cell=cell)
        left, top = -total / 2, bottom + height
        for block in shelf:
            width, own_height = block.measure(cell)
            frames[block.group.name] = Frame(left, top - own_height, left + width, top)
            left += width + BLOCK_GAP
        bottom = top + SHELF_GAP
    return frames


def _place_boxes(
    rows: Sequence[tuple[Sequence[str], Frame, float]], cell: Cell
) -> dict[str, Point]:
    """Spread each row around the middle of its frame."""
    points: dict[str, Point] = {}
    step = cell.width + cell.gap_x
    for row, frame, y in rows:
        first = (frame.left + frame.right) / 2 - step * (len(row) - 1) / 2
        for number, member in enumerate(row):
            points[member] = Point(first + step * number, y)
    return points


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def _length(points: dict[str, Point], edges: Sequence[Edge]) -> float:
    return sum(abs(points[a].x - points[b].x) for a, b in edges)
