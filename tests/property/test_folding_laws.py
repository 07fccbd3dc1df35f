"""Laws of folding and thinning: nothing is lost, and the order of the input does not matter."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.imports import Kind
from analyzer.model.names import ProjectPath
from analyzer.model.pictures import (
    Box,
    BoxKind,
    Change,
    Direction,
    Edge,
    FoldBy,
    Mark,
    Picture,
    Role,
)
from analyzer.questions.folding import fold_picture
from analyzer.questions.reducing import reduce_picture


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    number = draw(st.integers(1, 14))
    pick = st.sampled_from
    # Where things have a distance, nothing is a neighbour.
    is_by_distance = draw(st.booleans())
    distances = [0, 1, 2, 3, 20] if is_by_distance else [None]
    roles = [Role.MEMBER, Role.MEMBER, Role.FOCUS, *([] if is_by_distance else [Role.NEIGHBOUR])]
    boxes = [
        Box(
            key=f"K{index:02}",
            kind=draw(pick([BoxKind.ARTIFACT, BoxKind.ARTIFACT, BoxKind.FILE])),
            name=f"name {index}",
            role=draw(pick(roles)),
            type=draw(pick([None, "service", "worker"])),
            owner=draw(pick([None, "a", "b", "c"])),
            wave=draw(pick([None, 1, 2])),
            product=draw(pick([None, "p"])),
            path=draw(pick([None, *map(ProjectPath, ("x/a.py", "x/y/b.py", "z/c.py", "d.py"))])),
            distance=draw(pick(distances)),
            direction=draw(pick(Direction)) if is_by_distance else None,
            marks=draw(pick([(), (Mark.ERROR,), (Mark.ORPHAN,)])),
        )
        for index in range(number)
    ]
    keys = [box.key for box in boxes]
    pairs = draw(st.sets(st.tuples(pick(keys), pick(keys)), max_size=30))
    edges = [
        Edge(
            dependent=one,
            depends_on=other,
            kinds=(draw(pick([Kind.RUNTIME, Kind.RUNTIME, Kind.TYPE_CHECKING, Kind.PARENT_INIT])),),
            change=draw(pick([None, None, None, *Change])),
        )
        for one, other in sorted(pairs)
        if one != other
    ]
    return Picture(title="t", boxes=tuple(boxes), edges=tuple(edges))


LIMITS = st.integers(1, 16)
BYS = st.sampled_from([None, *FoldBy])


def held_by(box: Box) -> list[str]:
    return [box.key] if box.fold is None else list(box.fold.list_keys())


@given(picture=pictures(), limit=LIMITS, by=BYS)
def test_each_thing_is_in_one_box_and_each_dependency_counted_once(
    picture: Picture, limit: int, by: FoldBy | None
) -> None:
    folded = fold_picture(picture, max_boxes=limit, fold_by=by)
    assert sorted(key for box in folded.boxes for key in held_by(box)) == [
        box.key for box in picture.boxes
    ]
    inside = sum(box.fold.inner_edges for box in folded.boxes if box.fold is not None)
    assert sum(edge.count for edge in folded.edges) + inside == len(picture.edges)
    reduced = reduce_picture(folded)
    drawn = sum(edge.count for edge in reduced.edges)
    assert drawn + inside + reduced.reduced_edges == len(picture.edges)
    # Every line leads from a box to another one, and stands for what it says.
    place = {key: box.key for box in folded.boxes for key in held_by(box)}
    between = Counter((place[one.dependent], place[one.depends_on]) for one in picture.edges)
    assert {(one.dependent, one.depends_on): one.count for one in folded.edges} == {
        ends: number for ends, number in between.items() if ends[0] != ends[1]
    }


@given(picture=pictures(), limit=st.integers(6, 16))
def test_as_few_boxes_as_are_wanted(picture: Picture, limit: int) -> None:
    folded = fold_picture(picture, max_boxes=limit)
    focus = sum(box.role is Role.FOCUS for box in picture.boxes)
    # Each side of the focus and each distance from it has boxes of its own, two at most.
    apart = {(box.role, box.distance, box.direction) for box in picture.boxes}
    assert len(folded.boxes) <= max(limit, 2 * len(apart)) + focus
    if len(picture.boxes) <= limit:
        assert folded == picture
    # The question's own things are never folded, and the two sides never mixed.
    roles = {box.key: box.role for box in picture.boxes}
    for box in folded.boxes:
        held = {roles[key] for key in held_by(box)}
        assert held == {box.role}
        assert box.fold is None or (box.role is not Role.FOCUS and len(held_by(box)) > 1)


@given(picture=pictures(), limit=st.integers(12, 40), by=BYS)
def test_what_is_near_is_not_mixed_with_what_is_far(
    picture: Picture, limit: int, by: FoldBy | None
) -> None:
    at = {box.key: (box.distance, box.direction) for box in picture.boxes}
    for box in fold_picture(picture, max_boxes=limit, fold_by=by).boxes:
        held = {at[key] for key in held_by(box)}
        assert len({direction for _, direction in held}) == 1
        assert len(held) == 1 or min(distance or 0 for distance, _ in held) >= limit // 6


@given(picture=pictures(), limit=LIMITS, by=BYS, seed=st.randoms())
def test_the_order_does_not_matter(
    picture: Picture, limit: int, by: FoldBy | None, seed: random.Random
) -> None:
    boxes, edges = list(picture.boxes), list(picture.edges)
    seed.shuffle(boxes)
    seed.shuffle(edges)
    shuffled = Picture(title="t", boxes=tuple(boxes), edges=tuple(edges))
    expected = fold_picture(picture, max_boxes=limit, fold_by=by)
    found = fold_picture(shuffled, max_boxes=limit, fold_by=by)
    assert (found.boxes, found.folded_by) == (expected.boxes, expected.folded_by)
    assert sorted(found.edges, key=lambda one: (one.dependent, one.depends_on)) == list(
        expected.edges
    )


@given(picture=pictures(), by=st.sampled_from(FoldBy))
def test_a_picture_with_every_box_opened_is_the_one_before(picture: Picture, by: FoldBy) -> None:
    folded = fold_picture(picture, max_boxes=1000, fold_by=by)
    keys = [box.key for box in folded.boxes if box.fold is not None]
    opened = fold_picture(picture, max_boxes=1000, fold_by=by, expand=keys)
    assert [box.key for box in opened.boxes] == [box.key for box in picture.boxes]
    assert opened.edges == picture.edges


@given(picture=pictures())
def test_what_is_thinned_can_still_be_reached(picture: Picture) -> None:
    """Along what is there and happens when the program runs."""
    weak = {Kind.TYPE_CHECKING, Kind.PARENT_INIT}
    reduced = reduce_picture(picture)
    assert len(reduced.edges) + reduced.reduced_edges == len(picture.edges)
    after: dict[str, set[str]] = {}
    for edge in reduced.edges:
        if edge.change is not Change.REMOVED and edge.kinds[0] not in weak:
            after.setdefault(edge.dependent, set()).add(edge.depends_on)

    def reach(start: str) -> set[str]:
        found, stack = set[str](), [start]
        while stack:
            for key in after.get(stack.pop(), ()):
                if key not in found:
                    found.add(key)
                    stack.append(key)
        return found

    for edge in picture.edges:
        if edge not in reduced.edges:
            assert edge.change is None
            assert edge.depends_on in reach(edge.dependent)
    assert reduce_picture(reduced).edges == reduced.edges
