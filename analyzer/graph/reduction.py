"""Edges that say nothing new, as a longer way leads from one end to the other as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

import networkx as nx

Pair = tuple[str, str]


def find_implied_edges(edges: Iterable[Pair], *, passable: Collection[Pair]) -> set[Pair]:
    """The edges that a longer way implies, which consists of those that can be passed.

    Of these, what is no part of their transitive reduction. That is unique only without cycles
    (Aho, Garey and Ullman 1972), so that edges within a strongly connected component all stay; of
    several between the same two components, which one of them could go is not said, so all stay or
    all go.
    """
    every = list(edges)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(end for pair in every for end in pair)
    graph.add_edges_from(pair for pair in every if pair in passable)
    condensed = nx.condensation(graph)
    component = condensed.graph["mapping"]
    reduced = nx.transitive_reduction(condensed)
    implied = set()
    others: dict[int, list[Pair]] = defaultdict(list)
    for pair in every:
        start, end = (component[one] for one in pair)
        if start == end:
            continue
        if pair not in passable:
            others[start].append(pair)
        elif not reduced.has_edge(start, end):
            implied.add(pair)
    for start, pairs in others.items():
        reached = nx.descendants(reduced, start)
        implied.update(pair for pair in pairs if component[pair[1]] in reached)
    return implied
