"""The legend of a DOT picture: real boxes and real lines below it, and only those that it uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import graphviz

from analyzer.model.pictures import Picture, Role
from analyzer.renderings import palette
from analyzer.renderings.dot_text import escape_string, format_pos, html_text
from analyzer.renderings.palette import LineStyle
from analyzer.renderings.picture_text import (
    NAME_WIDTH,
    estimate_width,
    owner_of,
    shorten,
    type_of,
)
from analyzer.renderings.place import Placement, Point

FONT_SIZE = 8.0
HEIGHT = 20.0
ROW = 30.0
GAP = 12.0
LINE_LENGTH = 34.0
SHORTEST_ROW = 300.0

Draw = Callable[[Point], None]
"""Draws one entry around a point."""


def add_legend(
    graph: graphviz.Digraph,
    picture: Picture,
    *,
    fills: Mapping[str | None, str],
    below: Placement,
) -> None:
    """Add entries for types, owners and lines, row by row, as wide as the picture."""
    left = min((frame.left for frame in below.frames.values()), default=0.0)
    right = max((frame.right for frame in below.frames.values()), default=0.0)
    right = max(right, left + SHORTEST_ROW)
    x, y = left, -ROW
    for kind in _list_entries(graph, picture, fills):
        for width, draw in kind:
            if x > left and x + width > right:
                x, y = left, y - ROW
            draw(Point(x + width / 2, y))
            x += width + GAP
        x += GAP if kind else 0


def _list_entries(
    graph: graphviz.Digraph, picture: Picture, fills: Mapping[str | None, str]
) -> list[list[tuple[float, Draw]]]:
    types = sorted({type_of(box): box.type for box in picture.boxes}.items())
    owners = sorted(
        {
            owner_of(box): box.owner for box in picture.boxes if box.role is not Role.NEIGHBOUR
        }.items()
    )
    used = {palette.get_line_style(edge) for edge in picture.edges}
    shapes = []
    for number, (name, type_name) in enumerate(types, start=1):
        shapes.append(_box(graph, f"legend type {number}", name, palette.get_shape(type_name)))
    swatches = []
    for number, (name, owner) in enumerate(owners, start=1):
        swatches.append(
            _box(
                graph,
                f"legend owner {number}",
                name,
                palette.PLAIN_SHAPE,
                fill=fills[owner],
                text=f"owner: {name}",
            )
        )
    lines = [_line(graph, style) for style in LineStyle if style in used]
    return [shapes, swatches, lines]


def _box(
    graph: graphviz.Digraph,
    node: str,
    name: str,
    shape: palette.BoxShape,
    *,
    fill: str = "#ffffff",
    text: str | None = None,
) -> tuple[float, Draw]:
    label = shorten(text or name, width=NAME_WIDTH)
    width = estimate_width(label, font_size=FONT_SIZE) + 20

    def draw(point: Point) -> None:
        graph.node(
            node,
            label=html_text(label),
            pos=format_pos(point),
            shape=shape.dot,
            style=",".join(filter(None, ("filled", shape.style))),
            fillcolor=fill,
            fontsize=f"{FONT_SIZE:g}",
            width=f"{width / 72:.2f}",
            height=f"{HEIGHT / 72:.2f}",
            tooltip=escape_string(name),
            **dict(shape.extra),
        )

    return width, draw


def _line(graph: graphviz.Digraph, style: LineStyle) -> tuple[float, Draw]:
    text_width = estimate_width(style.value, font_size=FONT_SIZE)
    width = LINE_LENGTH + 6 + text_width

    def draw(point: Point) -> None:
        start = point.x - width / 2
        name = f"legend line {style.name.lower()}"
        for end, x in ((f"{name} from", start), (f"{name} to", start + LINE_LENGTH)):
            graph.node(
                end,
                label="",
                pos=format_pos(Point(x, point.y)),
                shape="point",
                style="invis",
                width="0.01",
                height="0.01",
            )
        graph.node(
            name,
            label=html_text(style.value),
            pos=format_pos(Point(start + width - text_width / 2, point.y)),
            shape="plaintext",
            fontsize=f"{FONT_SIZE:g}",
            width=f"{text_width / 72:.2f}",
            height=f"{HEIGHT / 72:.2f}",
            tooltip=style.value,
        )
        graph.edge(f"{name} from", f"{name} to", tooltip=style.value, **palette.LINES[style])

    return width, draw
