"""DEP005 dependency-cycle: artifacts that depend on each other when the program runs."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import networkx as nx

from analyzer.checks.base import Settings, build_finding
from analyzer.graph.system import System
from analyzer.model.findings import Finding
from analyzer.model.imports import Chain
from analyzer.model.names import ArtifactId


def find(system: System, settings: Settings) -> Iterator[Finding]:  # noqa: ARG001 - every check's shape
    """Yield one finding for each knot of artifacts that all reach each other.

    A knot is a strongly connected component; the finding shows a shortest cycle in it and stands
    at the first import of that cycle. Imports for type checkers make no cycle.
    """
    graph = system.artifact_graph.running
    for component in nx.strongly_connected_components(graph):
        if len(component) > 1:
            knot = graph.subgraph(component)
            yield _describe(system, cycle=find_shortest_cycle(knot), knot=frozenset(component))


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


def _describe(
    system: System, *, cycle: tuple[ArtifactId, ...], knot: frozenset[ArtifactId]
) -> Finding:
    graph = system.artifact_graph
    chain: Chain = ()
    for dependent, depends_on in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
        chain += graph.find_running_chain(dependent=dependent, depends_on=depends_on)
    first = system.artifacts[cycle[0]]
    message = f"{' -> '.join((*cycle, cycle[0]))} depend on each other"
    if len(knot) > len(cycle):
        message += f" (a shortest cycle among {len(knot)} artifacts that all reach each other)"
    return build_finding(
        "DEP005",
        message=message,
        subject=" ".join(sorted(knot)),
        path=chain[0].importer,
        line=chain[0].line,
        artifact=first.id,
        owner=first.record.owner,
        chain=chain,
    )
