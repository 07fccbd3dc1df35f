"""Texts of a picture: made harmless, made short, counted."""

from __future__ import annotations

import unicodedata

from analyzer.model.pictures import Box, Edge, Mark, Picture, Role
from analyzer.renderings.palette import LineStyle, get_line_style

NAME_WIDTH = 24
"""Columns that a name may take in a box; a wide character takes two."""
SMALL_WIDTH = 29
"""Columns that the smaller lines of a box may take."""
TITLE_WIDTH = 90


def clean(text: str) -> str:
    """Return `text` on one line and without characters that are no text.

    Control characters, marks that turn the direction of writing, lone surrogates and whatever else
    XML 1.0 does not allow are left out; any white space becomes one space.
    """
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if char.isspace() or category in {"Zl", "Zp"}:
            kept.append(" ")
        elif category not in {"Cc", "Cf", "Cs"} and ord(char) & 0xFFFE != 0xFFFE:
            kept.append(char)
    return " ".join("".join(kept).split())


def shorten(text: str, *, width: int) -> str:
    """Return the cleaned text, its middle replaced by an ellipsis where it is wider than `width`.

    The end of a name tells as much as its beginning: `…_service.py`.
    """
    text = clean(text)
    if _count_columns(text) <= width:
        return text
    head = (width - 1) // 2
    tail = width - 1 - head
    start, end = _take(text, head), _take(text[::-1], tail)[::-1]
    return f"{start}…{end}"


def _count_columns(text: str) -> int:
    return sum(_columns_of(char) for char in text)


def _columns_of(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _take(text: str, width: int) -> str:
    """Return as much of the beginning of `text` as fits."""
    used = 0
    for index, char in enumerate(text):
        used += _columns_of(char)
        if used > width:
            return text[:index]
    return text


def estimate_width(text: str, *, font_size: float) -> float:
    """Return the points that a line of text takes in DejaVu Sans, which is wider than most fonts.

    Whoever looks at an SVG may have another font than whoever drew it: the text must fit all the
    same.
    """
    ems = 0.0
    for char in text:
        if char in "fijlrtI .,:;'|!()[]-/":
            ems += 0.41
        elif char in "mwMW@%…" or _columns_of(char) == 2:
            ems += 1.02
        else:
            ems += 0.72 if char.isupper() else 0.64
    return ems * font_size


def name_of(box: Box) -> str:
    """Return what people call the artifact: the record's name, else its id."""
    return clean(box.name) or clean(box.key) or "?"


def owner_of(box: Box) -> str:
    """Return the owner's name, or the words that there is none."""
    return clean(box.owner or "") or "no owner"


def type_of(box: Box) -> str:
    """Return the type's name, or the words that there is none."""
    return clean(box.type or "") or "no type"


def wave_of(box: Box) -> str:
    """Return the wave in words."""
    return "no wave" if box.wave is None else f"wave {box.wave}"


def tooltip_lines(box: Box) -> list[str]:
    """Return everything that a box is too small for, a line each."""
    lines = [f"{name_of(box)} ({clean(box.key)})"]
    lines.append(f"{type_of(box)}, {wave_of(box)}, owner: {owner_of(box)}")
    if Mark.MISSING in box.marks:
        lines.append("no place in the code")
    elif box.path is not None:
        lines.append(clean(box.path))
    lines.extend(clean(note) for note in box.notes)
    return lines


def edge_label(edge: Edge) -> str:
    """Return the text on an edge: what it is, where it is no import, and what it passes through."""
    words = []
    if get_line_style(edge) is LineStyle.CALL and edge.kinds:
        words.append(edge.kinds[0].value)
    if len(edge.through) == 1:
        words.append(f"via {shorten(edge.through[0].rsplit('/', 1)[-1], width=NAME_WIDTH)}")
    elif edge.through:
        words.append(f"via {len(edge.through)} files")
    return " ".join(words)


def edge_tooltip_lines(edge: Edge) -> list[str]:
    """Return both ends, the kinds and every file in between, a line each."""
    lines = [f"{clean(edge.dependent)} depends on {clean(edge.depends_on)}"]
    if edge.kinds:
        lines.append(", ".join(edge.kinds))
    lines.extend(f"via {clean(path)}" for path in edge.through)
    return lines


def count_line(picture: Picture) -> str:
    """Return the line below the title: what the picture holds, and what it folds and hides."""
    neighbours = sum(box.role is Role.NEIGHBOUR for box in picture.boxes)
    folded = len({path for edge in picture.edges for path in edge.through})
    parts = [
        _count(len(picture.boxes) - neighbours, "artifact"),
        _count(len(picture.edges), "dependency", "dependencies"),
    ]
    if neighbours:
        parts.append(_count(neighbours, "neighbour"))
    if folded:
        parts.append(_count(folded, "unregistered file") + " folded into edges")
    if picture.hidden_edges:
        parts.append(_count(picture.hidden_edges, "edge") + " between neighbours hidden")
    return " · ".join(parts)


def _count(number: int, singular: str, plural: str = "") -> str:
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
