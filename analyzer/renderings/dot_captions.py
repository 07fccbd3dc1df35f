"""Texts in DOT that stand for themselves: the title, and what is written beside it."""

from __future__ import annotations

import graphviz

from analyzer.model.pictures import Picture
from analyzer.renderings.dot_text import font, format_pos, inches
from analyzer.renderings.geometry import Frame, Point
from analyzer.renderings.palette import Colours
from analyzer.renderings.picture_text import TITLE_WIDTH, count_line, said_lines, shorten
from analyzer.renderings.text_width import measure_text

TITLE_SIZE = 16.0
COUNT_SIZE = 10.0
SAID_SIZE = 9.0
LEAST_WIDTH = 420.0
"""Points that texts may take even where the picture is narrower."""
LINE = 1.35


def add_caption(
    graph: graphviz.Digraph,
    name: str,
    text: str,
    *,
    left: float,
    middle: float,
    size: float,
    colour: str,
    ground: str | None = None,
    is_bold: bool = False,
    is_on_line: bool = False,
) -> float:
    """Add a text that begins at `left`, on a ground that covers lines; return where it may end.

    On a line it stands in the middle of its ground, whatever the font.
    """
    width = measure_text(text, font_size=size, is_bold=is_bold) + 4
    bgcolor = f' BGCOLOR="{ground}"' if ground else ""
    align = "CENTER" if is_on_line else "LEFT"
    graph.node(
        name,
        label=(
            f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1"{bgcolor}>'
            f'<TR><TD ALIGN="{align}" WIDTH="{width:.0f}" HEIGHT="{size * 1.2:.0f}"'
            f' FIXEDSIZE="TRUE">{font(text, size=size, colour=colour, is_bold=is_bold)}</TD></TR>'
            "</TABLE>>"
        ),
        pos=format_pos(Point(left + width / 2, middle)),
        shape="plaintext",
        width=inches(width),
        height=inches(size * LINE),
        tooltip=" ",
        **{"class": "caption on-line" if is_on_line else "caption"},
    )
    return left + width


def add_title(
    graph: graphviz.Digraph,
    picture: Picture,
    *,
    colours: Colours,
    above: Frame,
    remarks: list[str],
) -> Frame:
    """Add title, counts, and a sentence for each thing that is not drawn; return where."""
    room = max(above.right - above.left, LEAST_WIDTH)
    lines = [
        (part, TITLE_SIZE, colours.text)
        for part in wrap(
            shorten(picture.title, width=TITLE_WIDTH) or "Artifacts", TITLE_SIZE, room, is_bold=True
        )
    ]
    for text, size in (
        (count_line(picture), COUNT_SIZE),
        *((text, SAID_SIZE) for text in [*said_lines(picture), *remarks]),
    ):
        lines += [(part, size, colours.muted_text) for part in wrap(text, size, room)]
    y = above.top + 8
    right = above.left
    for number, (text, size, colour) in reversed(list(enumerate(lines, start=1))):
        height = size * LINE
        end = add_caption(
            graph,
            f"title {number}",
            text,
            left=above.left,
            middle=y + height / 2,
            size=size,
            colour=colour,
            is_bold=size == TITLE_SIZE,
        )
        right = max(right, end)
        y += height
    return Frame(above.left, above.top, right, y)


def wrap(text: str, size: float, room: float, *, is_bold: bool = False) -> list[str]:
    """Break a text into lines that fit; a word that is too long for one is shortened."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure_text(longer, font_size=size, is_bold=is_bold) <= room:
            lines[-1] = longer
            continue
        width = len(word)
        while width > 1 and measure_text(word, font_size=size, is_bold=is_bold) > room:
            width = width * 3 // 4
            word = shorten(word, width=width)  # noqa: PLW2901
        lines.append(word)
    return lines
