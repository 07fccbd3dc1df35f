"""The picture of a cycle: the knot that an artifact is in."""

from __future__ import annotations

from analyzer.graph.cycles import find_knots
from analyzer.graph.system import System
from analyzer.model.errors import AnalyzerError
from analyzer.model.pictures import Picture, Role
from analyzer.model.registry import Artifact
from analyzer.questions.pictures.parts import box_artifact, draw_between, list_owners, name_box


def picture_knot(system: System, artifact: Artifact) -> Picture:
    """All artifacts that depend on one and that it depends on, when the program runs.

    Their other dependencies on each other, such as imports for type checkers, are drawn as well.

    Raises:
        AnalyzerError: the artifact is in no cycle.
    """
    graph = system.artifact_graph
    for knot in find_knots(graph.running):
        if artifact.id in knot:
            break
    else:
        raise AnalyzerError(
            f"{artifact.id} is in no cycle; `analyzer check --select DEP005` lists those there are"
        )
    members = frozenset(knot)
    edges, _ = draw_between(graph, members, core=members)
    leading_out = sum(graph.networkx.out_degree(id_) for id_ in members) - len(edges)
    leading_in = sum(graph.networkx.in_degree(id_) for id_ in members) - len(edges)
    out = f"{leading_out:,} {'dependency' if leading_out == 1 else 'dependencies'}"
    left_out = f"Not drawn: {out} out of the cycle, {leading_in:,} into it."
    return Picture(
        title=f"The cycle around {name_box(artifact)}",
        boxes=tuple(
            box_artifact(
                system.artifacts[id_], role=Role.FOCUS if id_ == artifact.id else Role.MEMBER
            )
            for id_ in sorted(members)
        ),
        edges=edges,
        grouped_by=None,
        left_out=(left_out,) if leading_out or leading_in else (),
        owners=list_owners(system),
    )
