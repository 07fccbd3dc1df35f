"""Cycles between artifacts: knots, a shortest way round, and what opens a knot."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

import networkx as nx

from analyzer.model.names import ArtifactId

Edge = tuple[ArtifactId, ArtifactId]
"""From a dependent to what it depends on."""

LARGEST_EXACT_KNOT = 12
"""Up to this many artifacts the fewest cuts of a knot are found for certain."""


def find_knots(
    graph: nx.DiGraph[ArtifactId], *, max_length: int | None = None
) -> Iterator[nx.DiGraph[ArtifactId]]:
    """The strongly connected components of more than one artifact, in any order.

    With `max_length`, dependencies that lie on no cycle of at most so many artifacts are left out.
    """
    for component in nx.strongly_connected_components(graph):
        if len(component) < 2:
            continue
        # A graph of its own: a view would look at the whole graph for each step in the knot.
        knot: nx.DiGraph[ArtifactId] = nx.DiGraph(graph.subgraph(component).edges)
        if max_length is None or len(component) <= max_length:
            yield knot
            continue
        short: nx.DiGraph[ArtifactId] = nx.DiGraph(
            edge for edge in knot.edges if find_shortest_cycle(knot, through=edge, most=max_length)
        )
        yield from find_knots(short)


def find_shortest_cycle(
    knot: nx.DiGraph[ArtifactId], *, through: Edge, most: int | None = None
) -> tuple[ArtifactId, ...]:
    """A shortest cycle through an edge of a strongly connected graph, beginning with that edge.

    Breadth first; of several shortest cycles the first one in the order of ids. With `most`, it is
    empty where the cycle would have more artifacts.
    """
    start, first = through
    came_from: dict[ArtifactId, ArtifactId] = {first: start}
    found = [first]
    length = 2
    while start not in came_from:
        if most is not None and length > most:
            return ()
        length += 1
        layer, found = found, []
        for current in layer:
            for after in sorted(knot.adj[current]):
                if after not in came_from:
                    came_from[after] = current
                    found.append(after)
    back = [start]
    while back[-1] != first:
        back.append(came_from[back[-1]])
    return (start, *reversed(back[1:]))


def find_fewest_cuts(
    knot: nx.DiGraph[ArtifactId], *, preferred: Sequence[Edge]
) -> tuple[Edge, ...]:
    """The fewest edges whose removal leaves no cycle: a minimum feedback arc set, sorted.

    Exact up to `LARGEST_EXACT_KNOT` artifacts, and then the choice among several minimum sets is
    stable: removing one of these edges leaves the others as they are. Beyond, the set is small, and
    none of its edges can be spared, but there may be a smaller one.

    Args:
        knot: a strongly connected graph.
        preferred: all of its edges; where several sets are minimal, that one is taken which holds
            the earliest edges.
    """
    if len(knot) <= LARGEST_EXACT_KNOT:
        return _cut_exactly(knot, preferred)
    return _cut_well(knot, preferred)


def _cut_exactly(knot: nx.DiGraph[ArtifactId], preferred: Sequence[Edge]) -> tuple[Edge, ...]:
    """Over all sets of artifacts that may come first in an order without cycles.

    Dynamic programming as in Lawler, "A comment on minimum feedback arc sets" (1964): the cost of a
    set is that of the set without its last member, and of the edges that lead from this one back.
    """
    names = sorted(knot)
    number = {name: index for index, name in enumerate(names)}
    # An edge costs one, less a power of two by its rank: so fewer edges always cost less, and of
    # as many those that hold the earliest one.
    whole = 1 << len(preferred)
    costs: list[dict[int, int]] = [{} for _ in names]
    for rank, (dependent, depends_on) in enumerate(preferred):
        costs[number[dependent]][1 << number[depends_on]] = whole - (whole >> (rank + 1))
    best, last = [0], [0]
    back = [[0] for _ in names]
    for group in range(1, 1 << len(names)):
        lowest = group & -group
        for index, known in enumerate(back):
            known.append(known[group ^ lowest] + costs[index].get(lowest, 0))
        cost, member = min(
            (best[group ^ (1 << index)] + back[index][group], index)
            for index in range(len(names))
            if group >> index & 1
        )
        best.append(cost)
        last.append(member)
    group = (1 << len(names)) - 1
    place = {}
    while group:
        place[names[last[group]]] = group.bit_count()
        group ^= 1 << last[group]
    return tuple(sorted(edge for edge in knot.edges if place[edge[0]] > place[edge[1]]))


def _cut_well(knot: nx.DiGraph[ArtifactId], preferred: Sequence[Edge]) -> tuple[Edge, ...]:
    """A small set in the time of the edges, from which nothing can be spared.

    The order is that of Eades, Lin and Smyth, "A fast and effective heuristic for the feedback arc
    set problem" (1993): what depends on nothing that is left goes to the end, what nothing left
    depends on to the front, and else that to the front which gives the most for what it takes.
    """
    rest: nx.DiGraph[ArtifactId] = nx.DiGraph(knot)
    front: list[ArtifactId] = []
    end: list[ArtifactId] = []
    queue = [_urgency(rest, name) for name in sorted(rest)]
    heapq.heapify(queue)
    while queue:
        entry = heapq.heappop(queue)
        name = entry[-1]
        if name not in rest or entry != _urgency(rest, name):
            continue
        (end if entry[0] == 0 else front).append(name)
        touched = {*rest.successors(name), *rest.predecessors(name)} - {name}
        rest.remove_node(name)
        for other in sorted(touched):
            heapq.heappush(queue, _urgency(rest, other))
    place = {name: index for index, name in enumerate((*front, *reversed(end)))}
    kept: nx.DiGraph[ArtifactId] = nx.DiGraph(
        edge for edge in knot.edges if place[edge[0]] < place[edge[1]]
    )
    kept.add_nodes_from(knot)
    cuts = []
    # The least preferred ones are the first that are tried to be spared.
    for dependent, depends_on in reversed(preferred):
        if not kept.has_edge(dependent, depends_on):
            if nx.has_path(kept, depends_on, dependent):
                cuts.append((dependent, depends_on))
            else:
                kept.add_edge(dependent, depends_on)
    return tuple(sorted(cuts))


def _urgency(rest: nx.DiGraph[ArtifactId], name: ArtifactId) -> tuple[int, int, ArtifactId]:
    """Which artifact is placed next, the smallest first."""
    gives, takes = rest.out_degree(name), rest.in_degree(name)
    if gives == 0:
        return (0, 0, name)
    return (1, 0, name) if takes == 0 else (2, takes - gives, name)
