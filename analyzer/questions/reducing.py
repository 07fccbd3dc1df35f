"""Thinning: a picture without the lines that a longer way implies."""

from __future__ import annotations

from msgspec.structs import replace

from analyzer.graph.reduction import find_implied_edges
from analyzer.model.imports import Kind
from analyzer.model.pictures import Change, Edge, Picture

# Nobody goes on from there: neither from what only type checkers see, nor from a package that is
# executed for something else in it.
_ENDS = frozenset({Kind.TYPE_CHECKING, Kind.PARENT_INIT})


def reduce_picture(picture: Picture) -> Picture:
    """Leave out the lines that a longer way through the picture implies, and count them.

    A line that was added, removed or changed, or that has a finding, stays. No way leads along what
    is removed, or along what happens for type checkers only or ends in a package's `__init__`.
    """
    implied = find_implied_edges(
        ((edge.dependent, edge.depends_on) for edge in picture.edges),
        passable={
            (edge.dependent, edge.depends_on) for edge in picture.edges if _is_passable(edge)
        },
    )
    kept, left_out = [], 0
    for edge in picture.edges:
        is_plain = edge.change is None and not edge.marks
        if is_plain and (edge.dependent, edge.depends_on) in implied:
            left_out += edge.count
        else:
            kept.append(edge)
    return replace(picture, edges=tuple(kept), reduced_edges=picture.reduced_edges + left_out)


def _is_passable(edge: Edge) -> bool:
    return edge.change is not Change.REMOVED and edge.find_kind() not in _ENDS
