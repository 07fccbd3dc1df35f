"""Channels: what runs between two rows, each line on a track of its own.

Between two rows a line goes down, sideways along its track and down again, so that lines meet at
right angles only. The order of the tracks is that of channel routers (Yoshimura and Kuh, 1982): of
lines that run the same way, the one that has to go further begins nearer to where it ends, so that
they nest and do not cross.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

CLEARANCE = 5.0
"""Points between two lines on the same track, one after the other."""
SAME = 4.0
"""Two lines that come closer than this would look like one."""


class Run(Struct):
    """What one line does in one channel."""

    way: int
    start: float
    """Where it comes from, above; of a line that turns, its left end."""
    end: float
    is_turn: bool = False
    """Whether both ends are above."""
    is_labelled: bool = False
    track: int = -1
    """From the top; -1 where it goes straight on."""

    @property
    def left(self) -> float:
        """Its left end."""
        return min(self.start, self.end)

    @property
    def right(self) -> float:
        """Its right end."""
        return max(self.start, self.end)


def set_tracks(runs: Iterable[Run]) -> list[bool]:
    """Give each run that goes sideways a track; return for each track whether it bears a label."""
    sideways = [run for run in runs if abs(run.start - run.end) > 0.5]
    ordered = _put_above(sorted(sideways, key=_rank))
    taken: list[list[Run]] = []
    for run in ordered:
        track = len(taken)
        while track and not any(_meet(run, other) for other in taken[track - 1]):
            track -= 1
        if track == len(taken):
            taken.append([])
        taken[track].append(run)
        run.track = track
    return [any(run.is_labelled for run in track) for track in taken]


def _rank(run: Run) -> tuple[int, float, float, int]:
    if run.is_turn:
        return (0, run.right - run.left, run.left, run.way)
    if run.start < run.end:
        return (1, -run.start, -run.end, run.way)
    return (2, run.start, run.end, run.way)


def _meet(one: Run, other: Run) -> bool:
    return one.left < other.right + CLEARANCE and other.left < one.right + CLEARANCE


def _put_above(runs: Sequence[Run]) -> list[Run]:
    """Order runs so that what comes down where another one goes on has turned off before it.

    Where two runs would have to be above each other, the order is as given.
    """
    ends: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        if not run.is_turn:
            ends[round(run.end / SAME)].append(run)
    ordered: dict[int, Run] = {}
    seen: set[int] = set()

    def visit(run: Run) -> None:
        stack = [(run, iter(below[id(run)]))]
        seen.add(id(run))
        while stack:
            current, others = stack[-1]
            for other in others:
                if id(other) not in seen:
                    seen.add(id(other))
                    stack.append((other, iter(below[id(other)])))
                    break
            else:
                stack.pop()
                ordered[id(current)] = current

    below: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        for start in (run.start, run.end) if run.is_turn else (run.start,):
            slot = round(start / SAME)
            for near in (slot - 1, slot, slot + 1):
                for other in ends[near]:
                    if other is not run and abs(other.end - start) < SAME:
                        below[id(other)].append(run)
    for run in runs:
        if id(run) not in seen:
            visit(run)
    return list(ordered.values())
