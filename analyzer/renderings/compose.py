"""A whole picture put in its place: rows, frames, lines and texts, all in points.

First what stands in which row (`arrange`), then where in it (`place`), then which gaps the lines
take (`route`) and how much room they need, and last how high the channels between the rows have to
be (`tracks`). Beyond what people could follow, lines are straight: that is said in the picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from analyzer.renderings.arrange import HEADING, PADDING, SHELF_GAP, Cell, arrange
from analyzer.renderings.geometry import Frame, Point, frame_around, surround
from analyzer.renderings.lanes import set_places
from analyzer.renderings.layers import Edge, Group
from analyzer.renderings.lines import LabelPlacer, Polyline
from analyzer.renderings.place import Rows, order_rows, widen
from analyzer.renderings.route import Flat, Way, count_loads, find_ways
from analyzer.renderings.tracks import Run, set_tracks

MOST_ROUTED = 400
"""Lines that get ways of their own: of more nobody follows one by eye, and side by side they would
take more room than everything else."""
TRACK = 7.0
LABEL_HEIGHT = 12.0
ROOM = 13.0
"""Points below a row before the first line turns; above a row the arrowheads need more."""
HEAD_ROOM = 15.0
PLACES = 12
"""Along the upper side of a frame where its label may begin."""


class Layout(Struct, frozen=True):
    """Where everything stands."""

    points: Mapping[str, Point]
    """The middles of the boxes."""
    frames: Mapping[str, Frame]
    """By the group's name, of those that have a label."""
    outers: Mapping[str, Frame]
    """By label."""
    lines: Mapping[int, Polyline]
    """By the number of the edge, from its dependent."""
    headings: Mapping[str, float]
    """Where the labels of frames begin, by the name of the group or the label of the outer one."""
    labels: Mapping[int, Point]
    """The middles of texts, by the number of the edge; without those that found no room."""
    bounds: Frame
    is_straight: bool
    """Whether there were too many lines to lead them around boxes."""


def compose(
    groups: Sequence[Group],
    *,
    edges: Sequence[Edge],
    cell: Cell,
    labels: Mapping[int, float],
    headings: Mapping[str, float],
    lifts: Callable[[str], tuple[float, float]],
    insets: Callable[[str], float],
) -> Layout:
    """Return places for boxes, lines and the texts of lines.

    `labels` holds the widths of the texts, by the number of the edge; `headings` those of the
    labels of groups; `lifts` what stands out above and below a box; `insets` what its shape takes
    from both ends of its sides.
    """
    shelves = arrange(groups, edges=edges, cell=cell)
    rows = order_rows(shelves, edges=edges, cell=cell)
    is_straight = len(edges) > MOST_ROUTED
    ways: list[Way] = []
    flats: list[Flat] = []
    if not is_straight:
        ways, flats = find_ways(rows, edges, keep_apart=frozenset(labels))
        widen(rows, edges=edges, loads=count_loads(rows, ways))
        set_places(rows, ways, insets=insets)
    runs = _list_runs(rows, ways, labels)
    tops = _stack(rows, runs)
    height = cell.height
    points = {key: Point(x, tops.rows[rows.row_of[key]] - height / 2) for key, x in rows.x.items()}
    frames = _frames(rows, points)
    outers = _outers(rows, frames)
    scene = _Scene(rows, points, runs, tops, lifts)
    lines = {way.number: _line(way, scene) for way in ways}
    lines |= {flat.number: _side_to_side(points, flat, cell.width) for flat in flats}
    if is_straight:
        lines = {n: _straight(points, a, b, cell) for n, (a, b) in enumerate(edges)}
    boxes = {
        key: frame_around(point, width=cell.width, height=height) for key, point in points.items()
    }
    starts = _place_headings({**frames, **outers}, headings, lines)
    taken = [*boxes.values()]
    for name, frame in [*frames.items(), *outers.items()]:
        right = starts[name] + headings.get(name, 0.0)
        taken.append(Frame(starts[name], frame.top - HEADING, right, frame.top))
    texts = {} if is_straight else _place_labels(taken, lines, labels)
    return Layout(
        points=points,
        frames=frames,
        outers=outers,
        lines=lines,
        headings=starts,
        labels=texts,
        bounds=_bounds(
            [
                *(_lifted(frame, lifts(key)) for key, frame in boxes.items()),
                *frames.values(),
                *outers.values(),
            ],
            lines,
        ),
        is_straight=is_straight,
    )


