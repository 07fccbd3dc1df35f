"""Which way each line takes: between which boxes it passes the rows, and where it meets its boxes.

A line leaves a box at the bottom and enters the next one at the top, or the other way round where
it runs upwards; in the rows between it passes through gaps, never over a box. Which gaps are best
is a shortest way from row to row, where a full gap costs a detour. Where exactly it passes them is
decided in `lanes`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from analyzer.renderings.layers import Edge
from analyzer.renderings.place import LANE, Rows

NEAR = 6
"""Gaps of a row that are tried, the nearest to the straight line."""
MARGIN = 7.0
"""Points between a line and a box that it passes."""
CROWDED = 12.0
"""Points of detour that are better than one more line in a full gap."""


class Way(Struct):
    """The way of one line, from the upper box to the lower one; filled in step by step."""

    number: int
    """Of its edge."""
    upper: str
    lower: str
    is_up: bool
    """Whether the edge runs from the lower one to the upper one."""
    is_turn: bool
    """Whether both stand in the same row, so that the line turns below it."""
    gaps: list[int]
    """Of each row between them: how many boxes stand to the left."""
    xs: list[float]
    """Where it passes: at the upper box, in each row between, at the lower box."""


class Flat(Struct, frozen=True):
    """A line between two neighbours in a row, from side to side."""

    number: int
    start: str
    end: str


def find_ways(
    rows: Rows, edges: Sequence[Edge], *, keep_apart: Collection[int] = ()
) -> tuple[list[Way], list[Flat]]:
    """Return a way for each edge, the gaps chosen; none of `keep_apart` runs from side to side."""
    ways: list[Way] = []
    flats: list[Flat] = []
    place_in_row = {
        key: place for row in range(len(rows.parts)) for place, key in enumerate(rows.keys(row))
    }
    pairs = set(edges)
    for number, (start, end) in enumerate(edges):
        first, last = rows.row_of[start], rows.row_of[end]
        is_single = (end, start) not in pairs and number not in keep_apart
        if first == last and is_single and abs(place_in_row[start] - place_in_row[end]) == 1:
            flats.append(Flat(number, start, end))
            continue
        is_up = first > last
        upper, lower = (end, start) if is_up else (start, end)
        ends = [rows.x[upper], rows.x[lower]]
        ways.append(Way(number, upper, lower, is_up, first == last, [], ends))
    filled: Counter[tuple[int, int]] = Counter()
    for way in sorted(ways, key=lambda way: (_rows_between(rows, way), way.number)):
        _choose_gaps(rows, way, filled)
    return ways, flats


def count_loads(rows: Rows, ways: Iterable[Way]) -> Counter[str]:
    """Return how many lines pass to the right of each box that is not the last of its row."""
    loads: Counter[str] = Counter()
    for way in ways:
        for row, gap in enumerate(way.gaps, start=rows.row_of[way.upper] + 1):
            keys = rows.keys(row)
            if 0 < gap < len(keys):
                loads[keys[gap - 1]] += 1
    return loads


def _rows_between(rows: Rows, way: Way) -> int:
    return rows.row_of[way.lower] - rows.row_of[way.upper]


def find_limits(rows: Rows, row: int) -> list[tuple[float, float]]:
    """Return the gaps of a row, from the left."""
    half = rows.cell.width / 2 + MARGIN
    sides = [-math.inf]
    for key in rows.keys(row):
        sides += [rows.x[key] - half, rows.x[key] + half]
    sides.append(math.inf)
    return list(zip(sides[::2], sides[1::2], strict=True))


def _choose_gaps(rows: Rows, way: Way, filled: Counter[tuple[int, int]]) -> None:
    first, last = rows.row_of[way.upper], rows.row_of[way.lower]
    start, end = way.xs
    # For each gap of the row that was reached: cost, place, and the gaps on the way there.
    reached: list[tuple[float, float, tuple[int, ...]]] = [(0.0, start, ())]
    for row in range(first + 1, last):
        straight = start + (end - start) * (row - first) / (last - first)
        limits = find_limits(rows, row)
        near = sorted(
            range(len(limits)), key=lambda gap: abs(clamp(straight, limits[gap]) - straight)
        )[:NEAR]
        following = []
        for gap in near:
            low, high = limits[gap]
            room = max((high - low) / LANE, 0.0) if math.isfinite(high - low) else math.inf
            crowd = CROWDED * max(0.0, filled[row, gap] + 1 - room)
            options = []
            for cost, x, gaps in reached:
                wish = x + (end - x) / (last - row + 1)
                place = clamp(wish, (low, high))
                options.append((cost + abs(place - x) + crowd, place, (*gaps, gap)))
            following.append(min(options))
        reached = following
    best = min(reached, key=lambda one: (one[0] + abs(one[1] - end), one[2]))
    way.gaps = list(best[2])
    for row, gap in enumerate(way.gaps, start=first + 1):
        filled[row, gap] += 1


def clamp(x: float, limits: tuple[float, float]) -> float:
    """Return the place within limits that is nearest; the middle where they are crossed."""
    low, high = limits
    return (low + high) / 2 if low > high else min(max(x, low), high)
