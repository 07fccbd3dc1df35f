"""By what a picture is folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.errors import AnalyzerError
from analyzer.model.hints import near_name
from analyzer.model.pictures import MOST_BOXES, Box, FoldBy, Picture, Role
from analyzer.questions.folding.merging import Seat, merge
from analyzer.questions.folding.values import find_values, keep_most, label_of, name_layer

_BY_RECORDS = tuple(by for by in FoldBy if by is not FoldBy.DISTANCE)
# Neighbours take no more of the room than this, where what was asked for has to be folded too.
_SHARE_OF_NEIGHBOURS = 3
# What is split once more must stay readable: so many lines for each box that there may be.
_MOST_LINES = 1
# Lines that nobody can follow: more than there may be boxes, and so many for each box.
_CROWDED = 4
# An opened box shows at least so much, whatever else the picture holds.
_FEWEST_OPENED = 12


class _Folding(Struct, frozen=True):
    """What some boxes are folded by."""

    by: FoldBy
    values: Mapping[str, str]
    """Key of a box -> its value: those of one layer with the same value become one."""

    def count(self, boxes: Iterable[Box], *, room: int) -> int:
        """How many boxes are left of some."""
        return len({(name_layer(box, room=room), self.values[box.key]) for box in boxes})


class _Plan(Struct, frozen=True):
    """Where every box goes, and what to say of it."""

    seats: Mapping[str, Seat]
    folded_by: tuple[FoldBy, ...]
    grouped_by: FoldBy | None


def fold_picture(
    picture: Picture,
    *,
    max_boxes: int = MOST_BOXES,
    fold_by: FoldBy | None = None,
    expand: Sequence[str] = (),
) -> Picture:
    """Fold a picture that has too many boxes, or so many lines that they cannot be followed.

    By whichever of wave, owner, type, product and folder leaves the fewest boxes, but more than
    one; each of these is split by another one where the picture stays readable. Neighbours are
    folded first: where that is enough, what was asked for stays as it is. What the question is
    about is never folded.

    Args:
        picture: one that is not folded.
        max_boxes: how many boxes it may have; what the question is about comes on top. As many
            lines are always readable.
        fold_by: folds by this and nothing else, be the picture small or not.
        expand: boxes of the folded picture that are opened, one after the other: their name, their
            key, or the value that they stand for. What they hold is folded by something else where
            it is too much.

    Raises:
        AnalyzerError: no box of the folded picture is called as `expand` says.
    """
    plan = _Plan({}, (), picture.grouped_by)
    boxes, lines = len(picture.boxes), len(picture.edges)
    if fold_by is not None or boxes > max_boxes or lines > max(max_boxes, _CROWDED * boxes):
        plan = _choose_plan(picture, max_boxes, fold_by)
    folded = merge(picture, plan.seats)
    for name in expand:
        plan = _open(picture, folded, plan, name, max_boxes)
        folded = merge(picture, plan.seats)
    return replace(folded, folded_by=plan.folded_by, grouped_by=plan.grouped_by)


def _choose_plan(picture: Picture, most: int, fold_by: FoldBy | None) -> _Plan:
    loose = [box for box in picture.boxes if box.role is not Role.FOCUS]
    if not loose:
        return _Plan({}, (), picture.grouped_by)
    neighbours = [box for box in loose if box.role is Role.NEIGHBOUR]
    if fold_by is None and neighbours and len(neighbours) < len(loose):
        plan = _fold_neighbours_first(picture, neighbours, most)
        if plan is not None:
            return plan
    return _fold(picture, loose, max(2, most), fold_by=fold_by)


def _fold_neighbours_first(picture: Picture, neighbours: Sequence[Box], most: int) -> _Plan | None:
    """Leave what was asked for as it is, or fold it by something of its own."""
    members = [box for box in picture.boxes if box.role is Role.MEMBER]
    for room in (most - len(members), most // _SHARE_OF_NEIGHBOURS):
        folding = _choose(neighbours, room, _BY_RECORDS)
        if folding is not None:
            break
    else:
        return None
    seats = _seat(neighbours, folding, room=room)
    rest = most - folding.count(neighbours, room=room)
    if len(members) <= rest:
        return _Plan(seats, (folding.by,), picture.grouped_by)
    plan = _fold(picture, members, max(2, rest), seated=seats)
    folded_by = tuple(dict.fromkeys((*plan.folded_by, folding.by)))
    return _Plan({**seats, **plan.seats}, folded_by, plan.grouped_by)


def _fold(
    picture: Picture,
    loose: Sequence[Box],
    room: int,
    *,
    fold_by: FoldBy | None = None,
    seated: Mapping[str, Seat] | None = None,
) -> _Plan:
    """Fold some boxes by one thing, or by two; the others are where they are seated, or alone."""
    outer = _choose(loose, room, _BY_RECORDS if fold_by is None else [fold_by])
    if outer is None:
        # Nothing has few enough values, or only one thing may be asked for.
        by = fold_by or _first_that_differs(loose)
        outer = _Folding(by, keep_most(loose, find_values(loose, by, room=room), room=room))
    seats = _seat(loose, outer, room=room)
    if fold_by is None and any(box.distance is not None for box in loose):
        # Rows show how far things are, so that there are no frames for a second folding.
        if _count_lines(picture, seats) > _MOST_LINES * room:
            near = _choose(loose, room, [FoldBy.DISTANCE])
            if near is not None:
                outer, seats = near, _seat(loose, near, room=room)
        return _Plan(seats, (outer.by,), None)
    inner = None
    if fold_by is None:
        inner = _choose_inner(picture, loose, outer, {**(seated or {}), **seats}, room)
    if inner is None:
        return _Plan(seats, (outer.by,), None)
    return _Plan(_split(loose, outer, inner, seats), (outer.by, inner.by), outer.by)


def _choose(boxes: Sequence[Box], room: int, candidates: Iterable[FoldBy]) -> _Folding | None:
    """The folding that leaves the fewest boxes, and more than one; the first of several."""
    best: tuple[int, _Folding] | None = None
    for by in candidates:
        folding = _Folding(by, find_values(boxes, by, room=room))
        number = folding.count(boxes, room=room)
        # One for each role is as good as one.
        is_telling = len(set(folding.values.values())) > 1 and number < len(boxes)
        if is_telling and number <= room and (best is None or number < best[0]):
            best = number, folding
    return None if best is None else best[1]


def _first_that_differs(boxes: Sequence[Box]) -> FoldBy:
    room = len(boxes)
    different = (by for by in FoldBy if len({*find_values(boxes, by, room=room).values()}) > 1)
    return next(different, FoldBy.FOLDER)


def _choose_inner(
    picture: Picture,
    loose: Sequence[Box],
    outer: _Folding,
    seats: Mapping[str, Seat],
    room: int,
) -> _Folding | None:
    """What each box of a folding is split by: the fewest boxes, where the picture is readable."""
    best: tuple[int, _Folding] | None = None
    for by in _BY_RECORDS:
        if by is outer.by:
            continue
        inner = _Folding(by, find_values(loose, by, room=room))
        split = _split(loose, outer, inner, seats)
        number = len({seat.key for seat in split.values()})
        is_small = outer.count(loose, room=room) < number <= room
        if is_small and (best is None or number < best[0]):
            lines = _count_lines(picture, {**seats, **split})
            if lines <= _MOST_LINES * room:
                best = number, inner
    return None if best is None else best[1]


def _count_lines(picture: Picture, seats: Mapping[str, Seat]) -> int:
    ends = {key: seat.key or key for key, seat in seats.items()}
    pairs = {
        (ends.get(edge.dependent, edge.dependent), ends.get(edge.depends_on, edge.depends_on))
        for edge in picture.edges
    }
    return sum(dependent != depends_on for dependent, depends_on in pairs)


def _seat(
    boxes: Iterable[Box],
    folding: _Folding,
    *,
    room: int = 0,
    inside: str = "",
    frames: tuple[str, ...] = (),
) -> dict[str, Seat]:
    """Where boxes go by a folding, perhaps inside of a box that was opened."""
    seats = {}
    for box in boxes:
        value = folding.values[box.key]
        end = "" if inside else name_layer(box, room=room)
        key = f"{inside}{folding.by.value}:{value}{end}"
        seats[box.key] = Seat(frames=frames, key=key, by=folding.by, value=value)
    return seats


def _split(
    boxes: Iterable[Box], outer: _Folding, inner: _Folding, seats: Mapping[str, Seat]
) -> dict[str, Seat]:
    """Where boxes go by two foldings: the outer one gives frames, the inner one boxes."""
    groups: dict[str, list[Box]] = defaultdict(list)
    for box in boxes:
        groups[seats[box.key].key or ""].append(box)
    found: dict[str, Seat] = {}
    for key, members in groups.items():
        frame = label_of(outer.by, outer.values[members[0].key])
        found |= _seat(members, inner, inside=f"{key}/", frames=(frame,))
    return found


def _open(picture: Picture, folded: Picture, plan: _Plan, name: str, most: int) -> _Plan:
    folds = [(box, box.fold) for box in folded.boxes if box.fold is not None]
    chosen = [one for one in folds if name in (one[0].key, one[0].name)] or [
        one for one in folds if one[1].value == name
    ]
    if not folds:
        raise AnalyzerError(f"--expand {name}: nothing in this picture is folded; leave it out")
    if not chosen:
        names = {box.name for box, _ in folds}
        raise AnalyzerError(f"--expand {name}: no box is called that{near_name(name, names)}")
    seats = dict(plan.seats)
    folded_by = plan.folded_by
    for box, fold in chosen:
        held = set(fold.list_keys())
        members = [one for one in picture.boxes if one.key in held]
        frames = (*box.groups, box.name)
        room = max(_FEWEST_OPENED, most - len(folded.boxes) + 1)
        folding = None
        if len(members) > room:
            folding = _choose(members, room, [by for by in _BY_RECORDS if by is not fold.by])
        if folding is None:
            seats |= {one.key: Seat(frames=frames) for one in members}
        else:
            seats |= _seat(members, folding, inside=f"{box.key}/", frames=frames)
            folded_by = tuple(dict.fromkeys((*folded_by, folding.by)))
    return _Plan(seats, folded_by, plan.grouped_by)
