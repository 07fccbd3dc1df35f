"""The visual language of the pictures: what a shape, a colour and a line stand for.

A type is a shape, an owner is a colour, a kind of dependency is a line. No meaning hangs on a
colour alone: owners, types, marks and changes are also written out, and lines differ by dashes and
arrowheads. So a picture can be read in grey and by people who do not tell colours apart.
"""

from __future__ import annotations

import enum
import hashlib
import math
from collections.abc import Collection, Iterable
from typing import assert_never

from msgspec import Struct

from analyzer.model.imports import Kind
from analyzer.model.pictures import BoxKind, Change, Edge, Mark
from analyzer.renderings.look import Theme

BOX_TEXT = "#1a1a1a"
"""On every owner's colour, in both themes."""
PILL_TEXT = "#ffffff"
NO_OWNER_FILL = "#d9d9d9"
OWNER_FILLS = (
    "#6fa3f3",
    "#f4e084",
    "#dc909c",
    "#99cb89",
    "#c699ca",
    "#35ddff",
    "#a1ab51",
    "#bbfec4",
)
"""Found by search: of all colours that carry dark text, those that stay furthest apart for people
with each kind of colour blindness. `tests/unit/renderings/test_palette.py` measures it."""


class Colours(Struct, frozen=True):
    """The colours of a theme, besides those of the owners."""

    page: str
    frame: str
    frame_border: str
    text: str
    muted_text: str
    line: str
    call: str
    border: str
    """Around a box that has a colour."""
    neighbour: str
    """Inside of a neighbour, which has none."""
    neighbour_border: str
    neighbour_text: str
    added: str
    removed: str
    changed: str
    wrong: str
    """The border of what has an error or no place; the line of a dependency that has an error."""
    warned: str
    """The same for what has nothing worse than a warning."""


THEMES = {
    Theme.LIGHT: Colours(
        page="#ffffff",
        frame="#f6f7f8",
        frame_border="#c4c8cc",
        text="#1a1a1a",
        muted_text="#50555b",
        line="#4d5257",
        call="#1f5fa8",
        border="#55595e",
        neighbour="#ffffff",
        neighbour_border="#7b8086",
        neighbour_text="#50555b",
        added="#116329",
        removed="#a40e26",
        changed="#0a4a8f",
        wrong="#a40e26",
        warned="#8f5a00",
    ),
    Theme.DARK: Colours(
        page="#15181c",
        frame="#1d2126",
        frame_border="#444b53",
        text="#eceff2",
        muted_text="#aab2bb",
        line="#aab2bb",
        call="#79b8ff",
        border="#7d858e",
        neighbour="#24292f",
        neighbour_border="#8b949e",
        neighbour_text="#c3cad1",
        added="#56d364",
        removed="#ff8e86",
        changed="#79c0ff",
        wrong="#ff8e86",
        warned="#e3b341",
    ),
}


class BoxShape(Struct, frozen=True):
    """How a type is drawn: in DOT, and with Mermaid's brackets."""

    dot: str
    style: str
    mermaid: tuple[str, str]
    extra: tuple[tuple[str, str], ...] = ()
    """Further attributes in DOT."""
    inset: float = 0.0
    """Points at either side that the shape leaves no room for text."""
    lift: float = 0.0
    """Points that it stands out above and below."""


PLAIN_SHAPE = BoxShape("box", "", ("[", "]"))
FILE_SHAPE = BoxShape("box", "dotted", ("[", "]"))
SHAPES = {
    "page": BoxShape("tab", "", ("([", "])")),
    "api-route": BoxShape("polygon", "", ("[/", "/]"), (("sides", "4"), ("skew", "0.1")), inset=14),
    "worker": BoxShape("component", "", ("{{", "}}"), inset=10),
    "service": BoxShape("box", "rounded", ("(", ")"), inset=2),
    "library": BoxShape("box", "", ("[[", "]]"), (("peripheries", "2"),), 4, 4),
    "sdk-package": BoxShape("box3d", "", ("[/", "\\]"), inset=4),
    "script": BoxShape("note", "", (">", "]"), inset=4),
    "test": BoxShape("box", "diagonals", ("[\\", "\\]"), inset=6),
    "infra": BoxShape("polygon", "", ("[(", ")]"), (("sides", "4"), ("distortion", "0.1")), 14),
    "doc": BoxShape("folder", "", ("[\\", "/]")),
}
"""One shape for each type that registries know; every other type is a plain box that names it."""

TYPE_ORDER = ("page", "api-route", "script", "test", "worker", "service", "sdk-package", "library")
"""Where the edges leave it open, what uses stands above what is used."""


def get_shape(type_name: str | None, kind: BoxKind = BoxKind.ARTIFACT) -> BoxShape:
    """Return the shape of a type; a plain box for one that is unknown or missing."""
    if kind is BoxKind.FILE:
        return FILE_SHAPE
    return SHAPES.get(type_name or "", PLAIN_SHAPE)


