"""Who stands above whom: the order of groups, and of the boxes within a group."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

Edge = tuple[str, str]
"""Importer first."""


class Group(Struct, frozen=True):
    """Boxes that stand together."""

    name: str
    """Unique in the picture."""
    members: tuple[str, ...]
    label: str = ""
    """What stands above it; without one it has no frame."""
    outer: str = ""
    """The label of a frame around this one and others beside it; empty where there is none."""
    is_apart: bool = False
    """Whether it shares a shelf only with groups that it is not linked with."""
    is_context: bool = False
    """Whether it holds what is only linked with what was asked for."""
    is_fixed: bool = False
    """Whether it stands alone on its shelf."""
    least_width: float = 0.0
    """Points that its frame takes even where its boxes need less: there is its label."""


class Layers(Struct, frozen=True):
    """A group's boxes by where they want to stand."""

    top: Sequence[str]
    """Linked only with groups above."""
    linked: Sequence[Sequence[str]]
    """Linked within the group; users in an earlier layer than what they use."""
    middle: Sequence[str]
    bottom: Sequence[str]
    """Linked only with groups below."""


MOST_IMPROVED = 24
"""Groups of which each may be moved anywhere: that costs their number's third power."""


def order_groups(names: Iterable[str], *, edges: Iterable[Edge]) -> list[str]:
    """Return group names so that few edges run upwards; where they leave it open, as given.

    `edges` are between groups, one entry for each edge. The start is the order of Eades, Lin and
    Smyth, "A fast and effective heuristic for the feedback arc set problem" (1993). Of few groups,
    one after the other then moves to where it lessens the upward edges most, until none does.
    """
    given = list(names)
    weight = Counter((a, b) for a, b in edges if a != b)
    order = min(given, _order_greedily(given, weight), key=lambda one: _count_upward(one, weight))
    improved = len(order) <= MOST_IMPROVED
    best = _count_upward(order, weight)
    while improved:
        improved = False
        for name in tuple(order):
            rest = [other for other in order if other != name]
            for position in range(len(order)):
                candidate = [*rest[:position], name, *rest[position:]]
                upward = _count_upward(candidate, weight)
                if upward < best:
                    order, best, improved = candidate, upward, True
    return order


def _order_greedily(names: Sequence[str], weight: Counter[Edge]) -> list[str]:
    """Take what nothing uses to the top, what uses nothing to the bottom, else what uses most."""
    balance = dict.fromkeys(names, 0)
    out: dict[str, Counter[str]] = defaultdict(Counter)
    into: dict[str, Counter[str]] = defaultdict(Counter)
    for (user, used), count in weight.items():
        out[user][used] += count
        into[used][user] += count
        balance[user] += count
        balance[used] -= count
    left = dict.fromkeys(names)
    top: list[str] = []
    bottom: list[str] = []
    while left:
        chosen = next((name for name in left if not out[name] and into[name]), None)
        is_last = chosen is not None
        if chosen is None:
            chosen = next((name for name in left if not into[name]), None)
        if chosen is None:
            chosen = max(left, key=balance.__getitem__)
        (bottom if is_last else top).append(chosen)
        del left[chosen]
        for used, count in out.pop(chosen, Counter()).items():
            del into[used][chosen]
            balance[used] += count
        for user, count in into.pop(chosen, Counter()).items():
            del out[user][chosen]
            balance[user] -= count
    return [*top, *reversed(bottom)]


def _count_upward(order: Sequence[str], weight: Counter[Edge]) -> int:
    rank = {name: number for number, name in enumerate(order)}
    return sum(count for (user, used), count in weight.items() if rank[user] > rank[used])


def find_layers(
    group: Group, *, edges: Sequence[Edge], ranks: dict[str, int], home: dict[str, str]
) -> Layers:
    """Return the group's boxes in layers: users above what they use.

    A box that is linked only with other groups stands on the side where they are; one that is not
    linked at all stands in between, where no line has to pass it.
    """
    rank = ranks[group.name]
    inner: dict[str, list[str]] = defaultdict(list)
    linked: set[str] = set()
    pull: Counter[str] = Counter()
    for importer, imported in edges:
        if home[importer] == home[imported] == group.name:
            if importer != imported:
                inner[importer].append(imported)
                linked |= {importer, imported}
        elif home[importer] == group.name:
            pull[importer] += 1 if ranks[home[imported]] > rank else -1
        elif home[imported] == group.name:
            pull[imported] += 1 if ranks[home[importer]] > rank else -1
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
