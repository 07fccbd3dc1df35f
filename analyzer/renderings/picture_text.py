"""Texts of a picture: made harmless, made short, counted."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from analyzer.model.pictures import Box, BoxKind, Change, Edge, Fold, Mark, Picture, Role
from analyzer.renderings.palette import (
    CHANGE_SIGNS,
    GRAVE,
    MARK_MEANINGS,
    MARK_WORDS,
    SHAPES,
    LineStyle,
    get_line_style,
)
from analyzer.renderings.text_parts import counted
from analyzer.renderings.text_width import columns_of

NAME_WIDTH = 24
"""Columns that a name may take in a box; a wide character takes two."""
SMALL_WIDTH = 29
"""Columns that the smaller lines of a box may take."""
TITLE_WIDTH = 90
MOST_NOTES = 12
"""Notes of one box or edge in its tooltip."""


def clean(text: str) -> str:
    """Return `text` on one line and without characters that are no text.

    Control characters, marks that turn the direction of writing, lone surrogates and whatever else
    XML 1.0 does not allow are left out; any white space becomes one space.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
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
    if sum(map(columns_of, text)) <= width:
        return text
    head = (width - 1) // 2
    tail = width - 1 - head
    start, end = _take(text, head), _take(text[::-1], tail)[::-1]
    return f"{start}…{end}"


def _take(text: str, width: int) -> str:
    """Return as much of the beginning of `text` as fits."""
    used = 0
    for index, char in enumerate(text):
        used += columns_of(char)
        if used > width:
            return text[:index]
    return text


def name_of(box: Box) -> str:
    """Return what people call it: its name, else its key."""
    return clean(box.name) or clean(box.key) or "?"


def owner_of(box: Box) -> str:
    """Return the owner's name, or the words that there is none."""
    return clean(box.owner or "") or "no owner"


def type_of(box: Box) -> str:
    """Return the type's name, or the words that there is none."""
    if box.kind is BoxKind.FILE:
        return "file without a record"
    return clean(box.type or "") or "no type"


def has_owners(picture: Picture) -> bool:
    """Whether anything has an owner, in the picture or in its registry: else none is missing."""
    return bool(picture.owners) or any(box.owner for box in picture.boxes)


def small_lines(box: Box, *, has_owners: bool) -> list[str]:
    """Return the smaller lines of a box: its key, what it holds, whose it is."""
    lines = []
    match box.kind:
        case BoxKind.ARTIFACT:
            if clean(box.key) != name_of(box):
                lines.append(clean(box.key))
        case BoxKind.FILE:
            lines.append(clean((box.path or box.key).rpartition("/")[0]))
        case BoxKind.FOLD:
            lines.extend(_fold_lines(box.fold))
    words = []
    is_said = box.kind is BoxKind.FOLD and box.owner == box.name
    if has_owners and (box.kind is BoxKind.ARTIFACT or box.owner) and not is_said:
        words.append(owner_of(box))
    if box.type and box.type not in SHAPES:
        words.append(clean(box.type))
    if box.role is Role.NEIGHBOUR and box.wave is not None:
        words.append(f"wave {box.wave}")
    lines.append(" · ".join(words))
    return [shorten(line, width=SMALL_WIDTH) for line in lines if line]


def _fold_lines(fold: Fold | None) -> list[str]:
    if fold is None:
        return []
    # Short enough to be whole: a number with its middle cut out would be another number.
    return [
        ", ".join(_count_held([fold])),
        f"{counted(fold.inner_edges, 'dependency', 'dependencies')} inside",
    ]


def pills_of(box: Box) -> list[tuple[Mark | Change, str]]:
    """Return what is written white on dark in a box: what changed, then the marks, each a word."""
    pills: list[tuple[Mark | Change, str]] = []
    if box.change is not None:
        pills.append((box.change, f"{CHANGE_SIGNS[box.change]} {box.change.value}"))
    pills.extend((mark, MARK_WORDS[mark]) for mark in box.marks)
    return pills


