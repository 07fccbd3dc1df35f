"""A picture as DOT, Graphviz's language (https://graphviz.org/doc/info/lang.html).

Every box has its place (`arrange`, `place`), so that Graphviz only draws the lines around boxes:
`layout=nop` says so. `dot` itself would put everything that is not
linked into one endless row, and lead lines around every cluster.

Every text is escaped, for an HTML-like label or for a quoted string, never handed on as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

import graphviz

from analyzer.model.pictures import Box, Edge, Mark, Picture, Role
from analyzer.renderings import palette
from analyzer.renderings.arrange import HEADING, PADDING, Cell, arrange
from analyzer.renderings.dot_text import (
    escape_html,
    escape_lines,
    escape_string,
    format_number,
    format_pos,
    html_text,
    node_name,
)
from analyzer.renderings.layers import Group, order_groups
from analyzer.renderings.legend import add_legend
from analyzer.renderings.picture_text import (
    NAME_WIDTH,
    SMALL_WIDTH,
    TITLE_WIDTH,
    count_line,
    edge_label,
    edge_tooltip_lines,
    estimate_width,
    name_of,
    owner_of,
    shorten,
    tooltip_lines,
    type_of,
    wave_of,
)
from analyzer.renderings.place import Placement, Point, place

FONT = "Helvetica,Arial,sans-serif"
SMALL = "8.5"
POINTS = 72
NAME_SIZE = 11.5
BOX_HEIGHT = 0.6
UNPLACED_HEIGHT = 0.73
"""Of all boxes, where one of them needs another line."""
NEIGHBOURS = {
    "above": "neighbours using these",
    "below": "neighbours used here",
}


def render_dot(picture: Picture) -> str:
    """Return the picture as DOT text. The same picture gives the same text."""
    return _Drawing(picture).draw()


class _Drawing:
    """One picture while it is put together."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.boxes = {box.key: box for box in picture.boxes}
        self.fills = palette.assign_fills([*picture.owners, *(box.owner for box in picture.boxes)])
        self.names = {
            key: node_name(key, number=number) for number, key in enumerate(self.boxes, start=1)
        }
        self.width = _box_width(picture.boxes)
        self.height = UNPLACED_HEIGHT if any(map(_is_unplaced, picture.boxes)) else BOX_HEIGHT
        self.graph = graphviz.Digraph(
            name=graphviz.nohtml(shorten(picture.title, width=TITLE_WIDTH).replace("\\", "/")),
            graph_attr={
                "label": _title_label(picture),
                "labelloc": "t",
                "labeljust": "l",
                "fontname": FONT,
                "fontcolor": palette.TEXT,
                "layout": "nop",
                "splines": "true",
                "outputorder": "nodesfirst",
                "pad": "0.2",
                "bgcolor": "white",
                "tooltip": " ",
            },
            node_attr={
                "fontname": FONT,
                "fontsize": f"{NAME_SIZE}",
                "fontcolor": palette.TEXT,
                "color": palette.BOX_BORDER,
                "margin": "0.08,0.04",
                "fixedsize": "true",
                "width": f"{self.width:.2f}",
                "height": f"{self.height:.2f}",
            },
            edge_attr={
                "fontname": FONT,
                "fontsize": "7.5",
                "fontcolor": palette.LINE,
                "color": palette.LINE,
                "arrowsize": "0.6",
            },
        )

    def draw(self) -> str:
        edges = [(edge.dependent, edge.depends_on) for edge in self.picture.edges]
        has_labels = any(edge_label(edge) for edge in self.picture.edges)
        cell = Cell(
            width=self.width * POINTS,
            height=self.height * POINTS,
            gap_x=44 if has_labels else 28 if edges else 16,
            gap_y=34 if has_labels else 26 if edges else 16,
        )
        shelves = arrange(self._group(), edges=edges, cell=cell)
        placement = place(shelves, edges=edges, cell=cell)
        for shelf in shelves:
            for block in shelf:
                self._add_cluster(block.group, placement)
        pairs = {(edge.dependent, edge.depends_on) for edge in self.picture.edges}
        for edge in self.picture.edges:
            is_mutual = (edge.depends_on, edge.dependent) in pairs
            self._add_edge(edge, placement if is_mutual else None)
        add_legend(self.graph, self.picture, fills=self.fills, below=placement)
        return str(self.graph.source)

    def _group(self) -> list[Group]:
        """Return the clusters from top to bottom: neighbours on the side where they are needed."""
        above: list[str] = []
        below: list[str] = []
        users = {edge.dependent for edge in self.picture.edges}
        used = {edge.depends_on for edge in self.picture.edges}
        types: dict[str, list[str]] = {}
        for key, box in self.boxes.items():
            if box.role is not Role.NEIGHBOUR:
                types.setdefault(type_of(box), []).append(key)
            elif key in users and key not in used:
                above.append(key)
            else:
                below.append(key)
        known = {name: rank for rank, name in enumerate(palette.TYPE_ORDER)}
        order = order_groups(
            sorted(types, key=lambda name: (known.get(name, len(known)), name)),
            edges=self._type_edges(),
        )
        return [
            Group("above", tuple(above), is_apart=True),
            *(Group(f"type {name}", tuple(types[name])) for name in order),
            Group("below", tuple(below), is_apart=True),
        ]

    def _type_edges(self) -> Iterable[tuple[str, str]]:
        for edge in self.picture.edges:
            ends = self.boxes[edge.dependent], self.boxes[edge.depends_on]
            if not any(box.role is Role.NEIGHBOUR for box in ends):
                yield type_of(ends[0]), type_of(ends[1])

    def _add_cluster(self, group: Group, placement: Placement) -> None:
        is_neighbours = group.name in NEIGHBOURS
        label = NEIGHBOURS.get(group.name) or group.name.removeprefix("type ")
        heading = f"{shorten(label, width=NAME_WIDTH)} ({len(group.members)})"
        width = estimate_width(heading, font_size=9.5)
        frame = placement.frames[group.name]
        with self.graph.subgraph(name=f"cluster_{escape_string(group.name)}") as cluster:
            cluster.attr(
                label=html_text(heading),
                labelloc="t",
                labeljust="l",
                fontsize="10",
                fontcolor=palette.MUTED_TEXT,
                color=palette.NEIGHBOUR_BORDER if is_neighbours else palette.CLUSTER_BORDER,
                style="dashed" if is_neighbours else "filled,rounded",
                fillcolor=palette.CLUSTER_FILL,
                margin="10",
                tooltip=escape_string(label),
                bb=",".join(map(format_number, (frame.left, frame.bottom, frame.right, frame.top))),
                lp=format_pos(Point(frame.left + PADDING + width / 2, frame.top - HEADING / 2)),
            )
            for member in group.members:
                self._add_box(cluster, self.boxes[member], placement.points[member])

    def _add_box(self, cluster: graphviz.Digraph, box: Box, point: Point) -> None:
        shape = palette.get_shape(box.type)
        is_unplaced = _is_unplaced(box)
        styles = ["filled", shape.style]
        attributes = {"fillcolor": self.fills[box.owner]}
        if box.role is Role.NEIGHBOUR:
            styles.append("dashed")
            attributes = {
                "fillcolor": palette.NEIGHBOUR_FILL,
                "color": palette.NEIGHBOUR_BORDER,
                "fontcolor": palette.MUTED_TEXT,
            }
        if is_unplaced:
            attributes |= {"color": palette.WARNING, "penwidth": "2"}
        cluster.node(
            self.names[box.key],
            label=_box_label(box, is_unplaced=is_unplaced),
            pos=format_pos(point),
            shape=shape.dot,
            style=",".join(filter(None, styles)),
            tooltip=escape_lines(tooltip_lines(box)),
            **attributes,
            **dict(shape.extra),
        )

    def _add_edge(self, edge: Edge, apart: Placement | None) -> None:
        """Add an edge; of two that run between the same boxes each gets corners of its own."""
        label = edge_label(edge)
        tooltip = escape_lines(edge_tooltip_lines(edge))
        attributes = dict(palette.LINES[palette.get_line_style(edge)])
        if label:
            attributes |= {"xlabel": _edge_label(label)}
        if apart is not None:
            tail, head = _corners(apart.points[edge.dependent], apart.points[edge.depends_on])
            attributes |= {"tailport": tail, "headport": head}
        self.graph.edge(
            self.names[edge.dependent], self.names[edge.depends_on], tooltip=tooltip, **attributes
        )


