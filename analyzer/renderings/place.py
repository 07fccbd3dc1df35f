"""Where each box stands within its row, and how wide the frames are.

Within a row, boxes move towards those they are linked with: the barycentre method of Sugiyama,
Tagawa and Toda (1981), of which the sweep with the shortest lines is kept. Each stands as near to
them as the others let it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from analyzer.renderings.arrange import BLOCK_GAP, PADDING, Block, Cell, Shelf
from analyzer.renderings.geometry import spread
from analyzer.renderings.layers import Edge

SWEEPS = 16

Loads = Mapping[str, int]
"""How many lines pass between a box and the one to the right of it."""
LANE = 8.0
"""Points between two lines side by side."""


class Rows:
    """All rows of a picture from the top, each over all the frames beside each other."""

    def __init__(self, shelves: Sequence[Shelf], *, cell: Cell) -> None:
        self.cell = cell
        self.shelves = shelves
        self.parts: list[list[tuple[Block, list[str]]]] = []
        """Of each row, what belongs to which block."""
        self.first: dict[str, int] = {}
        """The first row of each group, and the last one."""
        self.last: dict[str, int] = {}
        for shelf in shelves:
            start = len(self.parts)
            for level in range(max(len(block.rows) for block in shelf)):
                self.parts.append(
                    [(block, list(block.rows[level])) for block in shelf if level < len(block.rows)]
                )
            for block in shelf:
                self.first[block.group.name] = start
                self.last[block.group.name] = start + len(block.rows) - 1
        self.left: dict[str, float] = {}
        """The sides of each group's frame."""
        self.right: dict[str, float] = {}
        self.x: dict[str, float] = {}
        self.row_of = {
            key: number
            for number, parts in enumerate(self.parts)
            for _, keys in parts
            for key in keys
        }

    def keys(self, row: int) -> list[str]:
        """Return the boxes of a row, from the left."""
        return [key for _, keys in self.parts[row] for key in keys]

    def gap_after(self, key: str, loads: Loads) -> float:
        """Return the points that have to stay free to the right of a box."""
        return max(self.cell.gap_x, LANE * (loads.get(key, 0) + 1))

    def set_frames(self, loads: Loads) -> None:
        """Give each frame the width that its widest row needs; shelves stand in the middle."""
        for shelf in self.shelves:
            widths = [self._width_of(block, loads) for block in shelf]
            spaces = [self._space_after(block, loads) for block in shelf[:-1]]
            left = -(sum(widths) + sum(spaces)) / 2
            for block, width, space in zip(shelf, widths, [*spaces, 0.0], strict=True):
                self.left[block.group.name] = left
                self.right[block.group.name] = left + width
                left += width + space

    def _rows_of(self, block: Block) -> list[list[str]]:
        name = block.group.name
        return [
            keys
            for parts in self.parts[self.first[name] : self.last[name] + 1]
            for own, keys in parts
            if own is block
        ]

    def _width_of(self, block: Block, loads: Loads) -> float:
        widest = max(
            self.cell.width * len(keys) + sum(self.gap_after(key, loads) for key in keys[:-1])
            for keys in self._rows_of(block)
        )
        return 2 * PADDING + max(widest, block.group.least_width)

    def _space_after(self, block: Block, loads: Loads) -> float:
        lines = max(loads.get(keys[-1], 0) for keys in self._rows_of(block))
        return BLOCK_GAP + LANE * lines + (2 * PADDING if block.group.outer else 0)

    def align(self, row: int, wishes: Mapping[str, float], loads: Loads) -> None:
        """Put the boxes of a row where they wish to be, as far as there is room."""
        margin = PADDING + self.cell.width / 2
        for block, keys in self.parts[row]:
            gaps = [self.cell.width + self.gap_after(key, loads) for key in keys]
            places = spread(
                [wishes[key] for key in keys],
                gaps=[0.0, *gaps[:-1]],
                low=self.left[block.group.name] + margin,
                high=self.right[block.group.name] - margin,
            )
            self.x.update(zip(keys, places, strict=True))


def order_rows(shelves: Sequence[Shelf], *, edges: Sequence[Edge], cell: Cell) -> Rows:
    """Return the rows, each ordered so that lines are short, with every box in its place."""
    rows = Rows(shelves, cell=cell)
    linked: dict[str, list[str]] = defaultdict(list)
    for importer, imported in edges:
        linked[importer].append(imported)
        linked[imported].append(importer)
    rows.set_frames({})
    for row, parts in enumerate(rows.parts):
        rows.align(row, _centre(rows, parts), {})
    best = (_length(rows.x, edges), _snapshot(rows))
    numbers = range(len(rows.parts))
    for sweep in range(SWEEPS):
        for row in numbers if sweep % 2 == 0 else reversed(numbers):
            pull = _pull(rows, row, linked, side=_SIDES[sweep % len(_SIDES)])
            for _, keys in rows.parts[row]:
                keys.sort(key=lambda key: (pull[key], rows.x[key]))
            rows.align(row, pull, {})
        best = min(best, (_length(rows.x, edges), _snapshot(rows)), key=lambda pair: pair[0])
    order, places = best[1]
    for parts, ordered in zip(rows.parts, order, strict=True):
        for (_, keys), own in zip(parts, ordered, strict=True):
            keys[:] = own
    rows.x.update(places)
    return rows


def widen(rows: Rows, *, edges: Sequence[Edge], loads: Loads) -> None:
    """Make room for the lines between boxes, and align the boxes anew in their order."""
    linked: dict[str, list[str]] = defaultdict(list)
    for importer, imported in edges:
        linked[importer].append(imported)
        linked[imported].append(importer)
    rows.set_frames(loads)
    for row, parts in enumerate(rows.parts):
        rows.align(row, {key: rows.x[key] for _, keys in parts for key in keys}, loads)
    for sweep in range(4):
        numbers = range(len(rows.parts))
        for row in numbers if sweep % 2 == 0 else reversed(numbers):
            rows.align(row, _pull(rows, row, linked, side=0), loads)


_SIDES = (0, -1, 0, 1)
"""Towards whom a row moves, sweep by sweep: all, those above, all, those below."""


def _pull(rows: Rows, row: int, linked: Mapping[str, list[str]], *, side: int) -> dict[str, float]:
    """Return for each box of a row the middle of those that it is linked with."""
    pull = {}
    for key in rows.keys(row):
        others = linked.get(key, [])
        if side:
            others = [one for one in others if (rows.row_of[one] - row) * side > 0] or others
        pull[key] = _mean([rows.x[one] for one in others] or [rows.x[key]])
    return pull


def _centre(rows: Rows, parts: Sequence[tuple[Block, list[str]]]) -> dict[str, float]:
    wishes = {}
    step = rows.cell.width + rows.cell.gap_x
    for block, keys in parts:
        middle = (rows.left[block.group.name] + rows.right[block.group.name]) / 2
        first = middle - step * (len(keys) - 1) / 2
        wishes.update({key: first + step * number for number, key in enumerate(keys)})
    return wishes


def _snapshot(rows: Rows) -> tuple[list[list[list[str]]], dict[str, float]]:
    return [[list(keys) for _, keys in parts] for parts in rows.parts], dict(rows.x)


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def _length(x: Mapping[str, float], edges: Sequence[Edge]) -> float:
    return sum(abs(x[a] - x[b]) for a, b in edges)
