"""The picture of what stands around one artifact."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import assert_never

from analyzer.graph.system import System
from analyzer.model.names import ArtifactId
from analyzer.model.pictures import Direction, Picture, Role
from analyzer.model.registry import Artifact
from analyzer.questions.pictures.parts import box_artifact, draw_between, list_owners, name_box

Step = Callable[[ArtifactId], Iterable[ArtifactId]]


def picture_around(
    system: System, artifact: Artifact, *, depth: int, direction: Direction
) -> Picture:
    """What an artifact depends on, what depends on it, or both, as far as some steps away.

    A way leads in one direction all along: what else its dependents depend on is not around it.
    Dependencies between the outermost are counted, not drawn.
    """
    graph = system.artifact_graph
    steps = _choose_steps(graph.networkx.successors, graph.networkx.predecessors, direction)
    distances: dict[ArtifactId, int] = {}
    directions: dict[ArtifactId, Direction] = {}
    for way, step in steps.items():
        for id_, distance in _measure(artifact.id, step).items():
            if distance < distances.get(id_, distance + 1):
                distances[id_], directions[id_] = distance, way
    shown = {id_: distance for id_, distance in distances.items() if distance <= depth}
    core = {id_ for id_, distance in shown.items() if distance < depth}
    edges, hidden = draw_between(graph, shown, core=core)
    left_out = []
    if not graph.files_of(artifact.id):
        left_out.append("It has no Python code: what it depends on is not known.")
    if further := len(distances) - len(shown):
        left_out.append(f"{_count(further)} further away than {_steps(depth)}.")
    return Picture(
        title=_title(artifact, direction),
        boxes=tuple(
            box_artifact(
                system.artifacts[id_],
                role=Role.MEMBER if shown[id_] else Role.FOCUS,
                distance=shown[id_],
                direction=directions[id_] if shown[id_] else None,
            )
            for id_ in sorted(shown)
        ),
        edges=edges,
        grouped_by=None,
        hidden_edges=hidden,
        left_out=tuple(left_out),
        owners=list_owners(system),
    )


def _choose_steps(up: Step, down: Step, direction: Direction) -> dict[Direction, Step]:
    match direction:
        case Direction.UPSTREAM:
            return {direction: up}
        case Direction.DOWNSTREAM:
            return {direction: down}
        case Direction.BOTH:
            return {Direction.UPSTREAM: up, Direction.DOWNSTREAM: down}
        case _:
            assert_never(direction)


def _measure(start: ArtifactId, step: Step) -> dict[ArtifactId, int]:
    """How many steps away each artifact is, breadth first."""
    distances = {start: 0}
    ring = [start]
    while ring:
        following = [other for id_ in ring for other in step(id_)]
        number = distances[ring[0]] + 1
        ring = []
        for id_ in following:
            if id_ not in distances:
                distances[id_] = number
                ring.append(id_)
    return distances


def _title(artifact: Artifact, direction: Direction) -> str:
    name = name_box(artifact)
    match direction:
        case Direction.UPSTREAM:
            return f"What {name} depends on"
        case Direction.DOWNSTREAM:
            return f"What depends on {name}"
        case Direction.BOTH:
            return f"Around {name}"
        case _:
            assert_never(direction)


def _count(number: int) -> str:
    return f"{number} artifact is" if number == 1 else f"{number} artifacts are"


def _steps(number: int) -> str:
    return f"{number} step" if number == 1 else f"{number} steps"
