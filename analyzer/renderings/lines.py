"""Lines as they are drawn: with round corners, and with a place for the text of each.

A text stands on its own line where it covers no box, no other text and as few other lines as it
can.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from analyzer.renderings.geometry import Frame, Point, frame_around

RADIUS = 6.0
ROUND = 0.55
"""Of the way to the corner, where the curve's handles stand: near enough to a quarter circle."""
TILE = 48.0
STEP = 7.0
"""Points between two places that are tried for a text."""
CLEAR = 12.0
"""Points at either end of a line that stay free of text: there is the arrowhead."""
LABEL_MARGIN = 1.0
MOST_TRIED = 60
"""Places that are tried for one text."""

Polyline = Sequence[Point]


def round_corners(points: Polyline) -> list[Point]:
    """Return the control points of Bézier curves along a polyline: one, and three a piece."""
    points = _without_stops(points)
    curve = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(RADIUS, _distance(before, corner) / 2, _distance(corner, after) / 2)
        start, end = _towards(corner, before, radius), _towards(corner, after, radius)
        curve += [curve[-1], start, start]
        curve += [_towards(start, corner, radius * ROUND), _towards(end, corner, radius * ROUND)]
        curve.append(end)
    return [*curve, curve[-1], points[-1], points[-1]]


def cut_end(points: Polyline, length: float) -> list[Point]:
    """Return the polyline without its last points, where the arrowhead is."""
    *others, before, last = points
    length = min(length, _distance(before, last) * 0.9)
    return [*others, before, _towards(last, before, length)]


def _without_stops(points: Polyline) -> list[Point]:
    kept = [points[0]]
    for point in points[1:]:
        if _distance(kept[-1], point) > 0.05:
            kept.append(point)
    return kept if len(kept) > 1 else [points[0], points[-1]]


def _towards(start: Point, end: Point, length: float) -> Point:
    whole = _distance(start, end)
    share = length / whole if whole else 0.0
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)


def _distance(one: Point, other: Point) -> float:
    return math.hypot(one.x - other.x, one.y - other.y)


class LabelPlacer:
    """Finds places for texts on lines."""

    def __init__(self, obstacles: Iterable[Frame], lines: Mapping[int, Polyline]) -> None:
        self._lines = lines
        self._taken: dict[tuple[int, int], list[Frame]] = defaultdict(list)
        self._segments: dict[tuple[int, int], list[tuple[int, Frame]]] = defaultdict(list)
        for obstacle in obstacles:
            self._take(obstacle)
        for number, points in lines.items():
            for one, other in pairwise(points):
                frame = Frame(
                    min(one.x, other.x),
                    min(one.y, other.y),
                    max(one.x, other.x),
                    max(one.y, other.y),
                )
                for tile in _tiles(frame):
                    self._segments[tile].append((number, frame))

    def place(self, number: int, *, width: float, height: float) -> Point | None:
        """Return the middle of the text of a line, None where there is no room for it."""
        best: tuple[tuple[int, int], Point, Frame] | None = None
        candidates = islice(_candidates(self._lines[number], width), MOST_TRIED)
        for order, point in enumerate(candidates):
            frame = frame_around(point, width=width, height=height)
            if self._is_taken(frame):
                continue
            rank = (self._count_crossed(number, frame), order)
            if best is None or rank < best[0]:
                best = (rank, point, frame)
            if rank[0] == 0:
                break
        if best is None:
            return None
        self._take(best[2])
        return best[1]

    def _take(self, frame: Frame) -> None:
        for tile in _tiles(frame):
            self._taken[tile].append(frame)

    def _is_taken(self, frame: Frame) -> bool:
        return any(
            frame.overlaps(other, margin=LABEL_MARGIN)
            for tile in _tiles(frame)
            for other in self._taken.get(tile, ())
        )

    def _count_crossed(self, number: int, frame: Frame) -> int:
        return len(
            {
                other
                for tile in _tiles(frame)
                for other, segment in self._segments.get(tile, ())
                if other != number and segment.overlaps(frame)
            }
        )


def _tiles(frame: Frame) -> Iterator[tuple[int, int]]:
    for column in range(math.floor(frame.left / TILE), math.floor(frame.right / TILE) + 1):
        for row in range(math.floor(frame.bottom / TILE), math.floor(frame.top / TILE) + 1):
            yield column, row


def _candidates(points: Polyline, width: float) -> Iterator[Point]:
    """Yield places along a line, from the middle of the pieces that run sideways outwards."""
    pieces = list(pairwise(points))
    sideways = [(a, b) for a, b in pieces if a.y == b.y and abs(a.x - b.x) >= width + 2]
    others = [piece for piece in pieces if piece not in sideways]
    for one, other in [*sideways, *others]:
        length = _distance(one, other)
        room = length / 2 - CLEAR if (one, other) in others else (length - width) / 2
        if room < 0:
            continue
        middle = Point((one.x + other.x) / 2, (one.y + other.y) / 2)
        yield middle
        for step in range(1, int(room / STEP) + 1):
            yield _towards(middle, one, step * STEP)
            yield _towards(middle, other, step * STEP)
