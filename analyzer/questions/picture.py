"""`diagram`: what a picture shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from analyzer.graph.system import System
from analyzer.model.answers import Dependency, DiagramAnswer, DiagramBox, DiagramEdge
from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ArtifactId


def picture_wave(system: System, wave: int) -> DiagramAnswer:
    """The artifacts of one wave, and their neighbours in other waves.

    Raises:
        AnalyzerError: no artifact belongs to the wave.
    """
    members = [id_ for id_, one in system.artifacts.items() if one.record.wave == wave]
    if not members:
        raise AnalyzerError(_explain_empty_wave(system, wave))
    titles = [one.title for one in system.registry.waves if one.number == wave and one.title]
    return _picture(
        system, members, title=f"Wave {wave}: {titles[0]}" if titles else f"Wave {wave}"
    )


def _explain_empty_wave(system: System, wave: int) -> str:
    waves = sorted(
        {one.record.wave for one in system.artifacts.values() if one.record.wave is not None}
    )
    known = (
        f"waves with artifacts: {', '.join(map(str, waves))}" if waves else "no record has a wave"
    )
    message = f"no artifact belongs to wave {wave}; {known}"
    for documented in system.registry.waves:
        if documented.number == wave:
            message += (
                f". {documented.origin} counts its artifacts but lists none: add `wave: {wave}` "
                "to their records"
            )
            break
    return message


def _picture(system: System, members: Collection[ArtifactId], *, title: str) -> DiagramAnswer:
    graph = system.artifact_graph
    inside = set(members)
    shown: dict[tuple[ArtifactId, ArtifactId], Dependency] = {}
    for member in sorted(inside):
        for dependency in (*graph.dependencies_of(member), *graph.dependents_of(member)):
            shown[dependency.dependent, dependency.depends_on] = dependency
    neighbours = {id_ for pair in shown for id_ in pair} - inside
    hidden = sum(
        depends_on in neighbours
        for neighbour in neighbours
        for depends_on in graph.networkx.successors(neighbour)
    )
    boxes = [
        DiagramBox(system.artifacts[id_], is_neighbour=id_ in neighbours)
        for id_ in sorted(inside | neighbours)
    ]
    return DiagramAnswer(
        title=title,
        boxes=tuple(boxes),
        edges=tuple(_edge(system, shown[pair]) for pair in sorted(shown)),
        hidden_edges=hidden,
        unplaced=tuple(_unplaced(boxes)),
        owners=tuple(sorted({one.record.owner or "" for one in system.artifacts.values()} - {""})),
    )


def _edge(system: System, dependency: Dependency) -> DiagramEdge:
    between = [link.imported for link in dependency.chain[:-1]]
    return DiagramEdge(
        dependent=dependency.dependent,
        depends_on=dependency.depends_on,
        kinds=dependency.kinds,
        through=tuple(path for path in between if path not in system.artifact_of),
    )


def _unplaced(boxes: Iterable[DiagramBox]) -> Iterable[ArtifactId]:
    for box in boxes:
        if not box.artifact.place.paths:
            yield box.artifact.id
