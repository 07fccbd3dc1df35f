"""Thinning: a picture without the lines that a longer way implies."""

from __future__ import annotations

from msgspec.structs import replace

from analyzer.graph.reduction import find_implied_edges
from analyzer.model.pictures import Picture


def reduce_picture(picture: Picture) -> Picture:
    """Leave out the lines that a longer way through the picture implies, and count them.

    A line that was added, removed or changed, or that has a finding, stays.
    """
    implied = find_implied_edges((edge.dependent, edge.depends_on) for edge in picture.edges)
    kept, left_out = [], 0
    for edge in picture.edges:
        is_plain = edge.change is None and not edge.marks
        if is_plain and (edge.dependent, edge.depends_on) in implied:
            left_out += edge.count
        else:
            kept.append(edge)
    return replace(picture, edges=tuple(kept), reduced_edges=picture.reduced_edges + left_out)
