"""Laws of cycles: what is said to open a knot opens it, and nothing less does."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from random import Random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.graph import cycles
from analyzer.graph.cycles import Edge, find_fewest_cuts, find_knots, find_shortest_cycle
from analyzer.model.names import ArtifactId

_FEWER = settings(max_examples=60)


def build(edges: Iterable[Edge]) -> nx.DiGraph[ArtifactId]:
    return nx.DiGraph(edges)


@st.composite
def knots(draw: st.DrawFn, most: int = 6) -> nx.DiGraph[ArtifactId]:
    """A strongly connected graph: a ring, and more edges."""
    names = [ArtifactId(letter) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    names = draw(st.permutations(names[: draw(st.integers(2, most))]))
    pairs = [(one, other) for one in names for other in names if one != other]
    graph = build(zip(names, (*names[1:], names[0]), strict=True))
    graph.add_edges_from(draw(st.lists(st.sampled_from(pairs), max_size=10)))
    return graph


def without(graph: nx.DiGraph[ArtifactId], cuts: tuple[Edge, ...]) -> nx.DiGraph[ArtifactId]:
    rest = build(graph.edges)
    rest.add_nodes_from(graph)
    rest.remove_edges_from(cuts)
    return rest


def cut(graph: nx.DiGraph[ArtifactId], preferred: list[Edge]) -> tuple[Edge, ...]:
    """Over all knots of a graph, which need not be one."""
    return tuple(
        edge
        for knot in find_knots(graph)
        for edge in find_fewest_cuts(
            knot, preferred=[edge for edge in preferred if knot.has_edge(*edge)]
        )
    )


@_FEWER
@given(knots(most=5), st.randoms(use_true_random=False))
def test_the_fewest_cuts_are_those_of_trying_all(
    knot: nx.DiGraph[ArtifactId], chance: Random
) -> None:
    """And of several smallest sets that one which holds the most preferred edges."""
    preferred = sorted(knot.edges)
    chance.shuffle(preferred)
    found = find_fewest_cuts(knot, preferred=preferred)
    for size in range(len(found) + 1):
        opening = [
            one
            for one in combinations(preferred, size)
            if nx.is_directed_acyclic_graph(without(knot, one))
        ]
        if opening:
            # `combinations` goes through them in the order of preference.
            assert tuple(sorted(opening[0])) == found
            break
    else:
        pytest.fail("it opens nothing")


@_FEWER
@given(knots(), st.data())
def test_removing_one_cut_leaves_the_others(
    knot: nx.DiGraph[ArtifactId], data: st.DataObject
) -> None:
    """So mending what is reported never makes anything new."""
    preferred = sorted(knot.edges)
    found = find_fewest_cuts(knot, preferred=preferred)
    gone = data.draw(st.sampled_from(found))
    assert set(cut(without(knot, (gone,)), preferred)) == {*found} - {gone}


@_FEWER
@given(knots(most=26))
def test_in_large_knots_none_of_the_cuts_can_be_spared(knot: nx.DiGraph[ArtifactId]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cycles, "LARGEST_EXACT_KNOT", 1)
        found = find_fewest_cuts(knot, preferred=sorted(knot.edges))
        again = find_fewest_cuts(
            build(sorted(knot.edges, reverse=True)), preferred=sorted(knot.edges)
        )
    assert found == again
    assert nx.is_directed_acyclic_graph(without(knot, found))
    for edge in found:
        others = tuple(one for one in found if one != edge)
        assert not nx.is_directed_acyclic_graph(without(knot, others))


@_FEWER
@given(knots(most=12), st.data())
def test_a_shortest_cycle_through_an_edge(
    knot: nx.DiGraph[ArtifactId], data: st.DataObject
) -> None:
    edge = data.draw(st.sampled_from(sorted(knot.edges)))
    cycle = find_shortest_cycle(knot, through=edge)
    assert cycle[:2] == edge
    assert len(set(cycle)) == len(cycle)
    assert all(knot.has_edge(*pair) for pair in zip(cycle, (*cycle[1:], cycle[0]), strict=True))
    assert len(cycle) == nx.shortest_path_length(knot, edge[1], edge[0]) + 1
    assert find_shortest_cycle(knot, through=edge, most=len(cycle)) == cycle
    assert find_shortest_cycle(knot, through=edge, most=len(cycle) - 1) == ()
    assert cycle == find_shortest_cycle(build(sorted(knot.edges, reverse=True)), through=edge)


@_FEWER
@given(knots(most=9), st.integers(2, 9))
def test_short_cycles_only(knot: nx.DiGraph[ArtifactId], most: int) -> None:
    found = {edge for one in find_knots(knot, max_length=most) for edge in one.edges}
    expected = {
        edge for edge in knot.edges if nx.shortest_path_length(knot, edge[1], edge[0]) < most
    }
    assert found == expected
