"""A picture as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html).

Meant for pages that draw Mermaid themselves, such as a README on a forge. Every text is quoted, and
what Mermaid, HTML or Markdown could take for syntax escaped. Links are only those of the look.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from analyzer.model.pictures import Box, BoxKind, Change, Edge, Mark, Picture, Role
from analyzer.renderings import palette
from analyzer.renderings.arrange import Cell, arrange
from analyzer.renderings.grouping import group_boxes
from analyzer.renderings.look import LIGHT, Look, Theme
from analyzer.renderings.palette import Colours, LineStyle
from analyzer.renderings.picture_text import (
    NAME_WIDTH,
    TITLE_WIDTH,
    clean,
    count_line,
    edge_label,
    explain_numbers,
    has_owners,
    list_marks,
    name_of,
    pills_of,
    said_lines,
    shorten,
    small_lines,
)
from analyzer.renderings.text_parts import counted

INDENT = "    "
MOST_CHARACTERS = 50_000
"""Mermaid's own limit (`maxTextSize`); who embeds a chart on GitHub cannot raise it."""
MOST_EDGES = 500
"""Mermaid's own limit (`maxEdges`), beyond which it shows an error instead of the chart."""
CELL = Cell(width=170, height=70, gap_x=50, gap_y=50)
"""What Mermaid gives a box, roughly."""
WRAPPING_WIDTH = 480
"""Points at which Mermaid breaks a text; the names in boxes are shorter."""
LINE_WORDS = {
    LineStyle.IMPORT: "solid",
    LineStyle.SOMETIMES: "dashed",
    LineStyle.TYPES: "dotted",
    LineStyle.PACKAGE: "dotted close together",
    LineStyle.CALL: "thick, with its name",
    LineStyle.DECLARED: "with a circle at its end",
}


def render_mermaid(picture: Picture, *, look: Look = LIGHT) -> str:
    """Return the picture as a Mermaid flowchart. The same picture gives the same text.

    What is more than Mermaid draws is cut, the lines that stand for least first; that is said.
    """
    edges, boxes = min(len(picture.edges), MOST_EDGES), len(picture.boxes)
    while True:
        text = _render(_cut(picture, edges=edges, boxes=boxes), look)
        if len(text) <= MOST_CHARACTERS or not (edges or boxes > 1):
            return text
        share = MOST_CHARACTERS / len(text) * 0.95
        edges = int(edges * share)
        boxes = max(1, int(boxes * share)) if edges < boxes else boxes


def _cut(picture: Picture, *, edges: int, boxes: int) -> Picture:
    """Return the picture with so many lines and boxes, and with a sentence that says so."""
    if edges == len(picture.edges) and boxes == len(picture.boxes):
        return picture
    degree: dict[str, int] = defaultdict(int)
    for edge in picture.edges:
        degree[edge.dependent] += 1
        degree[edge.depends_on] += 1
    first = sorted(
        picture.boxes,
        key=lambda box: (box.role is Role.NEIGHBOUR, box.change is None, -degree[box.key], box.key),
    )
    kept = {box.key for box in first[:boxes]}
    drawn = sorted(
        (edge for edge in picture.edges if {edge.dependent, edge.depends_on} <= kept),
        key=lambda edge: (edge.change is None, -max(edge.count, edge.links)),
    )[:edges]
    lost = counted(len(picture.edges) - len(drawn), "line")
    if boxes < len(picture.boxes):
        lost += f" and {counted(len(picture.boxes) - boxes, 'box', 'boxes')}"
    sentence = (
        f"Not drawn: {lost}, as Mermaid takes at most {MOST_EDGES} lines and"
        f" {MOST_CHARACTERS:,} characters. --format svg draws everything."
    )
    return replace(
        picture,
        boxes=tuple(box for box in picture.boxes if box.key in kept),
        edges=tuple(sorted(drawn, key=lambda edge: (edge.dependent, edge.depends_on))),
        left_out=(*picture.left_out, sentence),
    )


