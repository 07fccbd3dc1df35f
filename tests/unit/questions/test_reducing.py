"""Which lines a longer way implies."""

from __future__ import annotations

from analyzer.model.imports import Kind
from analyzer.model.names import ProjectPath
from analyzer.model.pictures import Change, Edge, Mark, Picture
from analyzer.questions.reducing import reduce_picture


def line(ends: str, *kinds: Kind, change: Change | None = None, mark: Mark | None = None) -> Edge:
    """A line such as `AB`; of several kinds it is a chain through other code."""
    return Edge(
        dependent=ends[0],
        depends_on=ends[1],
        kinds=kinds or (Kind.RUNTIME,),
        through=(ProjectPath("x.py"),) if len(kinds) > 1 else (),
        change=change,
        marks=() if mark is None else (mark,),
    )


def thin(*edges: Edge) -> list[str]:
    reduced = reduce_picture(Picture(title="t", boxes=(), edges=edges))
    assert reduced.reduced_edges == len(edges) - len(reduced.edges)
    return [edge.dependent + edge.depends_on for edge in reduced.edges]


def test_a_longer_way_implies_a_line() -> None:
    assert thin(line("AB"), line("BC"), line("AC")) == ["AB", "BC"]
    assert thin(line("AB"), line("BC"), line("AC", Kind.TYPE_CHECKING)) == ["AB", "BC"]
    assert thin(line("AB"), line("BC"), line("AC", mark=Mark.ERROR)) == ["AB", "BC", "AC"]


def test_no_way_leads_along_what_is_gone_or_never_gone_on_from() -> None:
    for gone in (
        line("AB", change=Change.REMOVED),
        line("AB", Kind.TYPE_CHECKING),
        line("AB", Kind.PARENT_INIT),
        line("AB", Kind.RUNTIME, Kind.TYPE_CHECKING),
    ):
        assert thin(gone, line("BC"), line("AC")) == ["AB", "BC", "AC"], gone
