"""Boxes in DOT: what stands in each, how large all of them are, and how each is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from analyzer.model.pictures import Box, BoxKind, Change, Mark, Role
from analyzer.renderings import palette
from analyzer.renderings.dot_text import font
from analyzer.renderings.lanes import CORNER, PORT_GAP
from analyzer.renderings.palette import BoxShape, Colours
from analyzer.renderings.picture_text import NAME_WIDTH, name_of, pills_of, shorten, small_lines
from analyzer.renderings.text_width import measure_text

NAME_SIZE = 11.5
SMALL_SIZE = 8.5
PILL_SIZE = 7.5
LINE = 1.25
"""Height of a line, in font sizes."""
PILL_HEIGHT = 15.0
PILL_SPACE = 4.0
"""Between two pills."""
PILL_PADDING = 3.0
PADDING = 7.0
"""Points between the sides of a box and its text."""
LEAST_WIDTH = 122.0
MOST_FOR_LINES = 190.0
"""Points that a box is made wide so that the lines that meet there can be told apart."""
MOST_FOR_PILLS = 165.0
STACK = 3.0
"""Points that each box of a stack stands out."""
STACKED = 2

Pill = tuple[str, str]
"""Its text and its fill."""


class BoxContent(Struct, frozen=True):
    """What stands in a box."""

    name: str
    small: tuple[str, ...]
    pills: tuple[Pill, ...]
    shape: BoxShape
    is_stack: bool = False

    @property
    def width(self) -> float:
        """Return the points that the texts, the shape and the first pills need."""
        widths = [measure_text(self.name, font_size=NAME_SIZE)]
        widths += [measure_text(line, font_size=SMALL_SIZE) for line in self.small]
        pills = 0.0
        for pill in self.pills:
            pills += pill_width(pill)
            if pills <= MOST_FOR_PILLS:
                widths.append(pills)
        return max(widths) + 2 * (PADDING + self.shape.inset) + self.depth

    @property
    def depth(self) -> float:
        """Return the points that a stack stands out above and to the right of its first box."""
        return STACK * STACKED if self.is_stack else 0.0

    @property
    def height(self) -> float:
        """Return the points that the texts need."""
        lines = LINE * (NAME_SIZE + SMALL_SIZE * len(self.small))
        return lines + (PILL_HEIGHT if self.pills else 0.0) + 2 * PADDING


def write_content(box: Box, *, has_owners: bool) -> BoxContent:
    """Return the texts of a box, shortened."""
    pills = tuple((text, _fill_of(what)) for what, text in pills_of(box))
    return BoxContent(
        name=shorten(name_of(box), width=NAME_WIDTH),
        small=tuple(small_lines(box, has_owners=has_owners)),
        pills=pills,
        shape=palette.get_shape(box.type, box.kind),
        is_stack=box.fold is not None,
    )


def _fill_of(what: Mark | Change) -> str:
    return palette.MARK_FILLS[what] if isinstance(what, Mark) else palette.CHANGE_FILLS[what]


def measure_boxes(contents: Iterable[BoxContent], *, most_lines: int) -> tuple[float, float]:
    """Return width and height that all boxes have."""
    sizes = [(content.width, content.height) for content in contents]
    width = max((width for width, _ in sizes), default=0.0)
    for_lines = min(PORT_GAP * (most_lines - 1) + 2 * CORNER, MOST_FOR_LINES)
    height = max((height for _, height in sizes), default=36.0)
    return round(max(LEAST_WIDTH, width, for_lines), 1), round(height, 1)


def fit_pills(pills: Sequence[Pill], *, room: float) -> list[Pill]:
    """Return the pills that fit side by side; the last one counts those that do not."""
    for number in range(len(pills), 0, -1):
        rest = len(pills) - number
        shown = [*pills[:number], *([(f"+{rest}", pills[number][1])] if rest else [])]
        # A box that is as wide as its pills may have been rounded down.
        if number == 1 or sum(map(pill_width, shown)) <= room + 0.1:
            return shown
    return []


def pill_width(pill: Pill) -> float:
    """Return the points that a pill takes, with the space to the next."""
    text = measure_text(pill[0], font_size=PILL_SIZE, is_bold=True)
    return text + 2 * PILL_PADDING + PILL_SPACE


def draw_label(content: BoxContent, *, width: float, colour: str) -> str:
    """Return the HTML-like label of a box."""
    rows = [font(content.name, size=NAME_SIZE, colour=colour)]
    rows += [font(line, size=SMALL_SIZE, colour=colour) for line in content.small]
    cells = "".join(f"<TR><TD>{row}</TD></TR>" for row in rows)
    if content.pills:
        room = width - 2 * (PADDING + content.shape.inset) - content.depth
        cells += f"<TR><TD>{draw_pills(fit_pills(content.pills, room=room))}</TD></TR>"
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">{cells}</TABLE>>'


def draw_pills(pills: Sequence[Pill]) -> str:
    """Return a table of words that are white on dark, each as wide as it has to be.

    A table is as wide as the cell around it, unless it has a size of its own.
    """
    width = sum(map(pill_width, pills)) + PILL_SPACE / 2 * (len(pills) + 1)
    cells = "".join(
        f'<TD BGCOLOR="{fill}" STYLE="ROUNDED" CELLPADDING="1" HEIGHT="12"'
        f' WIDTH="{pill_width((text, fill)) - PILL_SPACE:.0f}">'
        f"{font(text, size=PILL_SIZE, colour=palette.PILL_TEXT, is_bold=True)}</TD>"
        for text, fill in pills
    )
    return (
        f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="{PILL_SPACE / 2:.0f}" CELLPADDING="0"'
        f' FIXEDSIZE="TRUE" WIDTH="{width:.0f}" HEIGHT="{PILL_HEIGHT:.0f}">'
        f"<TR>{cells}</TR></TABLE>"
    )


def style_box(box: Box, *, fill: str, colours: Colours) -> dict[str, str]:
    """Return how a box is drawn: its shape, its fill, its border."""
    shape = palette.get_shape(box.type, box.kind)
    styles = ["filled", *filter(None, [shape.style])]
    attributes = {"shape": shape.dot, "fillcolor": fill, "color": colours.border, "penwidth": "1"}
    if box.role is Role.NEIGHBOUR or box.kind is BoxKind.FILE:
        attributes |= {"fillcolor": colours.neighbour, "color": colours.neighbour_border}
    if box.role is Role.NEIGHBOUR:
        styles.append("dashed")
    if not palette.GRAVE.isdisjoint(box.marks):
        attributes |= {"color": palette.get_mark_colour(box.marks, colours), "penwidth": "2"}
    if box.role is Role.FOCUS:
        # What is wrong with it stands in it.
        attributes |= {"color": colours.text, "penwidth": "3.2"}
    if box.change is not None:
        colour = palette.get_change_colour(box.change, colours)
        attributes |= {"color": colour, "penwidth": "2.6"}
        if box.change is Change.REMOVED:
            styles.append("dashed")
    attributes["style"] = ",".join(dict.fromkeys(styles))
    return attributes | dict(shape.extra)


def get_text_colour(box: Box, colours: Colours) -> str:
    """Return the colour of the texts in a box."""
    has_fill = box.role is not Role.NEIGHBOUR and box.kind is not BoxKind.FILE
    return palette.BOX_TEXT if has_fill else colours.neighbour_text