def _render(picture: Picture, look: Look) -> str:
    # Mermaid reads `A---oB` and `A---xB` as arrowheads and `end` as a keyword, so a box is never
    # called by its key but by a number behind a capital letter.
    names = {box.key: f"N{number}" for number, box in enumerate(picture.boxes, start=1)}
    colours = palette.THEMES[look.theme]
    lines = [*_front_matter(picture, look), "flowchart TB"]
    boxes = list(_boxes(picture, names))
    frames = [
        line.split("[")[0].split()[1] for line in boxes if line.lstrip().startswith("subgraph ")
    ]
    lines += [INDENT + line for line in boxes]
    for edge in picture.edges:
        arrow = palette.LINES[palette.get_line_style(edge)].mermaid
        text = edge_label(edge)
        label = f'|"{escape_label(text)}"|' if text else ""
        lines.append(f"{INDENT}{names[edge.dependent]} {arrow}{label} {names[edge.depends_on]}")
    rest = [
        *_supports(picture, names),
        *_legend(picture),
        *_classes(picture, names, frames, colours),
        *_line_styles(picture.edges, colours),
        *_links(picture.boxes, names, look),
    ]
    lines += [INDENT + line for line in rest]
    return "\n".join(lines) + "\n"


def _front_matter(picture: Picture, look: Look) -> Iterator[str]:
    title = shorten(picture.title, width=TITLE_WIDTH)
    if not title and look.theme is Theme.LIGHT:
        return
    yield "---"
    if title:
        # JSON's strings are YAML's too, and nothing within one can end the front matter.
        yield f"title: {json.dumps(title, ensure_ascii=False)}"
    yield "config:"
    if look.theme is Theme.DARK:
        # Without it a page chooses the theme that it has itself.
        yield "  theme: dark"
    yield from ("  flowchart:", f"    wrappingWidth: {WRAPPING_WIDTH}", "---")


def _boxes(picture: Picture, names: dict[str, str]) -> Iterator[str]:
    """Yield boxes in their frames, in the order of the other formats."""
    boxes = {box.key: box for box in picture.boxes}
    owned = has_owners(picture)
    groups = [group for group in group_boxes(picture) if group.members]
    outer = ""
    for number, group in enumerate(groups, start=1):
        if group.outer != outer:
            if outer:
                yield "end"
            outer = group.outer
            if outer:
                yield f'subgraph O{number}["{_heading(outer)}"]'
        depth = INDENT if outer else ""
        if group.label:
            yield f'{depth}subgraph G{number}["{_heading(group.label)}"]'
            depth += INDENT
        for key in group.members:
            yield f"{depth}{names[key]}{_shape(boxes[key], has_owners=owned)}"
        if group.label:
            yield f"{depth.removesuffix(INDENT)}end"
    if outer:
        yield "end"
    if not picture.boxes:
        yield 'N1["nothing to draw"]'


def _supports(picture: Picture, names: dict[str, str]) -> Iterator[str]:
    """Yield invisible links that put boxes below each other which Mermaid would put in one row.

    They come after the others, whose styles go by their numbers, and no more of them than it takes.
    """
    edges = [(edge.dependent, edge.depends_on) for edge in picture.edges]
    shelves = arrange(group_boxes(picture), edges=edges, cell=CELL)
    rows = [
        [key for block in shelf if level < len(block.rows) for key in block.rows[level]]
        for shelf in shelves
        for level in range(max(len(block.rows) for block in shelf))
    ]
    row_of = {key: number for number, row in enumerate(rows) for key in row}
    hanging = {used for user, used in edges if row_of[user] < row_of[used]}
    left = MOST_EDGES - len(edges)
    for above, row in pairwise(rows):
        for number, key in enumerate(row):
            if key not in hanging and left > 0:
                yield f"{names[above[min(number, len(above) - 1)]]} ~~~ {names[key]}"
                left -= 1


def _heading(label: str) -> str:
    return escape_label(shorten(label, width=NAME_WIDTH * 2)) or "#35;"


def _shape(box: Box, *, has_owners: bool) -> str:
    start, end = palette.get_shape(box.type, box.kind).mermaid
    if box.kind is BoxKind.FOLD and box.type is None:
        start, end = "[[", "]]"
    texts = [shorten(name_of(box), width=NAME_WIDTH), *small_lines(box, has_owners=has_owners)]
    pills = " · ".join(text for _, text in pills_of(box))
    texts += [pills] if pills else []
    return f'{start}"{"<br/>".join(map(escape_label, texts))}"{end}'


