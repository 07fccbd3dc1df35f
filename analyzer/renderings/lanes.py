"""Where each line passes its gaps and meets its boxes.

A line runs straight through as many rows as it can, and lines that run side by side keep a distance
from each other. Those that have the longest way straight on choose first.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec import Struct

from analyzer.renderings.place import LANE, Rows
from analyzer.renderings.route import Way, clamp, find_limits

PORT_GAP = 12.0
CORNER = 16.0
"""Points at either end of a side where no line begins, besides what the shape needs."""
ENOUGH = 0.01

Site = tuple[str, int]
"""Where lines have to keep a distance: a side of a box, or a gap of a row."""


class Stretch(Struct):
    """A part of a way that runs straight on, past some sites."""

    way: Way
    first: int
    last: int
    """The steps of the way, from its upper box on."""
    low: float
    high: float


class _Sites:
    """What is taken at each site."""

    def __init__(self, rows: Rows, ways: Sequence[Way], insets: Callable[[str], float]) -> None:
        self._gaps = [find_limits(rows, row) for row in range(len(rows.parts))]
        self._rows = rows
        self._insets = insets
        self._taken: dict[Site, list[float]] = defaultdict(list)
        self._counts = Counter(self.site(way, step) for way in ways for step in range(len(way.xs)))

    def site(self, way: Way, step: int) -> Site:
        """Return the site of a step: 0 and -1 stand for the sides of a box, others for gaps."""
        if step == 0:
            return (way.upper, 0)
        if step == len(way.xs) - 1:
            return (way.lower, 0 if way.is_turn else -1)
        return (f"row {self._rows.row_of[way.upper] + step}", way.gaps[step - 1] + 1)

    def limits(self, way: Way, step: int) -> tuple[float, float]:
        """Return between what a line may pass there."""
        if 0 < step < len(way.xs) - 1:
            gap = self._gaps[self._rows.row_of[way.upper] + step][way.gaps[step - 1]]
            low, high = gap
            return gap if low <= high else ((low + high) / 2, (low + high) / 2)
        key = way.lower if step else way.upper
        half = max(self._rows.cell.width / 2 - CORNER - self._insets(key), 1.0)
        return self._rows.x[key] - half, self._rows.x[key] + half

    def distance(self, way: Way, step: int) -> float:
        """Return how far from each other lines are there: less where there are too many."""
        low, high = self.limits(way, step)
        wanted = PORT_GAP if step in (0, len(way.xs) - 1) else LANE
        others = self._counts[self.site(way, step)] - 1
        return min(wanted, (high - low) / others) if others else wanted

    def find_free(self, stretch: Stretch, wish: float) -> float | None:
        """Return the place nearest to the wish that is free at all sites of a stretch."""
        wish = clamp(wish, (stretch.low, stretch.high))
        closed = sorted(
            (x - distance + ENOUGH, x + distance - ENOUGH)
            for step in range(stretch.first, stretch.last + 1)
            for distance in [self.distance(stretch.way, step)]
            for x in self._taken[self.site(stretch.way, step)]
        )
        # Between what is closed, from the left, are the open places.
        best: float | None = None
        open_from = stretch.low
        for start, end in [*closed, (math.inf, math.inf)]:
            place = min(max(wish, open_from), start, stretch.high)
            is_open = open_from <= place <= start
            if is_open and (best is None or abs(place - wish) < abs(best - wish)):
                best = place
            open_from = max(open_from, end)
            if open_from > stretch.high:
                break
        return best

    def find_hole(self, stretch: Stretch) -> float:
        """Return the middle of the largest hole at the first site of a stretch."""
        taken = self._taken[self.site(stretch.way, stretch.first)]
        low, high = stretch.low, stretch.high
        edges = sorted([low, high, *(x for x in taken if low < x < high)])
        if not math.isfinite(edges[0]) or not math.isfinite(edges[-1]) or len(edges) < 2:
            return clamp(0.0, (low, high))
        left, right = max(pairwise(edges), key=lambda pair: pair[1] - pair[0])
        return (left + right) / 2

    def take(self, stretch: Stretch, place: float) -> None:
        """Put a stretch there."""
        for step in range(stretch.first, stretch.last + 1):
            stretch.way.xs[step] = place
            self._taken[self.site(stretch.way, step)].append(place)


def set_places(rows: Rows, ways: Sequence[Way], *, insets: Callable[[str], float]) -> None:
    """Give each way its place in every gap, and at its boxes."""
    for way in ways:
        start, end = rows.x[way.upper], rows.x[way.lower]
        steps = len(way.gaps) + 1
        way.xs = [start + (end - start) * step / steps for step in range(steps + 1)]
    sites = _Sites(rows, ways, insets)
    wishes: dict[tuple[int, int], float] = {}
    stretches: list[Stretch] = []
    for way in ways:
        own = _cut(way, sites)
        stretches += own
        wishes |= _find_wishes(rows, way, own)
    stretches.sort(key=lambda one: (one.first - one.last, one.way.number, one.first))
    for stretch in stretches:
        wish = wishes[stretch.way.number, stretch.first]
        place = sites.find_free(stretch, wish)
        if place is not None:
            sites.take(stretch, place)
            continue
        for step in range(stretch.first, stretch.last + 1):
            low, high = sites.limits(stretch.way, step)
            single = Stretch(stretch.way, step, step, low, high)
            place = sites.find_free(single, wish)
            sites.take(single, sites.find_hole(single) if place is None else place)
    _untangle(ways, sites)


def _cut(way: Way, sites: _Sites) -> list[Stretch]:
    """Return the fewest straight parts that a way can consist of."""
    if way.is_turn:
        return [Stretch(way, step, step, *sites.limits(way, step)) for step in (0, 1)]
    stretches: list[Stretch] = []
    for step in range(len(way.xs)):
        low, high = sites.limits(way, step)
        if stretches:
            last = stretches[-1]
            both = max(low, last.low), min(high, last.high)
            if both[0] <= both[1]:
                last.last, last.low, last.high = step, *both
                continue
        stretches.append(Stretch(way, step, step, low, high))
    return stretches


def _find_wishes(
    rows: Rows, way: Way, stretches: Sequence[Stretch]
) -> dict[tuple[int, int], float]:
    """Return where the parts of a way wish to be: towards the parts before and after them."""
    places = [
        clamp((rows.x[way.upper] + rows.x[way.lower]) / 2, (one.low, one.high)) for one in stretches
    ]
    if len(stretches) == 1:
        # Straight down: as near to the middle of both boxes as can be.
        return {(way.number, 0): places[0]}
    for _ in range(2):
        for number, one in enumerate(stretches):
            near = places[max(number - 1, 0) : number] + places[number + 1 : number + 2]
            places[number] = clamp(sum(near) / len(near), (one.low, one.high))
    return {(way.number, one.first): place for one, place in zip(stretches, places, strict=True)}


def _untangle(ways: Sequence[Way], sites: _Sites) -> None:
    """Let lines that turn off at once leave a box in the order in which they turn."""
    bending: dict[Site, list[tuple[Way, int]]] = defaultdict(list)
    for way in ways:
        for step, near in ((0, 1), (len(way.xs) - 1, -2)):
            if abs(way.xs[step] - way.xs[near]) > ENOUGH:
                bending[sites.site(way, step)].append((way, step))
    for ends in bending.values():
        places = sorted(way.xs[step] for way, step in ends)
        ends.sort(key=lambda end: (end[0].xs[1 if end[1] == 0 else -2], end[0].number))
        for (way, step), place in zip(ends, places, strict=True):
            way.xs[step] = place
