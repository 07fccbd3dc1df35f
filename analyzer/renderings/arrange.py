"""Which row of a picture each box stands in, so that the picture fits a page.

Graphviz's `dot` puts everything that is not linked into one endless row. So the rows are decided here:
a group of boxes (a cluster) is wrapped into rows, groups stand on shelves one above the other, users
above what they use, and of all numbers of columns the one is taken that comes nearest to a page's
proportions. Which box stands where within its row is left to `dot`, which crosses few lines.

The costs grow with (boxes + edges) times the number of columns that are tried, at most 24.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Edge = tuple[str, str]
"""Importer first."""

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
BEST_RATIO = 1.25
"""Width to height: fits both a portrait and a landscape page, and a screen."""
WORST_RATIOS = (0.6, 2.3)
"""Beyond these, in-group edges may also run within a row."""


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes that stand together."""

    name: str
    members: tuple[str, ...]
    is_apart: bool = False
    """Whether it shares a shelf only with groups that it is not linked with."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What every box takes, in points."""

    width: float
    height: float
    gap_x: float
    gap_y: float


@dataclass(frozen=True, slots=True)
class Block:
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
        return width + 2 * PADDING, height + HEADING + 1.5 * PADDING


@dataclass(frozen=True, slots=True)
class Layers:
    """A group's boxes by where they want to stand."""

    top: Sequence[str]
    """Linked only with groups above."""
    linked: Sequence[Sequence[str]]
    """Linked within the group; users in an earlier layer than what they use."""
    middle: Sequence[str]
    bottom: Sequence[str]
    """Linked only with groups below."""


Shelf = tuple[Block, ...]
"""Blocks side by side; few edges run between them."""


def arrange(groups: Sequence[Group], *, edges: Sequence[Edge], cell: Cell) -> tuple[Shelf, ...]:
    """Return the groups on shelves, in the proportions of a page.

    Groups keep their order. Empty groups are left out.
    """
    groups = [group for group in groups if group.members]
    boxes = sum(len(group.members) for group in groups)
    home = {member: group.name for group in groups for member in group.members}
    layers = {
        group.name: _find_layers(group, edges=edges, order=_order_groups_by(groups), home=home)
        for group in groups
    }
    best: tuple[float, tuple[Shelf, ...]] = (math.inf, ())
    for is_flat in (False, True):
        for columns in range(1, min(boxes, MAX_COLUMNS) + 1):
            shelves = _stack(
                groups, layers, columns=columns, is_flat=is_flat, edges=edges, home=home
            )
            ratio = _measure_ratio(shelves, cell=cell)
            best = min(best, (abs(math.log(ratio / BEST_RATIO)), shelves), key=lambda pair: pair[0])
            lowest, highest = WORST_RATIOS
        if lowest <= _measure_ratio(best[1], cell=cell) <= highest:
            break
    return best[1]


def order_groups(names: Iterable[str], *, edges: Iterable[Edge]) -> list[str]:
    """Return group names so that few edges run upwards; where they leave it open, as given.

    `edges` are between groups, one entry for each edge. Neighbours in the order change places as long
    as that turns more edges down than up; each such step lessens the number of upward edges.
    """
    order = list(names)
    weight = Counter(edges)
    changed = True
    while changed:
        changed = False
        for i in range(len(order) - 1):
            upper, lower = order[i], order[i + 1]
            if weight[lower, upper] > weight[upper, lower]:
                order[i], order[i + 1] = lower, upper
                changed = True
    return order


def _order_groups_by(groups: Sequence[Group]) -> dict[str, int]:
    return {group.name: rank for rank, group in enumerate(groups)}


