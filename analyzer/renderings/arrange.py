"""Which row of a picture each box stands in, so that the picture fits a page.

Graphviz's `dot` puts everything that is not linked into one endless row. So the rows are decided
here: a group of boxes (a cluster) is wrapped into rows, groups stand on shelves one above another,
users above what they use. Of all numbers of columns the one is taken that comes nearest to a page's
proportions. What stands where within its row is decided in `place`.

The costs grow with (boxes + edges) times the number of columns that are tried, at most 24.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from analyzer.renderings.layers import Edge, Group, Layers, find_layers

PADDING = 12.0
"""Points between the frame of a group and its boxes."""
HEADING = 18.0
"""Height of a group's label."""
BLOCK_GAP = 24.0
"""Between two groups side by side."""
SHELF_GAP = 34.0
"""Between two shelves: lines turn there."""
MARGINS = 130.0
"""Height of title and legend together."""

MAX_COLUMNS = 24
BEST_RATIO = 1.1
"""Width to height: fits both a portrait and a landscape page, and a screen."""
WORST_RATIOS = (0.6, 2.3)
"""Beyond these, in-group edges may also run within a row."""
BEST_WIDTH = 1250.0
"""Points: the names are still read where a wider picture is made to fit a page or a screen."""
TOO_WIDE = 700.0
"""Points beyond the best width that are as bad as proportions that are wrong by e."""
BEST_BOXES = 50
"""With more of them the best width grows, or the picture would be a ribbon."""


class Cell(Struct, frozen=True):
    """What every box takes, in points."""

    width: float
    height: float
    gap_x: float
    gap_y: float
    lift: float = 0.0
    """What stands out above and below a box, at most."""


class Block(Struct, frozen=True):
    """A group wrapped into rows; the first row is the top one."""

    group: Group
    rows: tuple[tuple[str, ...], ...]

    @property
    def width(self) -> int:
        """The number of boxes in the longest row."""
        return max(map(len, self.rows))

    def measure(self, cell: Cell) -> tuple[float, float]:
        """Return width and height of the frame, in points."""
        width = self.width * (cell.width + cell.gap_x) - cell.gap_x
        height = len(self.rows) * (cell.height + cell.gap_y) - cell.gap_y
        return width + 2 * PADDING, height + HEADING + 1.5 * PADDING + 2 * cell.lift


Shelf = tuple[Block, ...]
"""Blocks side by side; few edges run between them."""


def arrange(groups: Sequence[Group], *, edges: Sequence[Edge], cell: Cell) -> tuple[Shelf, ...]:
    """Return the groups on shelves, in the proportions of a page.

    Groups keep their order. Empty groups are left out.
    """
    groups = [group for group in groups if group.members]
    boxes = sum(len(group.members) for group in groups)
    if len(groups) == 1 and (chain := _find_chain(edges, boxes=boxes)):
        # A straight line is read at once, however long and thin it is.
        return ((_block(groups[0], [[one] for one in chain]),),)
    home = {member: group.name for group in groups for member in group.members}
    ranks = {group.name: rank for rank, group in enumerate(groups)}
    layers = {
        group.name: find_layers(group, edges=edges, ranks=ranks, home=home) for group in groups
    }
    between = Counter(frozenset((home[a], home[b])) for a, b in edges)
    best: tuple[float, tuple[Shelf, ...]] = (math.inf, ())
    for is_flat in (False, True):
        for columns in range(1, min(boxes, MAX_COLUMNS) + 1):
            shelves = _stack(groups, layers, columns=columns, is_flat=is_flat, between=between)
            best = min(
                best, (_judge(shelves, cell=cell, boxes=boxes), shelves), key=lambda pair: pair[0]
            )
        lowest, highest = WORST_RATIOS
        if lowest <= _measure_ratio(best[1], cell=cell) <= highest:
            break
    return best[1]


def _find_chain(edges: Sequence[Edge], *, boxes: int) -> list[str]:
    """Return the boxes along the only way through all of them; empty where there is none."""
    following = dict(edges)
    if len(edges) != boxes - 1 or len(following) != len(edges):
        return []
    starts = set(following) - set(following.values())
    if len(starts) != 1:
        return []
    chain = [starts.pop()]
    # A way that comes round would never end.
    while chain[-1] in following and len(chain) <= boxes:
        chain.append(following[chain[-1]])
    return chain if len(chain) == boxes else []


