"""By what pictures are folded, on pictures that are too large in one way each."""

from __future__ import annotations

from collections.abc import Iterable

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


def box(
    number: int, *, role: Role = Role.MEMBER, distance: int | None = None, wave: int = 1
) -> Box:
    return Box(
        key=f"K{number:04}",
        kind=BoxKind.ARTIFACT,
        name=f"k{number}.py",
        role=role,
        type=("service", "worker", "job")[number % 3],
        owner=("backend", "ops")[number % 2],
        wave=wave,
        distance=distance,
        direction=Direction.DOWNSTREAM if distance else None,
    )


def picture(boxes: Iterable[Box], pairs: Iterable[tuple[int, int]] = ()) -> Picture:
    edges = [Edge(dependent=f"K{one:04}", depends_on=f"K{two:04}") for one, two in sorted(pairs)]
    return Picture(title="t", boxes=tuple(boxes), edges=tuple(edges))


def names(folded: Picture) -> list[str]:
    return [box.name if box.fold else box.key for box in folded.boxes]


def test_neighbours_are_folded_first() -> None:
    """Thirty services with hundreds of neighbours in two waves: the services stay as they are."""
    members = [box(number) for number in range(30)]
    neighbours = [
        box(number, role=Role.NEIGHBOUR, wave=2 + number % 2) for number in range(30, 400)
    ]
    folded = fold_picture(picture([*members, *neighbours]))
    assert names(folded) == [*(one.key for one in members), "wave 2", "wave 3"]
    assert folded.folded_by == (FoldBy.WAVE,)


def test_so_many_lines_that_nobody_can_follow_them_are_folded() -> None:
    """Twelve boxes are few; each with each of the others are 132 lines."""
    boxes = [box(number) for number in range(12)]
    all_pairs = [(one, other) for one in range(12) for other in range(12) if one != other]
    assert len(fold_picture(picture(boxes, all_pairs)).boxes) < 12
    # Not where they are wanted, and not where they can be followed.
    assert len(fold_picture(picture(boxes, all_pairs), max_boxes=132).boxes) == 12
    assert len(fold_picture(picture(boxes, all_pairs[:60])).boxes) == 12


def test_members_are_folded_by_something_of_their_own() -> None:
    """What tells the neighbours apart says nothing about hundreds of members of one wave."""
    members = [box(number) for number in range(200)]
    neighbours = [
        box(number, role=Role.NEIGHBOUR, wave=2 + number % 2) for number in range(200, 400)
    ]
    folded = fold_picture(picture([*members, *neighbours]))
    sides = {
        role: sorted((*one.groups, one.name) for one in folded.boxes if one.role is role)
        for role in (Role.MEMBER, Role.NEIGHBOUR)
    }
    assert sides == {
        Role.MEMBER: [
            (owner, type_) for owner in ("backend", "ops") for type_ in ("job", "service", "worker")
        ],
        Role.NEIGHBOUR: [("wave 2",), ("wave 3",)],
    }
    assert folded.folded_by == (FoldBy.OWNER, FoldBy.TYPE, FoldBy.WAVE)


def test_a_tangle_of_distances_is_one_box_for_each() -> None:
    """Nothing but how far away they are leaves few enough lines."""
    boxes = [box(0, role=Role.FOCUS, distance=0)]
    boxes += [box(number, distance=1 + number % 12, wave=number % 7) for number in range(1, 500)]
    tangle = {
        (one, (one * 7 + 13 * step) % 500)
        for one in range(1, 500)
        for step in range(12)
        if one != (one * 7 + 13 * step) % 500
    }
    folded = fold_picture(picture(boxes, tangle))
    assert folded.folded_by == (FoldBy.DISTANCE,)
    assert sorted(names(folded), key=len) == [
        "K0000",
        "1 step away",
        *(f"{number} steps away" for number in range(2, 10)),
        "10 or more steps away",
    ]


def test_distances_are_no_frames() -> None:
    """In rows by distance a second folding would leave boxes of the same name side by side."""
    boxes = [box(0, role=Role.FOCUS, distance=0)]
    boxes += [box(number, distance=1, wave=number % 4) for number in range(1, 400)]
    folded = fold_picture(picture(boxes, {(number, 0) for number in range(1, 400)}))
    assert names(folded) == ["K0000", "backend", "ops"]
    assert [edge.count for edge in folded.edges] == [199, 200]
    assert all(one.groups == () for one in folded.boxes)


def test_a_stack_tells_what_is_with_the_lines_inside_of_it() -> None:
    """Nobody sees them: a finding about one, or that it is new, would be lost with it."""
    boxes = [box(number) for number in range(6)]
    edges = (
        Edge(dependent="K0000", depends_on="K0002", change=Change.ADDED, count=2),
        Edge(dependent="K0001", depends_on="K0003", marks=(Mark.ERROR,)),
        Edge(dependent="K0003", depends_on="K0005", marks=(Mark.UNREGISTERED,)),
    )
    whole = Picture(title="t", boxes=tuple(boxes), edges=edges)
    folded = fold_picture(whole, fold_by=FoldBy.OWNER)
    assert [(one.name, one.change, one.marks, one.notes) for one in folded.boxes] == [
        ("backend", Change.CHANGED, (), ("2 dependencies inside added",)),
        (
            "ops",
            None,
            (Mark.ERROR, Mark.UNREGISTERED),
            (
                "1 dependency inside with an error",
                "1 dependency inside through unregistered code",
            ),
        ),
    ]


def test_a_line_of_several_holds_by_what_the_strongest_of_them_holds_by() -> None:
    """A chain holds by its weakest link: its stronger ones are none of the merged line."""
    through = (ProjectPath("x.py"),)
    package = (Kind.RUNTIME, Kind.PARENT_INIT)
    types = (Kind.RUNTIME, Kind.TYPE_CHECKING)
    lazily = (Kind.RUNTIME, Kind.FUNCTION_LEVEL)
    boxes = [box(number) for number in range(6)]

    def merge(*edges: Edge) -> Edge:
        whole = Picture(title="t", boxes=tuple(boxes), edges=edges)
        (line,) = fold_picture(whole, fold_by=FoldBy.OWNER).edges
        return line

    weak = merge(
        Edge(dependent="K0000", depends_on="K0001", kinds=(Kind.TYPE_CHECKING,)),
        Edge(dependent="K0002", depends_on="K0003", kinds=package, through=through),
    )
    assert (weak.find_kind(), weak.through) == (Kind.TYPE_CHECKING, through)
    strong = merge(
        Edge(dependent="K0000", depends_on="K0001", kinds=types, through=through),
        Edge(dependent="K0002", depends_on="K0003", kinds=lazily, through=(ProjectPath("y.py"),)),
    )
    assert strong.kinds == (Kind.RUNTIME, Kind.FUNCTION_LEVEL, Kind.TYPE_CHECKING)
    assert strong.find_kind() is Kind.FUNCTION_LEVEL
    assert strong.through == ("x.py", "y.py")
