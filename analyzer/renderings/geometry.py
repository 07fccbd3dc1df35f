"""Points, frames, and boxes that keep their distance."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct


class Point(Struct, frozen=True):
    """The middle of something, in points; y grows upwards, as in Graphviz."""

    x: float
    y: float


class Frame(Struct, frozen=True):
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Frame, *, margin: float = 0.0) -> bool:
        """Whether both share more than an edge, or come closer than `margin`."""
        return (
            self.left < other.right + margin
            and other.left < self.right + margin
            and self.bottom < other.top + margin
            and other.bottom < self.top + margin
        )


def frame_around(middle: Point, *, width: float, height: float) -> Frame:
    """Return the rectangle of this size around a point."""
    x, y = middle.x, middle.y
    return Frame(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def surround(frames: Sequence[Frame]) -> Frame:
    """Return the smallest rectangle around others; one without size around none."""
    return Frame(
        min((frame.left for frame in frames), default=0.0),
        min((frame.bottom for frame in frames), default=0.0),
        max((frame.right for frame in frames), default=0.0),
        max((frame.top for frame in frames), default=0.0),
    )


def spread(
    wishes: Sequence[float], *, gaps: Sequence[float], low: float, high: float
) -> list[float]:
    """Return positions near `wishes`, in the same order, at least `gaps[i]` after the one before.

    Of all such positions within `low` and `high` those with the least squares of distances: the
    pool of adjacent violators (Barlow and others, 1972). `gaps[0]` does not count. Where there is
    too little room all gaps shrink alike.
    """
    if not wishes:
        return []
    offsets = [0.0]
    for gap in gaps[1:]:
        offsets.append(offsets[-1] + gap)
    room = max(high - low, 0.0)
    if offsets[-1] > room:
        offsets = [offset * room / offsets[-1] for offset in offsets]
    last = high - offsets[-1] if high > low else low
    pools: list[list[float]] = []
    for wish, offset in zip(wishes, offsets, strict=True):
        pools.append([wish - offset, 1.0])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            value, number = pools.pop()
            other, others = pools[-1]
            pools[-1] = [(value * number + other * others) / (number + others), number + others]
    places = [value for value, number in pools for _ in range(int(number))]
    return [
        min(max(place, low), last) + offset for place, offset in zip(places, offsets, strict=True)
    ]
