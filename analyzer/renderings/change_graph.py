"""The dependencies between artifacts before and after a change, as Mermaid flowcharts."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from analyzer.model.answers import Dependency
from analyzer.model.names import ArtifactId
from analyzer.model.reports import ReviewAnswer
from analyzer.renderings.mermaid import INDENT, escape_label
from analyzer.renderings.picture_text import shorten

MOST_EDGES = 60
"""Edges of a picture that people still read; Mermaid itself refuses more than 500."""
ID_WIDTH = 40

_CHANGED = {"before": "stroke:#8b0000,stroke-width:3px", "after": "stroke:#116329,stroke-width:3px"}


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
        before=_draw(kept, shown_removed, _CHANGED["before"]),
        after=_draw(kept, shown_added, _CHANGED["after"]),
        left_out=edges - len(shown_added) - len(shown_removed) - len(kept),
    )


def _draw(kept: Sequence[Dependency], changed: Sequence[Dependency], style: str) -> str:
    """One flowchart; the edges that only it has are thick."""
    edges = [*kept, *changed]
    ids: list[ArtifactId] = sorted({one for edge in edges for one in _ends(edge)})
    # Ids are texts of the project: a box is called by a number, as in every picture.
    names = {id_: f"N{number}" for number, id_ in enumerate(ids, start=1)}
    lines = ["flowchart LR"]
    for id_ in ids:
        label = escape_label(shorten(id_, width=ID_WIDTH)) or "?"
        lines.append(f'{INDENT}{names[id_]}["{label}"]')
    if not ids:
        lines.append(f'{INDENT}N1["no dependencies"]')
    for number, edge in enumerate(edges):
        arrow = "==>" if number >= len(kept) else "-->"
        start, end = _ends(edge)
        lines.append(f"{INDENT}{names[start]} {arrow} {names[end]}")
    if changed:
        numbers = ",".join(str(number) for number in range(len(kept), len(edges)))
        lines.append(f"{INDENT}linkStyle {numbers} {style}")
    return "\n".join(lines) + "\n"


def _ends(edge: Dependency) -> tuple[ArtifactId, ArtifactId]:
    return edge.dependent, edge.depends_on