def tooltip_lines(box: Box) -> list[str]:
    """Return everything that a box is too small for, a line each."""
    name, key = name_of(box), clean(box.key)
    lines = [name if name == key else f"{name} ({key})"]
    if box.kind is BoxKind.FOLD and box.fold is not None:
        lines.extend(_fold_lines(box.fold))
        keys = box.fold.list_keys()
        shown = [clean(one) for one in keys[:MOST_NOTES]]
        more = len(keys) - len(shown)
        lines.append(", ".join(shown) + (f" and {more} more" if more else ""))
    about = [] if box.kind is BoxKind.FOLD and not box.type else [type_of(box)]
    if box.wave is not None:
        about.append(f"wave {box.wave}")
    if box.owner:
        about.append(f"owner: {owner_of(box)}")
    if about:
        lines.append(", ".join(about))
    if box.distance is not None:
        lines.append("what it is about" if not box.distance else f"{_steps(box.distance)} away")
    if box.change is not None:
        lines.append(box.change.value)
    if box.path:
        lines.append(clean(box.path) + (f":{box.line}" if box.line else ""))
    lines.extend(MARK_MEANINGS[mark] for mark in box.marks)
    lines.extend(_cut(box.notes))
    return [line for line in lines if line]


def _cut(notes: tuple[str, ...]) -> list[str]:
    more = len(notes) - MOST_NOTES
    return [clean(note) for note in notes[:MOST_NOTES]] + ([f"and {more} more"] if more > 0 else [])


def _steps(number: int) -> str:
    return counted(number, "step")


def edge_label(edge: Edge) -> str:
    """Return the text on an edge: what is not to be seen in the line itself."""
    words = []
    if edge.change is not None:
        words.append(f"{CHANGE_SIGNS[edge.change]} {edge.change.value}")
    if edge.count > 1:
        # What is wrong may be so of one of them: the number is not that of the findings.
        is_grave = not GRAVE.isdisjoint(edge.marks[:1])
        words.append(f"{edge.count:,}" + (" ·" if is_grave else ""))
    kind = edge.find_kind()
    if get_line_style(edge) is LineStyle.CALL and kind and edge.count == 1:
        words.append(kind.value)
    # What the shortest of several passes through says nothing about the others.
    through = edge.through if edge.count == 1 else ()
    if len(through) == 1:
        words.append(f"via {shorten(through[0].rsplit('/', 1)[-1], width=NAME_WIDTH)}")
    elif through:
        words.append(f"via {len(through)} files")
    words.extend(MARK_WORDS[mark] for mark in edge.marks[:1] if mark in GRAVE)
    return " ".join(words)


def list_marks(picture: Picture) -> frozenset[Mark]:
    """Return the marks that are to be seen: of a line the gravest, as only that is written."""
    written = (mark for edge in picture.edges for mark in edge.marks[:1] if mark in GRAVE)
    return frozenset(mark for box in picture.boxes for mark in box.marks).union(written)


def explain_numbers(picture: Picture) -> str:
    """Return what a number on a line means, by the largest there is; empty without any."""
    most = max((edge.count for edge in picture.edges), default=0)
    return f"{most:,}: the line stands for {most:,} dependencies" if most > 1 else ""


def edge_tooltip_lines(edge: Edge, names: dict[str, str]) -> list[str]:
    """Return both ends, the kinds, the evidence and every file in between, a line each."""
    lines = [f"{names[edge.dependent]} depends on {names[edge.depends_on]}"]
    if edge.change is not None:
        lines.append(edge.change.value)
    if edge.count > 1:
        lines.append(f"{edge.count:,} dependencies between artifacts")
    if edge.links > 1:
        lines.append(f"{edge.links:,} links")
    if edge.kinds:
        lines.append(", ".join(edge.kinds))
    lines.extend(
        f"{clean(link.importer)}:{link.line}: {clean(link.text)}" for link in edge.evidence
    )
    if not edge.evidence:
        lines.extend(f"via {clean(path)}" for path in edge.through)
    lines.extend(MARK_MEANINGS[mark].replace("its record", "it") for mark in edge.marks)
    lines.extend(_cut(edge.notes))
    return lines