def _stack(
    groups: Sequence[Group],
    layers: dict[str, Layers],
    *,
    columns: int,
    is_flat: bool,
    between: Counter[frozenset[str]],
) -> tuple[Shelf, ...]:
    """Put each group on a shelf of its own, or beside the one before where that saves height.

    What stands in an outer frame shares no shelf with what does not, but an outer frame that is one
    shelf high may stand beside another one.
    """
    sections: list[list[Shelf]] = []
    for group in groups:
        block = _wrap(group, layers[group.name], columns=columns, is_flat=is_flat)
        if not sections or sections[-1][0][0].group.outer != group.outer or group.is_fixed:
            sections.append([(block,)])
            continue
        last = sections[-1][-1]
        apart = all(
            between[frozenset((block.group.name, group.name))] <= _tolerance(block.group, group)
            for block in last
        )
        joined = apart and _join(
            [b.group for b in last] + [group], layers, columns=columns, is_flat=is_flat
        )
        if joined and _height(joined) < _height(last) + len(block.rows):
            sections[-1][-1] = joined
        else:
            sections[-1].append((block,))
    shelves: list[Shelf] = []
    can_join = False
    for section in sections:
        is_small = len(section) == 1 and bool(section[0][0].group.outer)
        if can_join and is_small and _width(shelves[-1]) + _width(section[0]) <= columns:
            shelves[-1] += section[0]
        else:
            shelves.extend(section)
        can_join = is_small
    return tuple(shelves)


def _width(shelf: Shelf) -> int:
    return sum(block.width for block in shelf)


def _tolerance(one: Group, other: Group) -> int:
    """Return how many edges may run between two groups side by side."""
    return 0 if one.is_apart or other.is_apart else min(len(one.members), len(other.members))


def _join(
    groups: Sequence[Group], layers: dict[str, Layers], *, columns: int, is_flat: bool
) -> Shelf | None:
    """Return the groups side by side in as few rows as fit `columns`, None where none do."""
    best: Shelf | None = None
    for limit in range(1, max(len(group.members) for group in groups) + 1):
        blocks: list[Block] = []
        for group in groups:
            fitting = (
                _wrap(group, layers[group.name], columns=width, is_flat=is_flat)
                for width in range(1, columns + 1)
            )
            block = next((block for block in fitting if len(block.rows) <= limit), None)
            if block is None:
                break
            blocks.append(block)
        if len(blocks) == len(groups) and sum(block.width for block in blocks) <= columns:
            best = tuple(blocks)
            break
    return best


def _wrap(group: Group, layers: Layers, *, columns: int, is_flat: bool) -> Block:
    """Break layers into rows of at most `columns` boxes, and fill short rows up."""
    rows: list[list[str]] = []
    linked = [[m for layer in layers.linked for m in layer]] if is_flat else layers.linked
    for layer in linked:
        rows.extend(_chunk(layer, columns))
    top, bottom = list(layers.top), [*layers.middle, *layers.bottom]
    for row in rows:
        take = min(columns - len(row), len(top))
        row.extend(top[:take])
        del top[:take]
    for row in reversed(rows):
        take = min(columns - len(row), len(bottom))
        row.extend(bottom[len(bottom) - take :])
        del bottom[len(bottom) - take :]
    if not rows:
        return _block(group, _chunk([*top, *bottom], columns))
    return _block(group, [*_chunk(top, columns), *rows, *_chunk(bottom, columns)])


def _block(group: Group, rows: Sequence[Sequence[str]]) -> Block:
    return Block(group, tuple(map(tuple, rows)))


def _chunk(members: Sequence[str], columns: int) -> list[list[str]]:
    """Break a list into rows of nearly equal length."""
    if not members:
        return []
    length = math.ceil(len(members) / math.ceil(len(members) / columns))
    return [list(members[i : i + length]) for i in range(0, len(members), length)]


def _height(shelf: Shelf) -> int:
    return max(len(block.rows) for block in shelf)


def measure_shelf(shelf: Shelf, *, cell: Cell) -> tuple[float, float]:
    """Return width and height of a shelf, in points."""
    sizes = [block.measure(cell) for block in shelf]
    return sum(w + BLOCK_GAP for w, _ in sizes) - BLOCK_GAP, max(height for _, height in sizes)


def _judge(shelves: Sequence[Shelf], *, cell: Cell, boxes: int) -> float:
    """Return how far a picture is from the best proportions, and from the best width."""
    width = max((measure_shelf(shelf, cell=cell)[0] for shelf in shelves), default=1.0)
    ratio = _measure_ratio(shelves, cell=cell)
    best_width = BEST_WIDTH * max(1.0, math.sqrt(boxes / BEST_BOXES))
    return abs(math.log(ratio / BEST_RATIO)) + max(0.0, width - best_width) / TOO_WIDE


def _measure_ratio(shelves: Sequence[Shelf], *, cell: Cell) -> float:
    """Return the page's width to its height."""
    sizes = [measure_shelf(shelf, cell=cell) for shelf in shelves]
    height = sum(height + SHELF_GAP for _, height in sizes) + MARGINS
    return max((width for width, _ in sizes), default=1.0) / height
