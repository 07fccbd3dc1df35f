"""The dependencies between artifacts before and after a change, as Mermaid flowcharts."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from analyzer.model.answers import Dependency
from analyzer.model.pictures import Box, BoxKind, Change, Edge, Picture
from analyzer.model.reports import ReviewAnswer
from analyzer.renderings.mermaid import render_mermaid

MOST_EDGES = 60
"""Edges of a picture that people still read; Mermaid itself refuses more than 500."""


class ChangeGraph(Struct, frozen=True):
    """Both pictures, and what they leave out."""

    before: str
    after: str
    left_out: int
    """Edges that stand in neither picture."""


def draw_change(body: ReviewAnswer) -> ChangeGraph | None:
    """Draw what was added and removed, and what else those artifacts are linked with.

    Nothing where no dependency was added or removed. What did not change is left out first.
    """
    added, removed = body.added.dependencies, body.removed.dependencies
    if not added and not removed:
        return None
    shown_added, shown_removed = added[:MOST_EDGES], removed[:MOST_EDGES]
    room = max(0, MOST_EDGES - max(len(shown_added), len(shown_removed)))
    kept = body.kept[:room]
    edges = len(added) + len(removed) + len(body.kept)
    return ChangeGraph(
        before=_draw(kept, shown_removed, Change.REMOVED, body.removed.artifacts),
        after=_draw(kept, shown_added, Change.ADDED, body.added.artifacts),
        left_out=edges - len(shown_added) - len(shown_removed) - len(kept),
    )


def _draw(
    kept: Sequence[Dependency],
    changed: Sequence[Dependency],
    change: Change,
    artifacts: Sequence[str],
) -> str:
    """One end of the change; what only this end has is marked."""
    edges = [*((one, None) for one in kept), *((one, change) for one in changed)]
    keys = sorted({key for one, _ in edges for key in (one.dependent, one.depends_on)})
    new = frozenset(artifacts)
    boxes = (
        Box(
            key=key,
            kind=BoxKind.ARTIFACT,
            name=key,
            change=change if key in new else None,
        )
        for key in keys
    )
    lines = (
        Edge(
            dependent=one.dependent,
            depends_on=one.depends_on,
            kinds=one.kinds,
            evidence=one.chain,
            change=own,
        )
        for one, own in sorted(edges, key=lambda pair: pair[0].sort_key())
    )
    picture = Picture(title="", boxes=tuple(boxes), edges=tuple(lines), grouped_by=None)
    return render_mermaid(picture)
