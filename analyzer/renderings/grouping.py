"""What stands together in a picture, and which group stands above which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from analyzer.model.pictures import Box, BoxKind, Direction, Picture, Role
from analyzer.renderings import palette
from analyzer.renderings.layers import Edge, Group, order_groups
from analyzer.renderings.picture_text import type_of
from analyzer.renderings.text_parts import counted

UNREGISTERED = "not registered"
ABOVE = "neighbours using these"
BELOW = "neighbours used here"


def group_boxes(picture: Picture) -> list[Group]:
    """Return the groups from top to bottom, dependents above what they depend on.

    By distance where the boxes have one; else by their frames, with the neighbours on the side
    where they are needed; else everything in one group without a frame.
    """
    if any(box.distance is not None for box in picture.boxes):
        return _by_distance(picture)
    if picture.grouped_by is None or not any(box.groups for box in picture.boxes):
        return [Group("all", tuple(box.key for box in picture.boxes))]
    return _by_frame(picture)


def _by_frame(picture: Picture) -> list[Group]:
    boxes = {box.key: box for box in picture.boxes}
    edges = [(edge.dependent, edge.depends_on) for edge in picture.edges]
    members: dict[tuple[str, str], list[str]] = defaultdict(list)
    above: list[str] = []
    below: list[str] = []
    users, used = {user for user, _ in edges}, {used for _, used in edges}
    for box in picture.boxes:
        if box.role is not Role.NEIGHBOUR or box.groups:
            members[_frames_of(box)].append(box.key)
        elif box.key in users and box.key not in used:
            above.append(box.key)
        else:
            below.append(box.key)
    return [
        Group("above", tuple(above), label=ABOVE, is_apart=True, is_context=True),
        *(
            Group(
                f"frame {outer}\0{inner}",
                tuple(members[outer, inner]),
                label=inner,
                outer=outer,
                is_context=all(boxes[key].role is Role.NEIGHBOUR for key in members[outer, inner]),
            )
            for outer, inner in _order_frames(members, boxes, edges)
        ),
        Group("below", tuple(below), label=BELOW, is_apart=True, is_context=True),
    ]


def _frames_of(box: Box) -> tuple[str, str]:
    """Return the outer frame, empty where there is none, and the inner one."""
    if not box.groups:
        return ("", UNREGISTERED if box.kind is BoxKind.FILE else type_of(box))
    if len(box.groups) == 1:
        return ("", box.groups[0])
    return (box.groups[0], " / ".join(box.groups[1:]))


def _order_frames(
    members: dict[tuple[str, str], list[str]], boxes: dict[str, Box], edges: Sequence[Edge]
) -> list[tuple[str, str]]:
    """Return outer and inner frames so that few lines run upwards, the inner ones together."""
    home = {key: frames for frames, keys in members.items() for key in keys}
    known = {name: rank for rank, name in enumerate(palette.TYPE_ORDER)}

    def rank(frame: tuple[str, str]) -> tuple[int, tuple[str, str]]:
        ranks = {known.get(boxes[key].type or "", len(known)) for key in members[frame]}
        return (ranks.pop() if len(ranks) == 1 else len(known), frame)

    frames = sorted(members, key=rank)
    outers = _order(
        list(dict.fromkeys(outer for outer, _ in frames)), edges, lambda key: home[key][0], home
    )
    ordered: list[tuple[str, str]] = []
    for outer in outers:
        inner = [one for own, one in frames if own == outer]
        own = {key: home[key] for key in home if home[key][0] == outer}
        ordered.extend((outer, one) for one in _order(inner, edges, lambda key: home[key][1], own))
    return ordered


def _order(
    names: list[str],
    edges: Sequence[Edge],
    name_of: Callable[[str], str],
    known: dict[str, tuple[str, str]],
) -> list[str]:
    if len(names) == 1:
        return names
    between = ((name_of(a), name_of(b)) for a, b in edges if a in known and b in known)
    return order_groups(names, edges=between)


def _by_distance(picture: Picture) -> list[Group]:
    """Return what depends on the focus above it, the furthest first, and what it needs below."""
    rows: dict[int, list[Box]] = defaultdict(list)
    for box in picture.boxes:
        distance = box.distance or 0
        rows[distance if box.direction is Direction.UPSTREAM else -distance].append(box)
    return [
        Group(
            f"distance {distance}",
            tuple(box.key for box in rows[distance]),
            label=_label_of(distance, rows[distance]),
            is_apart=True,
            is_fixed=True,
        )
        for distance in sorted(rows)
    ]


def _label_of(distance: int, boxes: Iterable[Box]) -> str:
    steps = f"{counted(abs(distance), 'step')} away"
    if not distance:
        return ""
    if distance > 0:
        return f"needed by it, {steps}"
    are_dependents = all(box.direction is Direction.DOWNSTREAM for box in boxes)
    return f"depends on it, {steps}" if are_dependents else steps