def _legend(picture: Picture) -> Iterator[str]:
    """Yield one box of text: what is not drawn and what lines and marks mean.

    With a title it also counts what is drawn; a picture without one is part of a text that does.
    """
    used = {palette.get_line_style(edge) for edge in picture.edges}
    texts = [*([count_line(picture)] if picture.title else []), *said_lines(picture)]
    if used - {LineStyle.IMPORT}:
        texts.append(
            " · ".join(
                f"{LINE_WORDS[style]}: {style.value}" for style in LineStyle if style in used
            )
        )
    numbers = explain_numbers(picture)
    texts += [numbers] if numbers else []
    marks = list_marks(picture)
    texts += [
        f"{palette.MARK_WORDS[mark]}: {palette.MARK_MEANINGS[mark]}"
        for mark in Mark
        if mark in marks
    ]
    if texts:
        yield f'Legend["{"<br/>".join(map(escape_label, texts))}"]'
        yield "classDef text fill:none,stroke:none,text-align:left"
        yield "class Legend text"


def _classes(
    picture: Picture, names: dict[str, str], frames: Sequence[str], colours: Colours
) -> Iterator[str]:
    """Yield colours and borders, and which box has which."""
    fills = palette.assign_fills([*picture.owners, *(box.owner for box in picture.boxes)])
    styles: dict[str, list[str]] = defaultdict(list)
    for box in picture.boxes:
        styles[_style(box, fills[box.owner], colours)].append(names[box.key])
    for number, (style, members) in enumerate(sorted(styles.items()), start=1):
        yield f"classDef style{number} {style}"
        yield f"class {','.join(members)} style{number}"
    if frames:
        yield f"classDef frame fill:#8888881a,stroke:{colours.neighbour_border}"
        yield f"class {','.join(frames)} frame"


def _style(box: Box, fill: str, colours: Colours) -> str:
    border, width, dashes = colours.border, 1, ""
    text = palette.BOX_TEXT
    if box.role is Role.NEIGHBOUR or box.kind is BoxKind.FILE:
        fill, border, text = colours.neighbour, colours.neighbour_border, colours.neighbour_text
        dashes = ",stroke-dasharray:4 3" if box.role is Role.NEIGHBOUR else ",stroke-dasharray:1 3"
    if box.kind is BoxKind.FOLD:
        width = 3
    if not palette.GRAVE.isdisjoint(box.marks):
        border, width = palette.get_mark_colour(box.marks, colours), 3
    if box.role is Role.FOCUS:
        border, width = colours.text, 4
    if box.change is not None:
        border, width = palette.get_change_colour(box.change, colours), 4
        dashes = ",stroke-dasharray:6 4" if box.change is Change.REMOVED else dashes
    return f"fill:{fill},stroke:{border},stroke-width:{width}px,color:{text}{dashes}"


def _line_styles(edges: Sequence[Edge], colours: Colours) -> Iterator[str]:
    """Yield the dashes, widths and colours that the arrows themselves do not have."""
    styles: dict[str, list[int]] = defaultdict(list)
    for number, edge in enumerate(edges):
        style = ",".join(_line_style(edge, colours))
        if style:
            styles[style].append(number)
    for style, numbers in sorted(styles.items(), key=lambda item: item[1]):
        yield f"linkStyle {','.join(map(str, numbers))} {style}"


def _line_style(edge: Edge, colours: Colours) -> Iterator[str]:
    colour = palette.get_line_colour(edge, colours)
    if colour != colours.line:
        yield f"stroke:{colour}"
    # In halves: a chart in a document is not stale for each import that is added.
    width = round(2 * palette.get_line_width(edge)) / 2
    if width != 1:
        yield f"stroke-width:{width + 0.5:g}px"
    dashes = palette.LINES[palette.get_line_style(edge)].dash_array
    if dashes:
        yield f"stroke-dasharray:{dashes}"


def _links(boxes: Iterable[Box], names: dict[str, str], look: Look) -> Iterator[str]:
    for box in boxes:
        link = look.find_link(box.path, box.line)
        if link is not None:
            yield f'click {names[box.key]} href "{link}"'


def escape_label(text: str) -> str:
    """Write everything but letters, digits and signs within a text as Mermaid's `#code;`.

    That leaves no quote, bracket, tag, link or `#…;` of the text's own, and nothing that Markdown,
    which Mermaid reads in every label, takes for emphasis or a list.
    """
    text = clean(text)
    escaped = []
    for index, char in enumerate(text):
        before, after = text[index - 1 : index], text[index + 1 : index + 2]
        is_within = before.isalnum() and after.isalnum()
        is_plain = char.isalnum() or char in " ·…," or (is_within and char in "._/-")
        escaped.append(char if is_plain else f"#{ord(char)};")
    return "".join(escaped)
