"""Pictures: what is drawn, before anybody has decided how.

A question about the graph gives a `Picture`, and every format draws the same one. Nothing is left
out in silence: what is folded, thinned or cut is counted here, and every drawing says so.
"""

from __future__ import annotations

import enum

from msgspec import Struct

from analyzer.model.imports import KIND_STRENGTH, Kind, Link
from analyzer.model.names import ProjectPath

MOST_BOXES = 60
"""Boxes of a picture that people can still read."""


class BoxKind(enum.StrEnum):
    """What a box stands for."""

    ARTIFACT = "artifact"
    FILE = "file"
    """A module that belongs to no artifact."""
    FOLD = "fold"
    """Several of these, drawn as one box; never at different distances, but for the furthest."""


class Role(enum.StrEnum):
    """Why a box is in the picture."""

    MEMBER = "member"
    """It is what was asked for."""
    FOCUS = "focus"
    """The question is about it: the middle of surroundings, what changes, the ends of a chain."""
    NEIGHBOUR = "neighbour"
    """It is linked with a member."""


class Mark(enum.StrEnum):
    """What a reader has to know about a box or an edge, the gravest first."""

    ERROR = "error"
    """It has a finding of this severity."""
    WARNING = "warning"
    MISSING = "missing"
    """Its record has no place in the code."""
    ORPHAN = "orphan"
    """Nothing in production uses it."""
    UNREGISTERED = "unregistered"
    """It ought to have a record and has none."""


class Change(enum.StrEnum):
    """What a change did to a box or an edge, in a picture of two revisions."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class FoldBy(enum.StrEnum):
    """By what artifacts are folded into one box."""

    WAVE = "wave"
    OWNER = "owner"
    TYPE = "type"
    PRODUCT = "product"
    FOLDER = "folder"
    DISTANCE = "distance"
    """How far from the focus, in pictures that have one; chosen where all others give a tangle."""


class Direction(enum.StrEnum):
    """Which way the surroundings of something lie."""

    UPSTREAM = "upstream"
    """What it depends on."""
    DOWNSTREAM = "downstream"
    """What depends on it."""
    BOTH = "both"


class Fold(Struct, frozen=True):
    """What one box of several artifacts holds."""

    by: FoldBy
    value: str
    """Such as `2`, `backend-team` or `backend/app/services`; empty where the records say nothing.
    With `--expand` it opens the box."""
    artifacts: tuple[str, ...]
    """Their ids, sorted."""
    inner_edges: int
    """The dependencies between them, which the picture hides."""
    files: tuple[str, ...] = ()
    """The paths of what it holds that belongs to no artifact, sorted."""

    def list_keys(self) -> tuple[str, ...]:
        """The keys of all boxes that it holds."""
        return (*self.artifacts, *self.files)


class Box(Struct, frozen=True, kw_only=True):
    """One thing in a picture."""

    key: str
    """The id of an artifact, the path of a file, or `wave:2`: unique in the picture."""
    kind: BoxKind
    name: str
    """The whole name; a drawing may shorten it in the middle."""
    role: Role = Role.MEMBER
    type: str | None = None
    """Of a fold, and so on below: where all of its artifacts have the same."""
    owner: str | None = None
    wave: int | None = None
    product: str | None = None
    path: ProjectPath | None = None
    """Its first file, which a link leads to."""
    line: int | None = None
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    """What the tooltip says besides, a sentence each: the reason of an orphan, a finding."""
    change: Change | None = None
    distance: int | None = None
    """In surroundings and impacts: how many edges away from the focus."""
    direction: Direction | None = None
    """In surroundings and impacts: which way that is; nothing at the focus itself."""
    groups: tuple[str, ...] = ()
    """The frames that it is drawn in, from the outermost."""
    fold: Fold | None = None


class Edge(Struct, frozen=True, kw_only=True):
    """One line of a picture: a dependency, or all those between two boxes."""

    dependent: str
    depends_on: str
    kinds: tuple[Kind, ...] = ()
    """The kinds on the chain; of a direct dependency, the kinds of all its links."""
    evidence: tuple[Link, ...] = ()
    """The chain of the dependency; of several, the shortest one."""
    through: tuple[ProjectPath, ...] = ()
    """The unregistered files on the chain, folded into the line; of several, on all their chains.
    """
    count: int = 1
    """The dependencies between artifacts that the line stands for."""
    links: int = 1
    """The imports that prove it: what its weight is drawn by."""
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    change: Change | None = None
    strongest: Kind | None = None
    """Where it stands for several dependencies: the strongest of what each of them holds by."""

    def find_kind(self) -> Kind | None:
        """The kind that it holds by, if any: the strongest, but of a chain the weakest.

        Two files that import each other both at the top and inside a function do so at the top; a
        chain through other files holds only where each of its links does.
        """
        if self.strongest is not None or not self.kinds:
            return self.strongest
        choose = max if self.through else min
        return choose(self.kinds, key=KIND_STRENGTH.__getitem__)


class Picture(Struct, frozen=True, kw_only=True):
    """What a picture shows."""

    title: str
    """Such as "Wave 2: Backend services"."""
    boxes: tuple[Box, ...]
    """Sorted by key."""
    edges: tuple[Edge, ...]
    """Sorted by both ends; both are keys of boxes."""
    grouped_by: FoldBy | None = FoldBy.TYPE
    """What the frames stand for."""
    folded_by: tuple[FoldBy, ...] = ()
    """From the outermost; empty where nothing is folded."""
    hidden_edges: int = 0
    """Dependencies between neighbours, in surroundings between the outermost, which are left out.
    """
    reduced_edges: int = 0
    """Dependencies that a longer way in the picture implies, and that were asked to be left out."""
    left_out: tuple[str, ...] = ()
    """Whatever else is not drawn, a sentence each."""
    owners: tuple[str, ...] = ()
    """Every owner in the registry, sorted: a colour means the same in every picture."""