MARK_WORDS = {
    Mark.ERROR: "error",
    Mark.WARNING: "warning",
    Mark.MISSING: "no place",
    Mark.ORPHAN: "orphan",
    Mark.UNREGISTERED: "not registered",
}
MARK_MEANINGS = {
    Mark.ERROR: "has a finding that is an error",
    Mark.WARNING: "has a finding that is a warning",
    Mark.MISSING: "its record has no place in the code",
    Mark.ORPHAN: "nothing in production uses it",
    Mark.UNREGISTERED: "no record covers it",
}
MARK_FILLS = {
    Mark.ERROR: "#a40e26",
    Mark.WARNING: "#7a4a00",
    Mark.MISSING: "#5a2a82",
    Mark.ORPHAN: "#3a4048",
    Mark.UNREGISTERED: "#0b4f79",
}
"""Behind the word, which is white, in both themes."""
CHANGE_SIGNS = {Change.ADDED: "+", Change.REMOVED: "−", Change.CHANGED: "~"}  # noqa: RUF001
CHANGE_FILLS = {Change.ADDED: "#116329", Change.REMOVED: "#a40e26", Change.CHANGED: "#0a4a8f"}
CHANGED_WIDTH = 2.5
"""Points that a line has at least that was added, removed or changed."""
GRAVE = frozenset({Mark.ERROR, Mark.WARNING, Mark.MISSING})
"""What also shows in the border of a box and in the colour of a line."""


def get_change_colour(change: Change, colours: Colours) -> str:
    """Return the colour of a line or border that was changed so."""
    match change:
        case Change.ADDED:
            return colours.added
        case Change.REMOVED:
            return colours.removed
        case Change.CHANGED:
            return colours.changed
        case _:
            assert_never(change)


class LineStyle(enum.Enum):
    """What a line tells about a dependency; the value is its text in the legend."""

    IMPORT = "imports"
    SOMETIMES = "imports in some cases"
    TYPES = "types only"
    PACKAGE = "runs its package only"
    CALL = "calls"
    DECLARED = "declared only"


class Line(Struct, frozen=True):
    """How a style is drawn: in DOT, where dashes and arrowheads have names, and in Mermaid."""

    dashes: str
    arrowhead: str
    head_length: float
    """Points that Graphviz gives the arrowhead, at size 1."""
    mermaid: str
    dash_array: str
    """In Mermaid; empty where the arrow says it."""


LINES = {
    LineStyle.IMPORT: Line("", "normal", 10, "-->", ""),
    LineStyle.SOMETIMES: Line("dashed", "normal", 10, "-.->", "6 4"),
    LineStyle.TYPES: Line("dotted", "vee", 10, "-.->", "1 4"),
    LineStyle.PACKAGE: Line("dotted", "empty", 10, "-.->", "1 3"),
    LineStyle.CALL: Line("", "normalnormal", 20, "==>", ""),
    LineStyle.DECLARED: Line("dotted", "odiamond", 12, "--o", "2 4"),
}


def get_line_style(edge: Edge) -> LineStyle:
    """Return the style of an edge, by the kind that it holds by; where it has none, an import."""
    return _line_style_of(edge.find_kind() or Kind.RUNTIME)


def _line_style_of(kind: Kind) -> LineStyle:
    match kind:
        case Kind.RUNTIME:
            return LineStyle.IMPORT
        case Kind.FUNCTION_LEVEL | Kind.CONDITIONAL | Kind.DYNAMIC:
            return LineStyle.SOMETIMES
        case Kind.TYPE_CHECKING:
            return LineStyle.TYPES
        case Kind.PARENT_INIT:
            return LineStyle.PACKAGE
        case Kind.INVOKES | Kind.REQUESTS | Kind.ENQUEUES:
            return LineStyle.CALL
        case Kind.DECLARED:
            return LineStyle.DECLARED
        case _:
            assert_never(kind)


def get_mark_colour(marks: Collection[Mark], colours: Colours) -> str:
    """Return the colour for grave marks: what is only warned of looks other than what is wrong."""
    return colours.warned if GRAVE.intersection(marks) == {Mark.WARNING} else colours.wrong


def get_line_width(edge: Edge) -> float:
    """Return points: a half more each time that the imports behind a line double, up to 4.

    What changed is never as thin as what did not.
    """
    weight = max(edge.links, edge.count, 1)
    least = 1 if edge.change is None else CHANGED_WIDTH
    return round(min(max(1 + 0.5 * math.log2(weight), least), 4.0), 1)


def get_line_colour(edge: Edge, colours: Colours) -> str:
    """Return the colour of a line: what changed, what is wrong, what is no import, the others."""
    if edge.change is not None:
        return get_change_colour(edge.change, colours)
    if not GRAVE.isdisjoint(edge.marks):
        return get_mark_colour(edge.marks, colours)
    return colours.call if get_line_style(edge) is LineStyle.CALL else colours.line


def assign_fills(owners: Iterable[str | None]) -> dict[str | None, str]:
    """Return a fill for each owner.

    An owner has the same colour in every picture, as far as two owners of one picture do not want
    the same one: the first choice is a hash of the name, then the next free colour. With more
    owners than colours, colours repeat; the box also bears the owner's name.
    """
    fills: dict[str | None, str] = {}
    taken: set[int] = set()
    for owner in sorted({owner for owner in owners if owner is not None}):
        if len(taken) == len(OWNER_FILLS):
            taken.clear()
        index = hashlib.sha256(owner.encode("utf-8", "replace")).digest()[0] % len(OWNER_FILLS)
        while index in taken:
            index = (index + 1) % len(OWNER_FILLS)
        taken.add(index)
        fills[owner] = OWNER_FILLS[index]
    fills[None] = NO_OWNER_FILL
    return fills
