"""Cycles between artifacts."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import networkx as nx

from analyzer.model.names import ArtifactId


def find_knots(graph: nx.DiGraph[ArtifactId]) -> Iterator[nx.DiGraph[ArtifactId]]:
    """The strongly connected components of more than one artifact, in any order."""
    for component in nx.strongly_connected_components(graph):
        if len(component) > 1:
            yield graph.subgraph(component)


def find_shortest_cycle(knot: nx.DiGraph[ArtifactId]) -> tuple[ArtifactId, ...]:
    """A shortest cycle in a strongly connected graph, beginning with its smallest id.

    One breadth-first search from each node, as in Itai and Rodeh, "Finding a minimum circuit in a
    graph" (1978); of several shortest cycles the first in the order of ids.
    """
    best: tuple[ArtifactId, ...] = ()
    for start in sorted(knot):
        cycle = _shortest_cycle_through(knot, start)
        if not best or len(cycle) < len(best):
            best = cycle
        if len(best) == 2:
            break
    return best


def _shortest_cycle_through(
    knot: nx.DiGraph[ArtifactId], start: ArtifactId
) -> tuple[ArtifactId, ...]:
    came_from: dict[ArtifactId, ArtifactId] = {}
    queue = deque([start])
    while queue:
        current = queue.popleft()
        for after in sorted(knot.successors(current)):
            if after == start:
                cycle = [current]
                while cycle[-1] != start:
                    cycle.append(came_from[cycle[-1]])
                cycle.reverse()
                return tuple(cycle)
            if after not in came_from:
                came_from[after] = current
                queue.append(after)
    raise ValueError(f"{start} is in no cycle")