class _Tops(Struct, frozen=True):
    """Heights: the upper side of each row, and the tracks of each channel."""

    rows: list[float]
    tracks: list[list[float]]


class _Scene(Struct, frozen=True):
    """What it takes to draw a line."""

    rows: Rows
    points: Mapping[str, Point]
    runs: Mapping[int, Mapping[int, Run]]
    tops: _Tops
    lifts: Callable[[str], tuple[float, float]]


def _list_runs(
    rows: Rows, ways: Sequence[Way], labels: Mapping[int, float]
) -> dict[int, dict[int, Run]]:
    """Return for each channel, which has the number of the row below it, its runs by edge."""
    runs: dict[int, dict[int, Run]] = defaultdict(dict)
    for way in ways:
        first = rows.row_of[way.upper] + 1
        if way.is_turn:
            start, end = sorted(way.xs)
            runs[first][way.number] = Run(
                way.number, start, end, is_turn=True, is_labelled=way.number in labels
            )
            continue
        steps = list(pairwise(way.xs))
        longest = max(range(len(steps)), key=lambda step: abs(steps[step][0] - steps[step][1]))
        for step, (start, end) in enumerate(steps):
            is_labelled = way.number in labels and step == longest
            runs[first + step][way.number] = Run(way.number, start, end, is_labelled=is_labelled)
    return runs


def _stack(rows: Rows, runs: Mapping[int, Mapping[int, Run]]) -> _Tops:
    """Put rows below each other, as far apart as the channels between them have to be high."""
    heads, feet = _count_frames(rows)
    tops: list[float] = []
    tracks: list[list[float]] = []
    y = 0.0
    for channel in range(len(rows.parts) + 1):
        own = runs.get(channel, {}).values()
        heights = [LABEL_HEIGHT + 2 if is_labelled else TRACK for is_labelled in set_tracks(own)]
        y -= feet[channel]
        start = y - (ROOM if own else 0.0)
        tracks.append([start - sum(heights[:n]) - height / 2 for n, height in enumerate(heights)])
        room = (ROOM + sum(heights) + (0.0 if heads[channel] else HEAD_ROOM)) if own else 0.0
        if any(run.is_labelled and run.track < 0 for run in own):
            room = max(room, ROOM + HEAD_ROOM + 2 * LABEL_HEIGHT)
        if 0 < channel < len(rows.parts):
            least = SHELF_GAP / 2 if heads[channel] or feet[channel] else rows.cell.gap_y
            room = max(room, least)
        y -= room + heads[channel]
        tops.append(y)
        y -= rows.cell.height
    return _Tops(tops, tracks)


def _count_frames(rows: Rows) -> tuple[list[float], list[float]]:
    """Return for each channel the room for frames that begin below it, and for those that end."""
    heads = [0.0] * (len(rows.parts) + 1)
    feet = [0.0] * (len(rows.parts) + 1)
    outer_first: dict[str, int] = {}
    outer_last: dict[str, int] = {}
    for shelf in rows.shelves:
        for block in shelf:
            name, outer = block.group.name, block.group.outer
            first, last = rows.first[name], rows.last[name]
            if block.group.label:
                heads[first] = max(heads[first], HEADING + PADDING / 2 + rows.cell.lift)
                feet[last + 1] = max(feet[last + 1], PADDING + rows.cell.lift / 2)
            if outer:
                outer_first[outer] = min(first, outer_first.get(outer, first))
                outer_last[outer] = max(last, outer_last.get(outer, last))
    for first in set(outer_first.values()):
        heads[first] += HEADING + PADDING / 2
    for last in set(outer_last.values()):
        feet[last + 1] += PADDING
    return heads, feet


def _frames(rows: Rows, points: Mapping[str, Point]) -> dict[str, Frame]:
    frames = {}
    half = rows.cell.height / 2
    for shelf in rows.shelves:
        for block in shelf:
            name = block.group.name
            if not block.group.label:
                continue
            ys = [points[key].y for row in block.rows for key in row]
            frames[name] = Frame(
                rows.left[name],
                min(ys) - half - PADDING - rows.cell.lift / 2,
                rows.right[name],
                max(ys) + half + HEADING + PADDING / 2 + rows.cell.lift,
            )
    return frames