def _find_layers(
    group: Group, *, edges: Sequence[Edge], order: dict[str, int], home: dict[str, str]
) -> Layers:
    """Return the group's boxes in layers: users above what they use.

    A box that is linked only with other groups stands on the side where they are; one that is not
    linked at all stands in between, where no line has to pass it.
    """
    rank = order[group.name]
    inner: dict[str, list[str]] = defaultdict(list)
    linked: set[str] = set()
    pull: Counter[str] = Counter()
    for importer, imported in edges:
        if home[importer] == home[imported] == group.name:
            if importer != imported:
                inner[importer].append(imported)
                linked |= {importer, imported}
        elif home[importer] == group.name:
            pull[importer] += 1 if order[home[imported]] > rank else -1
        elif home[imported] == group.name:
            pull[imported] += 1 if order[home[importer]] > rank else -1
    depth = _measure_depths([m for m in group.members if m in linked], inner)
    layers: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for member, level in depth.items():
        layers[level].append(member)
    free: tuple[list[str], list[str], list[str]] = ([], [], [])
    for member in group.members:
        if member not in linked:
            free[(pull[member] > 0) - (pull[member] < 0) + 1].append(member)
    return Layers(top=free[0], linked=layers, middle=free[1], bottom=free[2])


def _measure_depths(members: Sequence[str], inner: dict[str, list[str]]) -> dict[str, int]:
    """Return for each member the length of the longest way to it, cycles cut where they close."""
    finished: dict[str, None] = {}
    open_members: set[str] = set()
    forward: list[Edge] = []
    for start in members:
        if start in finished:
            continue
        stack = [(start, iter(inner[start]))]
        open_members.add(start)
        while stack:
            member, targets = stack[-1]
            for target in targets:
                if target in open_members:
                    continue
                forward.append((member, target))
                if target not in finished:
                    open_members.add(target)
                    stack.append((target, iter(inner[target])))
                    break
            else:
                open_members.discard(member)
                finished[member] = None
                stack.pop()
    depth = dict.fromkeys(members, 0)
    followers: dict[str, list[str]] = defaultdict(list)
    for importer, imported in forward:
        followers[importer].append(imported)
    for member in reversed(finished):
        for follower in followers[member]:
            depth[follower] = max(depth[follower], depth[member] + 1)
    return depth


def _stack(
    groups: Sequence[Group],
    layers: dict[str, Layers],
    *,
    columns: int,
    is_flat: bool,
    edges: Sequence[Edge],
    home: dict[str, str],
) -> tuple[Shelf, ...]:
    """Put each group on a shelf of its own, or beside the one before where that saves height."""
    between = Counter(frozenset((home[a], home[b])) for a, b in edges)
    shelves: list[Shelf] = []
    for group in groups:
        block = _wrap(group, layers[group.name], columns=columns, is_flat=is_flat)
        if shelves:
            last = shelves[-1]
            apart = all(
                between[frozenset((block.group.name, group.name))] <= _tolerance(block.group, group)
                for block in last
            )
            joined = apart and _join(
                [b.group for b in last] + [group], layers, columns=columns, is_flat=is_flat
            )
            if joined and _height(joined) < _height(last) + len(block.rows):
                shelves[-1] = joined
                continue
        shelves.append((block,))
    return tuple(shelves)


def _tolerance(one: Group, other: Group) -> int:
    """Return how many edges may run between two groups side by side."""
    return 0 if one.is_apart or other.is_apart else min(len(one.members), len(other.members))


def _join(
    groups: Sequence[Group], layers: dict[str, Layers], *, columns: int, is_flat: bool
) -> Shelf | None:
    """Return the groups side by side in as few rows as `columns` allow, None where they do not fit."""
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
    before: list[list[str]] = []
    after: list[list[str]] = []
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
        before, after = _chunk([*top, *bottom], columns), []
    else:
        before, after = _chunk(top, columns), _chunk(bottom, columns)
    return Block(group, tuple(map(tuple, [*before, *rows, *after])))


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


def _measure_ratio(shelves: Sequence[Shelf], *, cell: Cell) -> float:
    """Return the page's width to its height."""
    sizes = [measure_shelf(shelf, cell=cell) for shelf in shelves]
    height = sum(height + SHELF_GAP for _, height in sizes) + MARGINS
    return max((width for width, _ in sizes), default=1.0) / height
