"""Edges that say nothing new, as a longer way leads from one end to the other as well."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx


def find_implied_edges(edges: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """The edges that are not part of the transitive reduction.

    That is unique only without cycles (Aho, Garey and Ullman 1972), so that edges within a strongly
    connected component all stay; of several between the same two components, which one of them
    could go is not said, so all stay or all go.
    """
    graph: nx.DiGraph[str] = nx.DiGraph(edges)
    condensed = nx.condensation(graph)
    component = condensed.graph["mapping"]
    reduced = nx.transitive_reduction(condensed)
    return {
        (start, end)
        for start, end in graph.edges
        if component[start] != component[end]
        and not reduced.has_edge(component[start], component[end])
    }
