"""The picture of an impact: what a change can affect, by distance."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from analyzer.graph.modules import KindFilter
from analyzer.graph.system import System
from analyzer.model.answers import Affected, ImpactAnswer
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.pictures import Box, Direction, Edge, Picture, Role
from analyzer.questions.impact import find_impact
from analyzer.questions.pictures.parts import (
    box_artifact,
    box_file,
    draw_between,
    draw_chain,
    enumerate_words,
    list_owners,
    split_chain,
)
from analyzer.questions.references import Reference

_MOST_NAMED = 3
_MOST_FOCUSED = 12


def picture_impact(
    system: System, references: Sequence[Reference], *, allows: KindFilter
) -> Picture:
    """What a change of some things can affect; a changed file of no artifact is a box of its own.

    All the dependencies among these are drawn, of the kinds that carry impact.
    """
    answer = find_impact(system, references, allows=allows)
    carrying = system.restricted_to({kind for kind in system.kinds if allows(kind)})
    changed = {one.artifact for one in answer.changed if one.artifact is not None}
    files = {one.path for one in answer.changed if one.artifact is None}
    distances = {
        **dict.fromkeys(changed, 0),
        **{one.artifact.id: one.distance for one in answer.affected},
        **{ArtifactId(path): 0 for path in files},
    }
    drawn = {
        (edge.dependent, edge.depends_on): edge
        for edge in draw_between(carrying.artifact_graph_with(files), distances, core=distances)[0]
    }
    for edge in _find_other_ways(system, answer.affected, distances):
        drawn.setdefault((edge.dependent, edge.depends_on), edge)
    is_narrow = len(changed) + len(files) <= _MOST_FOCUSED
    among = system.artifact_graph_with(files).networkx.subgraph(distances).edges
    unborne = sum(pair not in drawn for pair in among)
    return Picture(
        title=f"What a change of {_name(references)} can affect",
        boxes=tuple(
            _draw_box(system, key, distances[key], is_narrow=is_narrow) for key in sorted(distances)
        ),
        edges=tuple(drawn[pair] for pair in sorted(drawn)),
        grouped_by=None,
        left_out=tuple(_say_left_out(answer, unborne=unborne)),
        owners=list_owners(system),
    )


def _draw_box(system: System, key: ArtifactId, distance: int, *, is_narrow: bool) -> Box:
    # The focus is never folded: a whole folder that changes is none.
    role = Role.FOCUS if is_narrow and not distance else Role.MEMBER
    artifact = system.artifacts.get(key)
    if artifact is None:
        return box_file(ProjectPath(key), role=role, distance=distance)
    direction = Direction.DOWNSTREAM if distance else None
    return box_artifact(artifact, role=role, distance=distance, direction=direction)


def _find_other_ways(
    system: System, affected: Iterable[Affected], shown: Collection[str]
) -> Iterator[Edge]:
    """The steps of each chain, as one of them may be no dependency.

    Whoever imports something below a package executes its `__init__`: that matters here alone.
    """

    def key_of(path: ProjectPath) -> str | None:
        key = system.artifact_of.get(path, path)
        return key if key in shown else None

    for one in affected:
        for dependent, depends_on, part in split_chain(one.chain, key_of):
            yield draw_chain(dependent=dependent, depends_on=depends_on, chain=part, key_of=key_of)


def _say_left_out(answer: ImpactAnswer, *, unborne: int) -> Iterator[str]:
    if unborne:
        carrying = _count(unborne, "dependency that carries", "dependencies that carry")
        yield f"Not drawn: {carrying} no impact."
    counted = [
        _count(len(found), one, many)
        for found, one, many in (
            (answer.endpoints, "endpoint", "endpoints"),
            (answer.tests, "test file", "test files"),
        )
        if found
    ]
    if counted:
        yield f"Also affected: {enumerate_words(counted)}."


def _count(number: int, singular: str, plural: str) -> str:
    return f"{number} {singular if number == 1 else plural}"


def _name(references: Sequence[Reference]) -> str:
    names = [one.ref for one in references]
    more = len(names) - _MOST_NAMED
    if more > 0:
        names = [*names[:_MOST_NAMED], f"{more} more"]
    return enumerate_words(names)
