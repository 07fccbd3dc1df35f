"""A picture as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html).

Meant for pages that draw Mermaid themselves, such as a README on a forge. Nothing in it is a link
or a script: every text is quoted, and what Mermaid, HTML or Markdown could take for syntax escaped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from analyzer.model.pictures import Box, Mark, Picture, Role
from analyzer.renderings import palette
from analyzer.renderings.palette import LineStyle
from analyzer.renderings.picture_text import (
    NAME_WIDTH,
    SMALL_WIDTH,
    TITLE_WIDTH,
    clean,
    count_line,
    edge_label,
    name_of,
    owner_of,
    shorten,
    type_of,
    wave_of,
)

INDENT = "    "
ARROWS = {
    LineStyle.IMPORT: "-->",
    LineStyle.SOMETIMES: "-.->",
    LineStyle.TYPES: "-.->",
    LineStyle.PACKAGE: "-.->",
    LineStyle.CALL: "==>",
    LineStyle.DECLARED: "--o",
}
NEIGHBOURS = "neighbours"


def render_mermaid(picture: Picture) -> str:
    """Return the picture as a Mermaid flowchart. The same picture gives the same text."""
    # Mermaid reads `A---oB` and `A---xB` as arrowheads and `end` as a keyword, so a box is never
    # called by its id but by a number behind a capital letter.
    names = {box.key: f"N{number}" for number, box in enumerate(picture.boxes, start=1)}
    title = f"{shorten(picture.title, width=TITLE_WIDTH) or 'Artifacts'} ({count_line(picture)})"
    # JSON's strings are YAML's too, and nothing within one can end the front matter.
    lines = ["---", f"title: {json.dumps(title, ensure_ascii=False)}", "---", "flowchart TB"]
    for number, (label, boxes) in enumerate(_group(picture.boxes), start=1):
        lines.append(f'{INDENT}subgraph G{number}["{escape_label(label)}"]')
        lines.extend(f"{INDENT * 2}{names[box.key]}{_shape(box)}" for box in boxes)
        lines.append(f"{INDENT}end")
    for edge in picture.edges:
        arrow = ARROWS[palette.get_line_style(edge)]
        text = edge_label(edge)
        label = f'|"{escape_label(text)}"|' if text else ""
        lines.append(f"{INDENT}{names[edge.dependent]} {arrow}{label} {names[edge.depends_on]}")
    lines.extend(f"{INDENT}{line}" for line in _classes(picture, names=names))
    return "\n".join(lines) + "\n"


def _group(boxes: Iterable[Box]) -> list[tuple[str, list[Box]]]:
    """Return the subgraphs by label, the neighbours last."""
    groups: dict[str, list[Box]] = {}
    neighbours: list[Box] = []
    for box in boxes:
        target = neighbours if box.role is Role.NEIGHBOUR else groups.setdefault(type_of(box), [])
        target.append(box)
    ordered = [(shorten(name, width=NAME_WIDTH), groups[name]) for name in sorted(groups)]
    return [*ordered, *([(NEIGHBOURS, neighbours)] if neighbours else [])]


def _shape(box: Box) -> str:
    start, end = palette.get_shape(box.type).mermaid
    owner = owner_of(box)
    is_neighbour = box.role is Role.NEIGHBOUR
    small = [box.key, f"{owner} · {wave_of(box)}" if is_neighbour else owner]
    if Mark.MISSING in box.marks:
        small.append("no place in the code")
    texts = [shorten(name_of(box), width=NAME_WIDTH)]
    texts.extend(shorten(text, width=SMALL_WIDTH) for text in small)
    return f'{start}"{"<br/>".join(map(escape_label, texts))}"{end}'


def _classes(picture: Picture, *, names: dict[str, str]) -> Iterable[str]:
    """Yield colours, and which box has which."""
    fills = palette.assign_fills([*picture.owners, *(box.owner for box in picture.boxes)])
    members: dict[str | None, list[str]] = {}
    neighbours: list[str] = []
    for box in picture.boxes:
        name = names[box.key]
        if box.role is Role.NEIGHBOUR:
            neighbours.append(name)
        else:
            members.setdefault(box.owner, []).append(name)
    owners = sorted(members, key=lambda owner: (owner is None, owner or ""))
    for number, owner in enumerate(owners, start=1):
        yield (
            f"classDef owner{number} fill:{fills[owner]},stroke:{palette.BOX_BORDER},"
            f"color:{palette.TEXT}"
        )
        yield f"class {','.join(members[owner])} owner{number}"
    if neighbours:
        yield (
            f"classDef neighbour fill:{palette.NEIGHBOUR_FILL},stroke:{palette.NEIGHBOUR_BORDER},"
            f"color:{palette.MUTED_TEXT},stroke-dasharray:4 3"
        )
        yield f"class {','.join(neighbours)} neighbour"
    dotted = [
        str(number)
        for number, edge in enumerate(picture.edges)
        if palette.get_line_style(edge) is LineStyle.TYPES
    ]
    if dotted:
        yield f"linkStyle {','.join(dotted)} stroke-dasharray:1 4"
    unplaced = [names[box.key] for box in picture.boxes if Mark.MISSING in box.marks]
    if unplaced:
        yield f"classDef unplaced stroke:{palette.WARNING},stroke-width:3px"
        yield f"class {','.join(unplaced)} unplaced"


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