def _corners(tail: Point, head: Point) -> tuple[str, str]:
    """The corners of two boxes that an edge runs between, so that its way back is another one."""
    if abs(tail.x - head.x) > abs(tail.y - head.y):
        return ("ne", "nw") if tail.x < head.x else ("sw", "se")
    return ("sw", "nw") if tail.y > head.y else ("ne", "se")


def _is_unplaced(box: Box) -> bool:
    return Mark.MISSING in box.marks


def _box_width(boxes: Iterable[Box]) -> float:
    """Return inches that hold every name: all boxes are as wide as the widest."""
    names = (shorten(name_of(box), width=NAME_WIDTH) for box in boxes)
    longest = max((estimate_width(name, font_size=NAME_SIZE) for name in names), default=0)
    return max(1.7, (longest + 14) / POINTS)


def _title_label(picture: Picture) -> str:
    title = escape_html(shorten(picture.title, width=TITLE_WIDTH) or "Artifacts")
    counts = escape_html(count_line(picture))
    return (
        f'<<FONT POINT-SIZE="16"><B>{title}</B></FONT><BR ALIGN="LEFT"/>'
        '<FONT POINT-SIZE="4"> </FONT><BR ALIGN="LEFT"/>'
        f'<FONT POINT-SIZE="10" COLOR="{palette.MUTED_TEXT}">{counts}</FONT><BR ALIGN="LEFT"/>'
        '<FONT POINT-SIZE="6"> </FONT><BR ALIGN="LEFT"/>>'
    )


def _box_label(box: Box, *, is_unplaced: bool) -> str:
    name = escape_html(shorten(name_of(box), width=NAME_WIDTH))
    texts = [box.key, owner_of(box)]
    if box.role is Role.NEIGHBOUR:
        texts[1] = f"{owner_of(box)} · {wave_of(box)}"
    lines = [escape_html(shorten(text, width=SMALL_WIDTH)) for text in texts]
    if is_unplaced:
        lines.append(f'<FONT COLOR="{palette.WARNING}"><B>no place in the code</B></FONT>')
    gap = '<FONT POINT-SIZE="3"> </FONT>'
    small = f'<FONT POINT-SIZE="{SMALL}">{"<BR/>".join(lines)}</FONT>'
    return f"<{name}<BR/>{gap}<BR/>{small}>"


def _edge_label(text: str) -> str:
    """Return a label on a ground of its own, so that no line runs through the text."""
    return (
        '<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1" BGCOLOR="white">'
        f"<TR><TD>{escape_html(text)}</TD></TR></TABLE>>"
    )
