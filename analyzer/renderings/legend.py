"""The legend of a DOT picture: real boxes and real lines below it, and only those that it uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import graphviz
from msgspec import Struct

from analyzer.model.pictures import Box, BoxKind, Change, Edge, Mark, Picture, Role
from analyzer.renderings import palette
from analyzer.renderings.dot_boxes import draw_pills, pill_width
from analyzer.renderings.dot_captions import add_caption
from analyzer.renderings.dot_text import (
    escape_string,
    format_pos,
    format_spline,
    html_text,
    inches,
)
from analyzer.renderings.geometry import Frame, Point
from analyzer.renderings.lines import cut_end, round_corners
from analyzer.renderings.palette import Colours, Line, LineStyle
from analyzer.renderings.picture_text import (
    NAME_WIDTH,
    explain_numbers,
    has_owners,
    list_marks,
    owner_of,
    shorten,
    type_of,
)
from analyzer.renderings.text_width import measure_text

FONT_SIZE = 8.0
HEIGHT = 20.0
ROW = 29.0
GAP = 12.0
LINE_LENGTH = 34.0
SHORTEST_ROW = 420.0
THICK = 3.0
CHANGE_WORDS = {Change.ADDED: "added", Change.REMOVED: "removed", Change.CHANGED: "changed"}


class Entry(Struct, frozen=True):
    """One entry of the legend."""

    width: float
    draw: Callable[[Point], None]
    """Draws it around a point."""


def add_legend(
    graph: graphviz.Digraph,
    picture: Picture,
    *,
    fills: Mapping[str | None, str],
    colours: Colours,
    below: Frame,
) -> Frame:
    """Add entries for what the picture uses, row by row, as wide as the picture; return where."""
    left = below.left
    right = max(below.right, left + SHORTEST_ROW)
    x, y = left, below.bottom - ROW
    widest = left
    legend = _Legend(graph, picture, fills, colours)
    for entries in (
        legend.list_types(),
        legend.list_owners(),
        legend.list_boxes(),
        legend.list_marks(),
        legend.list_lines(),
    ):
        is_any = False
        for entry in entries:
            if x > left and x + entry.width > right:
                x, y = left, y - ROW
            entry.draw(Point(x + entry.width / 2, y))
            widest = max(widest, x + entry.width)
            x += entry.width + GAP
            is_any = True
        x += GAP if is_any else 0
    return Frame(left, y - HEIGHT / 2, widest, below.bottom)


class _Legend:
    """Makes the entries."""

    def __init__(
        self,
        graph: graphviz.Digraph,
        picture: Picture,
        fills: Mapping[str | None, str],
        colours: Colours,
    ) -> None:
        self.graph = graph
        self.picture = picture
        self.fills = fills
        self.colours = colours

    def list_types(self) -> Iterator[Entry]:
        """What the shapes mean: one entry for each shape, with all its types."""
        shapes: dict[palette.BoxShape, set[str]] = {}
        for box in self.picture.boxes:
            if box.kind is BoxKind.FOLD and box.type is None:
                continue
            if box.kind is BoxKind.ARTIFACT and box.type is None and not self.picture.owners:
                continue
            shapes.setdefault(palette.get_shape(box.type, box.kind), set()).add(type_of(box))
        by_name = sorted((min(names), shape, sorted(names)) for shape, names in shapes.items())
        for number, (_, shape, names) in enumerate(by_name, start=1):
            text = names[0] if len(names) == 1 else f"{len(names)} other types"
            yield self._box(f"legend type {number}", text, ", ".join(names), shape)

    def list_owners(self) -> Iterator[Entry]:
        """What the fills mean."""
        if not has_owners(self.picture):
            return
        owners = {
            owner_of(box): box.owner
            for box in self.picture.boxes
            if box.role is not Role.NEIGHBOUR and (box.owner or box.kind is BoxKind.ARTIFACT)
        }
        for number, (name, owner) in enumerate(sorted(owners.items()), start=1):
            text = f"owner: {name}" if owner else name
            fill = self.fills[owner]
            yield self._box(f"legend owner {number}", text, text, palette.PLAIN_SHAPE, fill=fill)
        if any(box.fold and not box.owner for box in self.picture.boxes):
            text, fill = "several owners or none", self.fills[None]
            yield self._box("legend owners", text, text, palette.PLAIN_SHAPE, fill=fill)

    def list_boxes(self) -> Iterator[Entry]:
        """What borders and stacks mean."""
        roles = {box.role for box in self.picture.boxes}
        colours = self.colours
        if any(box.fold for box in self.picture.boxes):
            yield self._box(
                "legend fold", "several artifacts", "", palette.PLAIN_SHAPE, is_fold=True
            )
        if Role.FOCUS in roles:
            border = {"penwidth": "2.6", "color": colours.text}
            yield self._box(
                "legend focus", "what it is about", "", palette.PLAIN_SHAPE, border=border
            )
        if Role.NEIGHBOUR in roles:
            border = {"style": "filled,dashed", "color": colours.neighbour_border}
            yield self._box("legend neighbour", "neighbour", "", palette.PLAIN_SHAPE, border=border)

    def list_marks(self) -> Iterator[Entry]:
        """What the words on boxes and lines mean."""
        drawn: list[Box | Edge] = [*self.picture.boxes, *self.picture.edges]
        marks = list_marks(self.picture)
        for mark in Mark:
            if mark in marks:
                pill = (palette.MARK_WORDS[mark], palette.MARK_FILLS[mark])
                yield self._pill(f"legend {mark.value}", pill, palette.MARK_MEANINGS[mark])
        for change in Change:
            if any(one.change is change for one in drawn):
                pill = (palette.CHANGE_SIGNS[change], palette.CHANGE_FILLS[change])
                yield self._pill(f"legend {change.value}", pill, CHANGE_WORDS[change])

    def list_lines(self) -> Iterator[Entry]:
        """What dashes, arrowheads and widths mean."""
        used = {palette.get_line_style(edge) for edge in self.picture.edges}
        for style in LineStyle:
            if style in used:
                colour = self.colours.call if style is LineStyle.CALL else self.colours.line
                name = f"legend line {style.name.lower()}"
                yield self._line(name, palette.LINES[style], style.value, colour=colour)
        most = max((max(edge.links, edge.count) for edge in self.picture.edges), default=1)
        if most > 1:
            yield self._line(
                "legend line width",
                palette.LINES[LineStyle.IMPORT],
                f"the thicker, the more links (up to {most:,})",
                colour=self.colours.line,
                width=THICK,
            )
        if text := explain_numbers(self.picture):
            yield self._number(text)

    def _box(
        self,
        node: str,
        text: str,
        tooltip: str,
        shape: palette.BoxShape,
        *,
        fill: str | None = None,
        border: Mapping[str, str] | None = None,
        is_fold: bool = False,
    ) -> Entry:
        label = shorten(text, width=NAME_WIDTH + 8)
        width = measure_text(label, font_size=FONT_SIZE) + 16 + 1.6 * shape.inset
        attributes = {
            "shape": shape.dot,
            "style": ",".join(filter(None, ("filled", shape.style))),
            "fillcolor": fill or self.colours.page,
            "color": self.colours.border if fill else self.colours.neighbour_border,
            "width": inches(width),
            "height": inches(HEIGHT),
            **dict(shape.extra),
            **(border or {}),
        }
        colour = palette.BOX_TEXT if fill else self.colours.text

        def draw(point: Point) -> None:
            if is_fold:
                behind = format_pos(Point(point.x + 3, point.y + 3))
                self.graph.node(
                    f"{node} behind",
                    label="",
                    pos=behind,
                    tooltip=" ",
                    **{"class": "decoration"},
                    **attributes,
                )
            self.graph.node(
                node,
                label=html_text(label),
                pos=format_pos(point),
                fontsize=f"{FONT_SIZE:g}",
                fontcolor=colour,
                tooltip=escape_string(tooltip or text),
                **{"class": "legend"},
                **attributes,
            )

        return Entry(width, draw)

    def _pill(self, node: str, pill: tuple[str, str], meaning: str) -> Entry:
        """A word as it stands on boxes, then what it means; once where that is the same."""
        own = pill_width(pill)
        width = own + 4 + measure_text(meaning, font_size=FONT_SIZE) + 4

        def draw(point: Point) -> None:
            left = point.x - width / 2
            self.graph.node(
                node,
                label=f"<{draw_pills([pill])}>",
                pos=format_pos(Point(left + own / 2, point.y)),
                shape="plaintext",
                width=inches(own),
                height=inches(HEIGHT),
                tooltip=" ",
                **{"class": "legend"},
            )
            self._caption(node, meaning, left + own + 2, point.y)

        return Entry(width, draw)

    def _line(self, name: str, line: Line, text: str, *, colour: str, width: float = 1.0) -> Entry:
        total = LINE_LENGTH + 8 + measure_text(text, font_size=FONT_SIZE)

        def draw(point: Point) -> None:
            start = Point(point.x - total / 2, point.y)
            end = Point(start.x + LINE_LENGTH, point.y)
            for node, place in ((f"{name} from", start), (f"{name} to", end)):
                self.graph.node(
                    node,
                    label="",
                    pos=format_pos(place),
                    shape="point",
                    style="invis",
                    width="0.01",
                    height="0.01",
                )
            shaft = cut_end([start, end], line.head_length * 0.6)
            self.graph.edge(
                f"{name} from",
                f"{name} to",
                pos=format_spline(round_corners(shaft), tip=end),
                arrowhead=line.arrowhead,
                style=line.dashes,
                color=colour,
                penwidth=f"{width:g}",
                tooltip=text,
                **{"class": "legend"},
            )
            self._caption(name, text, end.x + 4, point.y)

        return Entry(total, draw)

    def _number(self, text: str) -> Entry:
        width = measure_text(text, font_size=FONT_SIZE) + 4

        def draw(point: Point) -> None:
            self._caption("legend number", text, point.x - width / 2, point.y)

        return Entry(width, draw)

    def _caption(self, node: str, text: str, left: float, middle: float) -> None:
        add_caption(
            self.graph,
            f"{node} text",
            text,
            left=left,
            middle=middle,
            size=FONT_SIZE,
            colour=self.colours.text,
        )
