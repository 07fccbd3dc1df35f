"""The visual language of the pictures: what a shape, a colour and a line stand for.

A type is a shape, an owner is a colour, a kind of dependency is a line. No meaning hangs on a
colour alone: owners and types are also written out, and lines differ by their dashes. So a picture
can be read in grey and by people who do not tell colours apart.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterable
from typing import assert_never

from msgspec import Struct

from analyzer.model.imports import KIND_STRENGTH, Kind
from analyzer.model.pictures import Edge

TEXT = "#1a1a1a"
"""Text on every fill: at least 7:1 against each owner's colour."""
MUTED_TEXT = "#555555"
"""Text of neighbours, on white: 7.4:1."""
LINE = "#4d4d4d"
BOX_BORDER = "#595959"
NEIGHBOUR_BORDER = "#808080"
NEIGHBOUR_FILL = "#ffffff"
CLUSTER_BORDER = "#c4c4c4"
CLUSTER_FILL = "#f7f7f7"
WARNING = "#8b0000"
"""Artifacts with no place: at least 4.5:1 on each owner's colour."""

NO_OWNER_FILL = "#dddddd"
OWNER_FILLS = (
    "#a0c4e8",
    "#f3e7ac",
    "#f3ac94",
    "#7ccfb8",
    "#ffc4cf",
    "#b8e7ff",
    "#cfdb70",
    "#d9caee",
)
"""Paul Tol's light scheme (https://personal.sron.nl/~pault/), a third lighter, without olive
and grey but with lilac."""


class BoxShape(Struct, frozen=True):
    """How a type is drawn: in DOT, and with Mermaid's brackets."""

    dot: str
    style: str
    mermaid: tuple[str, str]
    extra: tuple[tuple[str, str], ...] = ()
    """Further attributes in DOT."""


PLAIN_SHAPE = BoxShape("box", "", ("[", "]"))
SHAPES = {
    "page": BoxShape("tab", "", ("([", "])")),
    "api-route": BoxShape("polygon", "", ("[/", "/]"), (("sides", "4"), ("skew", "0.12"))),
    "worker": BoxShape("component", "", ("{{", "}}")),
    "service": BoxShape("box", "rounded", ("(", ")")),
    "library": BoxShape("box", "", ("[[", "]]"), (("peripheries", "2"),)),
    "sdk-package": BoxShape("box3d", "", ("[/", "\\]")),
    "script": BoxShape("note", "", (">", "]")),
    "test": BoxShape("octagon", "", ("[\\", "\\]")),
    "infra": BoxShape("polygon", "", ("[(", ")]"), (("sides", "4"), ("distortion", "0.12"))),
    "doc": BoxShape("folder", "", ("[\\", "/]")),
}
"""One shape for each type that registries know; every other type is a plain box."""

TYPE_ORDER = ("page", "api-route", "script", "test", "worker", "service", "sdk-package", "library")
"""Where the edges leave it open, what uses stands above what is used."""


def get_shape(type_name: str | None) -> BoxShape:
    """Return the shape of a type; a plain box for one that is unknown or missing."""
    return SHAPES.get(type_name or "", PLAIN_SHAPE)


class LineStyle(enum.Enum):
    """What a line tells about a dependency; the value is its text in the legend."""

    IMPORT = "imports"
    SOMETIMES = "imports in some cases"
    TYPES = "types only"
    PACKAGE = "runs its package only"
    CALL = "calls"
    DECLARED = "declared only"


LINES: dict[LineStyle, dict[str, str]] = {
    LineStyle.IMPORT: {},
    LineStyle.SOMETIMES: {"style": "dashed"},
    LineStyle.TYPES: {"style": "dotted", "arrowhead": "vee"},
    LineStyle.PACKAGE: {"style": "dotted", "arrowhead": "empty"},
    LineStyle.CALL: {"style": "bold", "color": "#1f5fa8", "fontcolor": "#1f5fa8"},
    LineStyle.DECLARED: {"style": "dotted", "arrowhead": "odiamond"},
}
"""How each style is drawn in DOT."""


def get_line_style(edge: Edge) -> LineStyle:
    """Return the style of an edge: by its strongest kind, and of a chain by its weakest link.

    Two files that import each other both at the top and inside a function do so at the top; but a
    chain through other files holds only where each of its links does.
    """
    if not edge.kinds:
        return LineStyle.IMPORT
    choose = max if edge.through else min
    return _line_style_of(choose(edge.kinds, key=KIND_STRENGTH.__getitem__))


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
