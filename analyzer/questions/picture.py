"""`diagram`: what a picture shows."""

from __future__ import annotations

from collections.abc import Collection

from analyzer.graph.system import System
from analyzer.model.answers import Dependency
from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ArtifactId
from analyzer.model.pictures import Box, BoxKind, Edge, Mark, Picture, Role
from analyzer.model.registry import Artifact


def picture_wave(system: System, wave: int) -> Picture:
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


def _picture(system: System, members: Collection[ArtifactId], *, title: str) -> Picture:
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
    return Picture(
        title=title,
        boxes=tuple(
            _box(system.artifacts[id_], Role.NEIGHBOUR if id_ in neighbours else Role.MEMBER)
            for id_ in sorted(inside | neighbours)
        ),
        edges=tuple(_edge(system, shown[pair]) for pair in sorted(shown)),
        hidden_edges=hidden,
        owners=tuple(sorted({one.record.owner or "" for one in system.artifacts.values()} - {""})),
    )


def _box(artifact: Artifact, role: Role) -> Box:
    record, paths = artifact.record, artifact.place.paths
    purpose = (record.purpose,) if record.purpose else ()
    return Box(
        key=artifact.id,
        kind=BoxKind.ARTIFACT,
        name=record.name or artifact.id,
        role=role,
        type=record.type,
        owner=record.owner,
        wave=record.wave,
        path=paths[0] if paths else None,
        marks=() if paths else (Mark.MISSING,),
        notes=(*paths[1:], *purpose),
    )


def _edge(system: System, dependency: Dependency) -> Edge:
    between = [link.imported for link in dependency.chain[:-1]]
    return Edge(
        dependent=dependency.dependent,
        depends_on=dependency.depends_on,
        kinds=dependency.kinds,
        evidence=dependency.chain,
        through=tuple(path for path in between if path not in system.artifact_of),
        links=system.artifact_graph.count_links(
            dependent=dependency.dependent, depends_on=dependency.depends_on
        ),
    )