def _outers(rows: Rows, frames: Mapping[str, Frame]) -> dict[str, Frame]:
    inside: dict[str, list[Frame]] = defaultdict(list)
    for shelf in rows.shelves:
        for block in shelf:
            if block.group.outer and block.group.name in frames:
                inside[block.group.outer].append(frames[block.group.name])
    return {
        outer: Frame(
            min(frame.left for frame in own) - PADDING,
            min(frame.bottom for frame in own) - PADDING,
            max(frame.right for frame in own) + PADDING,
            max(frame.top for frame in own) + HEADING + PADDING / 2,
        )
        for outer, own in inside.items()
    }


def _line(way: Way, scene: _Scene) -> list[Point]:
    half = scene.rows.cell.height / 2
    start = scene.points[way.upper].y - half - scene.lifts(way.upper)[1]
    above, below = scene.lifts(way.lower)
    end = scene.points[way.lower].y + (-half - below if way.is_turn else half + above)
    line = [Point(way.xs[0], start)]
    channel = scene.rows.row_of[way.upper] + 1
    for step, (x, following) in enumerate(pairwise(way.xs)):
        track = scene.runs[channel + step][way.number].track
        if track >= 0:
            y = scene.tops.tracks[channel + step][track]
            line += [Point(x, y), Point(following, y)]
    line.append(Point(way.xs[-1], end))
    return line[::-1] if way.is_up else line


def _side_to_side(points: Mapping[str, Point], flat: Flat, width: float) -> list[Point]:
    start, end = points[flat.start], points[flat.end]
    half = width / 2 if start.x < end.x else -width / 2
    return [Point(start.x + half, start.y), Point(end.x - half, end.y)]


def _straight(points: Mapping[str, Point], start: str, end: str, cell: Cell) -> list[Point]:
    one, other = points[start], points[end]
    if one.y == other.y:
        return _side_to_side(points, Flat(0, start, end), cell.width)
    half = cell.height / 2 if one.y > other.y else -cell.height / 2
    return [Point(one.x, one.y - half), Point(other.x, other.y + half)]


def _place_headings(
    frames: Mapping[str, Frame], widths: Mapping[str, float], lines: Mapping[int, Polyline]
) -> dict[str, float]:
    """Return where the label of each frame begins: at the left, or where fewer lines come in."""
    uprights: dict[float, list[float]] = defaultdict(list)
    tops = sorted({frame.top for frame in frames.values()})
    for line in lines.values():
        for one, other in pairwise(line):
            for top in tops:
                if min(one.y, other.y) < top - HEADING / 2 < max(one.y, other.y):
                    uprights[top].append((one.x + other.x) / 2)
    starts = {}
    for name, frame in frames.items():
        width = widths.get(name, 0.0)
        room = max(frame.right - frame.left - 2 * PADDING - width, 0.0)
        places = [frame.left + PADDING + room * part / PLACES for part in range(PLACES + 1)]
        starts[name] = min(
            places,
            key=lambda left: (
                sum(left - 2 < x < left + width + 4 for x in uprights[frame.top]),
                left,
            ),
        )
    return starts


def _place_labels(
    taken: Sequence[Frame], lines: Mapping[int, Polyline], labels: Mapping[int, float]
) -> dict[int, Point]:
    placer = LabelPlacer(taken, lines)
    placed = {}
    for number in sorted(labels, key=lambda number: (-labels[number], number)):
        point = placer.place(number, width=labels[number], height=LABEL_HEIGHT - 1)
        if point is not None:
            placed[number] = point
    return placed


def _lifted(frame: Frame, lifts: tuple[float, float]) -> Frame:
    """Return the frame of a box with what stands out above it and below it."""
    return Frame(frame.left, frame.bottom - lifts[1], frame.right, frame.top + lifts[0])


def _bounds(frames: Sequence[Frame], lines: Mapping[int, Polyline]) -> Frame:
    points = [point for line in lines.values() for point in line]
    return surround([*frames, *(Frame(point.x, point.y, point.x, point.y) for point in points)])
