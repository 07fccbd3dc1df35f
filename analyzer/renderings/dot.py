"""A picture as DOT, Graphviz's language (https://graphviz.org/doc/info/lang.html).

Everything has its place already (`compose`), so that Graphviz only draws: `layout=nop2` says so.
`dot` itself would put everything that is not linked into one endless row, and lead lines around
every cluster. With `-Kdot` it does so, to whoever wants it.

Every text is escaped, for an HTML-like label or for a quoted string, never handed on as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import graphviz
from msgspec.structs import replace

from analyzer.model.pictures import Box, Edge, Picture
from analyzer.renderings import palette
from analyzer.renderings.arrange import HEADING, Cell
from analyzer.renderings.compose import MOST_ROUTED, Layout, compose
from analyzer.renderings.dot_boxes import (
    STACK,
    STACKED,
    draw_label,
    get_text_colour,
    measure_boxes,
    style_box,
    write_content,
)
from analyzer.renderings.dot_captions import add_caption, add_title
from analyzer.renderings.dot_text import (
    FONT,
    escape_lines,
    escape_string,
    format_frame,
    format_pos,
    format_spline,
    inches,
    node_name,
)
from analyzer.renderings.geometry import Frame, Point, surround
from analyzer.renderings.grouping import group_boxes
from analyzer.renderings.layers import Group
from analyzer.renderings.legend import add_legend
from analyzer.renderings.lines import cut_end, round_corners
from analyzer.renderings.look import LIGHT, Look
from analyzer.renderings.picture_text import (
    NAME_WIDTH,
    TITLE_WIDTH,
    describe,
    edge_label,
    edge_tooltip_lines,
    has_owners,
    name_of,
    shorten,
    tooltip_lines,
)
from analyzer.renderings.text_width import measure_text

HEADING_SIZE = 9.5
LABEL_SIZE = 7.5
ARROW_SIZE = 0.6


def render_dot(picture: Picture, *, look: Look = LIGHT) -> str:
    """Return the picture as DOT text. The same picture gives the same text."""
    return _Drawing(picture, look).draw()


class _Drawing:
    """One picture while it is put together."""

    def __init__(self, picture: Picture, look: Look) -> None:
        self.picture = picture
        self.look = look
        self.colours = palette.THEMES[look.theme]
        self.boxes = {box.key: box for box in picture.boxes}
        self.fills = palette.assign_fills([*picture.owners, *(box.owner for box in picture.boxes)])
        self.names = {
            key: node_name(key, number=number) for number, key in enumerate(self.boxes, start=1)
        }
        owned = has_owners(picture)
        self.contents = {box.key: write_content(box, has_owners=owned) for box in picture.boxes}
        self.width, self.height = measure_boxes(
            self.contents.values(), most_lines=_count_most_lines(picture)
        )
        self.labels = {
            number: text for number, edge in enumerate(picture.edges) if (text := edge_label(edge))
        }
        self.graph = graphviz.Digraph(
            name=graphviz.nohtml(shorten(picture.title, width=TITLE_WIDTH).replace("\\", "/")),
            graph_attr={
                "layout": "nop2",
                "outputorder": "edgesfirst",
                "pad": "0.2",
                "bgcolor": self.colours.page,
                "fontname": FONT,
                "tooltip": escape_string(describe(picture)),
            },
            node_attr={
                "fontname": FONT,
                "margin": "0",
                "fixedsize": "true",
                "width": inches(self.width),
                "height": inches(self.height),
            },
            edge_attr={
                "fontname": FONT,
                "fontsize": f"{LABEL_SIZE}",
                "fontcolor": self.colours.muted_text,
                "color": self.colours.line,
                "arrowsize": f"{ARROW_SIZE}",
            },
        )

    def draw(self) -> str:
        groups = [
            replace(group, least_width=_heading_width(_heading(group, self.boxes)))
            for group in group_boxes(self.picture)
        ]
        layout = compose(
            groups,
            edges=[(edge.dependent, edge.depends_on) for edge in self.picture.edges],
            cell=self._cell(),
            labels={
                number: measure_text(text, font_size=LABEL_SIZE) + 4
                for number, text in self.labels.items()
            },
            headings={
                **{group.name: _heading_width(_heading(group, self.boxes)) for group in groups},
                **{group.outer: _heading_width(group.outer) for group in groups},
            },
            lifts=self._lifts,
            insets=lambda key: self.contents[key].shape.inset,
        )
        self._add_frames(groups, layout)
        for number, edge in enumerate(self.picture.edges):
            self._add_edge(edge, number, layout)
            if number in layout.labels:
                self._add_label(edge, number, layout.labels[number])
        legend = add_legend(
            self.graph, self.picture, fills=self.fills, colours=self.colours, below=layout.bounds
        )
        title = add_title(
            self.graph,
            self.picture,
            colours=self.colours,
            above=layout.bounds,
            remarks=self._remarks(layout),
        )
        self.graph.attr(bb=format_frame(surround([layout.bounds, legend, title])))
        return str(self.graph.source)

    def _lifts(self, key: str) -> tuple[float, float]:
        """Return what stands out above a box, and below it."""
        own = self.contents[key].shape.lift
        return (own + STACK * STACKED if self.boxes[key].fold else own, own)

    def _cell(self) -> Cell:
        has_edges = bool(self.picture.edges)
        return Cell(
            width=self.width,
            height=self.height,
            gap_x=32 if self.labels else 24 if has_edges else 16,
            gap_y=22 if has_edges else 14,
            lift=max((self._lifts(key)[0] for key in self.boxes), default=0.0),
        )

    def _remarks(self, layout: Layout) -> list[str]:
        """Return what the drawing itself could not do."""
        if layout.is_straight:
            what = f"straight lines, as there are more than {MOST_ROUTED}"
            return [f"Simplified layout: {what}; what they say is in their tooltips."]
        lost = len(self.labels) - len(layout.labels)
        if lost:
            return [f"Of {lost} lines the text had no room; it is in their tooltips."]
        return []

    def _add_frames(self, groups: list[Group], layout: Layout) -> None:
        """Add clusters, an outer one around its inner ones, with the boxes in them."""
        outers: dict[str, graphviz.Digraph] = {}
        numbers = {outer: number for number, outer in enumerate(layout.outers, start=1)}
        for outer, frame in layout.outers.items():
            outers[outer] = graphviz.Digraph(name=f"cluster_outer_{numbers[outer]}")
            self._style_frame(
                outers[outer],
                outer,
                frame,
                start=layout.headings[outer],
                is_context=False,
                is_outer=True,
            )
        for number, group in enumerate(groups, start=1):
            if not group.members:
                continue
            parent = outers.get(group.outer, self.graph)
            if group.name not in layout.frames:
                self._add_boxes(parent, group, layout)
                continue
            with parent.subgraph(name=f"cluster_{number}") as cluster:
                self._style_frame(
                    cluster,
                    _heading(group, self.boxes),
                    layout.frames[group.name],
                    start=layout.headings[group.name],
                    is_context=group.is_context,
                    is_outer=False,
                )
                self._add_boxes(cluster, group, layout)
        for outer in outers.values():
            self.graph.subgraph(outer)

    def _style_frame(
        self,
        cluster: graphviz.Digraph,
        heading: str,
        frame: Frame,
        *,
        start: float,
        is_context: bool,
        is_outer: bool,
    ) -> None:
        colours = self.colours
        fill = colours.page if is_outer or is_context else colours.frame
        cluster.attr(
            color=colours.neighbour_border if is_context else colours.frame_border,
            style="dashed,rounded" if is_context else "filled,rounded",
            fillcolor=fill,
            bb=format_frame(frame),
            tooltip=escape_string(heading),
        )
        add_caption(
            cluster,
            f"heading {format_pos(Point(frame.left, frame.top))}",
            heading,
            left=start - 2,
            middle=frame.top - HEADING / 2 - 1,
            size=HEADING_SIZE,
            colour=colours.muted_text,
            ground=fill,
            is_bold=is_outer,
        )

    def _add_boxes(self, cluster: graphviz.Digraph, group: Group, layout: Layout) -> None:
        for key in group.members:
            self._add_box(cluster, self.boxes[key], layout.points[key])

    def _add_box(self, cluster: graphviz.Digraph, box: Box, point: Point) -> None:
        attributes = style_box(box, fill=self.fills[box.owner], colours=self.colours)
        name = self.names[box.key]
        content = self.contents[box.key]
        # All of it, also the boxes of a stack and the outer one of two borders, keeps to the width
        # that the layout gave it: lines and frames are as near as that.
        lift = content.shape.lift
        width = self.width - 2 * lift - content.depth
        point = Point(point.x - content.depth / 2, point.y)
        if width != self.width:
            attributes["width"] = inches(width)
        if content.is_stack:
            # Two borders have nothing between them, so that those of a stack would show through.
            whole = {"peripheries": "1", "width": inches(width + 2 * lift)}
            whole |= {"height": inches(self.height + 2 * lift)}
            for level in range(STACKED, -1 if lift else 0, -1):
                behind = Point(point.x + STACK * level, point.y + STACK * level)
                cluster.node(
                    f"{name} behind {level}",
                    label="",
                    pos=format_pos(behind),
                    tooltip=" ",
                    **{"class": "decoration"},
                    **(attributes | (whole if lift else {})),
                )
        link = self.look.find_link(box.path, box.line)
        cluster.node(
            name,
            label=draw_label(
                self.contents[box.key],
                width=self.width,
                colour=get_text_colour(box, self.colours),
            ),
            pos=format_pos(point),
            tooltip=escape_lines(tooltip_lines(box)),
            **({"URL": link.replace("&", "&amp;")} if link else {}),
            **attributes,
        )

    def _add_edge(self, edge: Edge, number: int, layout: Layout) -> None:
        line = palette.LINES[palette.get_line_style(edge)]
        colour = palette.get_line_colour(edge, self.colours)
        width = palette.get_line_width(edge)
        size = ARROW_SIZE + 0.06 * (width - 1)
        points = layout.lines[number]
        shaft = cut_end(points, line.head_length * size)
        attributes = {
            "pos": format_spline(round_corners(shaft), tip=points[-1]),
            "tooltip": escape_lines(
                edge_tooltip_lines(
                    edge,
                    {key: name_of(self.boxes[key]) for key in (edge.dependent, edge.depends_on)},
                )
            ),
        }
        if line.arrowhead != "normal":
            attributes["arrowhead"] = line.arrowhead
        if line.dashes:
            attributes["style"] = line.dashes
        if colour != self.colours.line:
            attributes |= {"color": colour, "fontcolor": colour}
        if width != 1:
            attributes |= {"penwidth": f"{width:g}", "arrowsize": f"{size:.2f}"}
        first = edge.evidence[0] if edge.evidence else None
        link = self.look.find_link(first.importer, first.line) if first else None
        if link:
            attributes["URL"] = link.replace("&", "&amp;")
        self.graph.edge(self.names[edge.dependent], self.names[edge.depends_on], **attributes)

    def _add_label(self, edge: Edge, number: int, middle: Point) -> None:
        """Write on a line, in a box of its own: boxes are drawn above all lines."""
        text = self.labels[number]
        add_caption(
            self.graph,
            f"line {number + 1}",
            text,
            left=middle.x - measure_text(text, font_size=LABEL_SIZE) / 2 - 2,
            middle=middle.y,
            size=LABEL_SIZE,
            colour=palette.get_line_colour(edge, self.colours),
            ground=self.colours.page,
            is_on_line=True,
        )


def _count_most_lines(picture: Picture) -> int:
    """Return how many lines meet at one side of a box, at most."""
    sides = [edge.dependent for edge in picture.edges], [edge.depends_on for edge in picture.edges]
    return max((most for side in sides for _, most in Counter(side).most_common(1)), default=0)


def _heading(group: Group, boxes: Mapping[str, Box]) -> str:
    """Return what stands above a frame, with the number of all that is in it, stacked or not."""
    if not group.label:
        return ""
    held = sum(len(fold.artifacts) if (fold := boxes[key].fold) else 1 for key in group.members)
    return f"{shorten(group.label, width=NAME_WIDTH * 2)} ({held:,})"


def _heading_width(text: str) -> float:
    return measure_text(text, font_size=HEADING_SIZE)
