"""The picture of a change: what two revisions have that the other one has not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace

from analyzer.graph.system import System
from analyzer.model.imports import Kind
from analyzer.model.names import ArtifactId
from analyzer.model.pictures import Box, Change, Edge, FoldBy, Picture
from analyzer.model.reports import ReviewAnswer
from analyzer.questions.pictures.parts import (
    box_artifact,
    draw_between,
    draw_dependency,
    list_owners,
)

Pair = tuple[str, str]
Kinds = tuple[Kind, ...]


def picture_difference(
    review: ReviewAnswer, *, base: System, head: System, revision: str
) -> Picture:
    """The artifacts and dependencies that a change adds, removes or makes others.

    Of what stays as it is, the dependencies among these are drawn.

    Args:
        review: what the comparison of both ends has found.
        base: where the change begins.
        head: where it ends.
        revision: what the user calls the base.
    """
    altered = _find_altered(base, head)
    others = [*review.added.dependencies, *review.removed.dependencies]
    pairs = {*altered, *((one.dependent, one.depends_on) for one in others)}
    ends = {ArtifactId(end) for pair in pairs for end in pair}
    records = {one.artifact for one in review.records}
    shown = ends | records | {*review.added.artifacts, *review.removed.artifacts}
    now = {id_ for id_ in shown if id_ in head.artifacts}
    added = {(one.dependent, one.depends_on) for one in review.added.dependencies}
    fields: dict[str, list[str]] = defaultdict(list)
    for one in review.records:
        fields[one.artifact].append(
            f"{one.field}: was {one.before or 'none'}, is {one.after or 'none'}"
        )
    edges = [
        _tell_change(edge, added, altered)
        for edge in draw_between(head.artifact_graph, now, core=now)[0]
    ]
    edges += [
        replace(draw_dependency(base.artifact_graph, one), change=Change.REMOVED)
        for one in review.removed.dependencies
    ]
    unchanged = _count_leading_out(head, now)
    left_out = []
    if not shown:
        left_out.append("No artifact, no dependency and no owner or authority is another one.")
    elif unchanged:
        these = "dependency" if unchanged == 1 else "dependencies"
        left_out.append(f"Not drawn: {unchanged} {these} with what the change leaves as it is.")
    return Picture(
        title=f"What has changed since {revision}",
        boxes=tuple(
            _draw_box(id_, fields.get(id_, ()), base=base, head=head) for id_ in sorted(shown)
        ),
        edges=tuple(sorted(edges, key=lambda edge: (edge.dependent, edge.depends_on))),
        grouped_by=FoldBy.TYPE,
        left_out=tuple(left_out),
        owners=list_owners(head),
    )


def _find_altered(base: System, head: System) -> dict[Pair, Kinds]:
    """The dependencies that come about in another way than before, with the kinds at the base."""
    before = {
        (one.dependent, one.depends_on): one.kinds for one in base.artifact_graph.all_dependencies()
    }
    now = {
        (one.dependent, one.depends_on): one.kinds for one in head.artifact_graph.all_dependencies()
    }
    return {pair: kinds for pair, kinds in before.items() if now.get(pair, kinds) != kinds}


def _tell_change(edge: Edge, added: Collection[Pair], altered: Mapping[Pair, Kinds]) -> Edge:
    pair = edge.dependent, edge.depends_on
    if pair in added:
        return replace(edge, change=Change.ADDED)
    if pair in altered:
        note = f"was {', '.join(altered[pair])}, is {', '.join(edge.kinds)}"
        return replace(edge, change=Change.CHANGED, notes=(note, *edge.notes))
    return edge


def _draw_box(id_: ArtifactId, changes: Sequence[str], *, base: System, head: System) -> Box:
    """An artifact with what of its record is another one, a sentence each."""
    artifact = head.artifacts.get(id_)
    if artifact is None:
        box = box_artifact(base.artifacts[id_], framed_by=FoldBy.TYPE)
        return replace(box, change=Change.REMOVED)
    box = box_artifact(artifact, framed_by=FoldBy.TYPE)
    if id_ not in base.artifacts:
        return replace(box, change=Change.ADDED)
    return replace(box, change=Change.CHANGED if changes else None, notes=(*changes, *box.notes))


def _count_leading_out(head: System, shown: Collection[ArtifactId]) -> int:
    """The dependencies of which only one end is among some artifacts."""
    graph = head.artifact_graph.networkx
    ends = sum(graph.degree(id_) for id_ in shown)
    return ends - 2 * graph.subgraph(shown).number_of_edges()