def count_line(picture: Picture) -> str:
    """Return the line below the title: what the picture holds."""
    boxes = picture.boxes
    folds = [box.fold for box in boxes if box.fold is not None]
    members = [box for box in boxes if box.role is not Role.NEIGHBOUR]
    neighbours = sum(map(_count_artifacts, boxes)) - sum(map(_count_artifacts, members))
    artifacts = sum(map(_count_artifacts, members))
    files = sum(len(box.fold.files) if box.fold else box.kind is BoxKind.FILE for box in boxes)
    through = len({path for edge in picture.edges for path in edge.through})
    parts = [
        counted(artifacts, "artifact"),
        counted(
            sum(edge.count for edge in picture.edges) + sum(fold.inner_edges for fold in folds),
            "dependency",
            "dependencies",
        ),
    ]
    if neighbours:
        parts.append(counted(neighbours, "neighbour"))
    if files:
        parts.append(counted(files, "unregistered file"))
    if folds:
        drawn, lines = counted(len(boxes), "box", "boxes"), counted(len(picture.edges), "line")
        parts.append(f"drawn as {drawn} and {lines}")
    if through:
        parts.append("via " + counted(through, "unregistered file"))
    return " · ".join(parts)


def _count_artifacts(box: Box) -> int:
    return len(box.fold.artifacts) if box.fold else int(box.kind is BoxKind.ARTIFACT)


def _count_held(folds: Sequence[Fold]) -> list[str]:
    """Return how many artifacts, and how many files of none, are in some stacks."""
    artifacts = sum(len(fold.artifacts) for fold in folds)
    files = sum(len(fold.files) for fold in folds)
    return [
        *([counted(artifacts, "artifact")] if artifacts or not files else []),
        *([counted(files, "file")] if files else []),
    ]


def said_lines(picture: Picture) -> list[str]:
    """Return what the picture does not show, a sentence each: folded, hidden, thinned, left out."""
    lines = []
    folds = [box.fold for box in picture.boxes if box.fold is not None]
    if folds:
        by = " and ".join(f"by {one.value}" for one in picture.folded_by) or "into one another"
        inner = counted(sum(fold.inner_edges for fold in folds), "dependency", "dependencies")
        held = " and ".join(_count_held(folds))
        hide = "hides" if len(folds) == 1 else "hide"
        lines.append(f"Folded {by}: {counted(len(folds), 'stack')} of {held} {hide} {inner}.")
    if picture.hidden_edges:
        lines.append(
            f"Not drawn: {counted(picture.hidden_edges, 'dependency', 'dependencies')}"
            " between neighbours."
        )
    if picture.reduced_edges:
        lines.append(
            f"Not drawn: {counted(picture.reduced_edges, 'dependency', 'dependencies')}"
            " that a longer way in the picture implies."
        )
    lines.extend(filter(None, map(clean, picture.left_out)))
    return lines


def describe(picture: Picture) -> str:
    """Return what the picture shows in words, for whoever does not see it."""
    lines = [count_line(picture) + ".", *said_lines(picture)]
    for mark in Mark:
        marked = sum(mark in box.marks for box in picture.boxes)
        if marked:
            lines.append(f"{counted(marked, 'box', 'boxes')}: {MARK_MEANINGS[mark]}.")
    for change in Change:
        boxes = sum(box.change is change for box in picture.boxes)
        edges = sum(edge.change is change for edge in picture.edges)
        if boxes or edges:
            what = f"{counted(boxes, 'box', 'boxes')} and {counted(edges, 'line')}"
            lines.append(f"{change.value.capitalize()}: {what}.")
    lines.append("An arrow runs from what depends to what it depends on.")
    return " ".join(lines)
