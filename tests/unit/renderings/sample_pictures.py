"""One picture of each sort that the questions make, small enough to be read in a test."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from analyzer.model.imports import Kind, Link
from analyzer.model.names import ProjectPath
from analyzer.model.pictures import (
    Box,
    BoxKind,
    Change,
    Direction,
    Edge,
    Fold,
    FoldBy,
    Mark,
    Picture,
    Role,
)

OWNERS = ("backend", "ops", "web")


def box(
    key: str,
    name: str,
    type_: str | None,
    owner: str | None = "backend",
    *,
    wave: int | None = 2,
    role: Role = Role.MEMBER,
    marks: Sequence[Mark] = (),
    notes: Sequence[str] = (),
    change: Change | None = None,
    distance: int | None = None,
    direction: Direction | None = None,
    groups: Sequence[str] | None = None,
) -> Box:
    """An artifact; a member stands in the frame of its type."""
    own = () if role is Role.NEIGHBOUR or type_ is None else (type_,)
    return Box(
        key=key,
        kind=BoxKind.ARTIFACT,
        name=name,
        role=role,
        type=type_,
        owner=owner,
        wave=wave,
        path=None if Mark.MISSING in marks else ProjectPath(f"app/{name}"),
        line=None if Mark.MISSING in marks else 1,
        marks=tuple(marks),
        notes=tuple(notes),
        change=change,
        distance=distance,
        direction=direction,
        groups=own if groups is None else tuple(groups),
    )


def fold(
    by: FoldBy,
    value: str,
    artifacts: int,
    *,
    inner: int = 0,
    owner: str | None = None,
    type_: str | None = None,
    groups: Sequence[str] = (),
) -> Box:
    """A box that stands for several artifacts."""
    ids = tuple(f"{value}-{number:03}" for number in range(artifacts))
    return Box(
        key=f"{by.value}:{value}",
        kind=BoxKind.FOLD,
        name=value or "none",
        owner=owner,
        type=type_,
        groups=tuple(groups),
        fold=Fold(by, value, ids, inner),
    )


def edge(
    dependent: str,
    depends_on: str,
    *kinds: Kind,
    through: Sequence[str] = (),
    count: int = 1,
    links: int = 1,
    marks: Sequence[Mark] = (),
    change: Change | None = None,
) -> Edge:
    """A dependency with its evidence."""
    kinds = kinds or (Kind.RUNTIME,)
    places = [f"app/{dependent}.py", *through, f"app/{depends_on}.py"]
    chain = tuple(
        Link(ProjectPath(start), ProjectPath(end), 10 + number, kinds[0], f"import {end}")
        for number, (start, end) in enumerate(pairwise(places))
    )
    return Edge(
        dependent=dependent,
        depends_on=depends_on,
        kinds=kinds,
        evidence=chain,
        through=tuple(map(ProjectPath, through)),
        count=count,
        links=links,
        marks=tuple(marks),
        change=change,
    )


def picture(
    boxes: Iterable[Box],
    edges: Iterable[Edge] = (),
    *,
    title: str = "Wave 2: Services",
    grouped_by: FoldBy | None = FoldBy.TYPE,
    folded_by: Sequence[FoldBy] = (),
    hidden: int = 0,
    reduced: int = 0,
    left_out: Sequence[str] = (),
    owners: Sequence[str] = OWNERS,
) -> Picture:
    """A picture, sorted as the model says."""
    return Picture(
        title=title,
        boxes=tuple(sorted(boxes, key=lambda box: box.key)),
        edges=tuple(sorted(edges, key=lambda edge: (edge.dependent, edge.depends_on))),
        grouped_by=grouped_by,
        folded_by=tuple(folded_by),
        hidden_edges=hidden,
        reduced_edges=reduced,
        left_out=tuple(left_out),
        owners=tuple(owners),
    )


SMALL = picture(
    [
        box("API-1", "orders.py", "api-route", role=Role.NEIGHBOUR, wave=1),
        box("SVC-1", "billing.py", "service", notes=['Sends "bills" & <reminders>']),
        box("SVC-2", "mail.py", "service", "ops", marks=[Mark.MISSING]),
        box("LIB-1", "money.py", "library", role=Role.NEIGHBOUR, wave=3),
        box("WRK-1", "nightly.py", "worker", None),
    ],
    [
        edge("API-1", "SVC-1"),
        edge("SVC-1", "LIB-1", Kind.TYPE_CHECKING),
        edge("SVC-1", "SVC-2", Kind.RUNTIME, Kind.FUNCTION_LEVEL, through=["app/db.py"], links=3),
        edge("WRK-1", "SVC-1", Kind.ENQUEUES),
    ],
    hidden=1,
)

MARKED = picture(
    [
        box("A", "all_marks_service_of_a_long_name.py", "service", marks=list(Mark)),
        box("B", "orphan.py", "page", "web", marks=[Mark.ORPHAN]),
        box("C", "wrong.sh", "script", "ops", marks=[Mark.ERROR], notes=["DEP001: no record"]),
        box("D", "doubtful.py", "test", marks=[Mark.WARNING, Mark.ORPHAN]),
        box("E", "away.tf", "infra", "ops", marks=[Mark.MISSING]),
        box("F", "README.md", "doc", "web"),
        box("G", "client", "sdk-package", "web"),
        box("H", "strange.py", "daemon", "ops"),
        Box(
            key="app/loose.py",
            kind=BoxKind.FILE,
            name="loose.py",
            path=ProjectPath("app/deep/folders/that/nobody/registered/loose.py"),
            marks=(Mark.UNREGISTERED,),
            groups=("not registered",),
        ),
    ],
    [
        edge("A", "app/loose.py", marks=[Mark.ERROR]),
        edge("B", "A", Kind.REQUESTS),
        edge("C", "A", Kind.INVOKES),
        edge("D", "A", Kind.DECLARED),
        edge("G", "H", Kind.PARENT_INIT, links=40),
        edge("H", "G", Kind.CONDITIONAL),
    ],
    title="Everything with a mark",
)

CHAIN = picture(
    [
        box("A", "page.py", "page", "web", role=Role.FOCUS, distance=None, groups=()),
        box("B", "service.py", "service", groups=()),
        box("C", "store.py", "service", groups=()),
        box("D", "money.py", "library", "ops", role=Role.FOCUS, groups=()),
    ],
    [edge("A", "B", Kind.REQUESTS), edge("B", "C", through=["app/db.py"]), edge("C", "D")],
    title="Why A depends on D",
    grouped_by=None,
)

USING, NEEDED = Direction.DOWNSTREAM, Direction.UPSTREAM
AROUND = picture(
    [
        box("M", "middle.py", "service", role=Role.FOCUS, distance=0),
        *(
            box(f"U{n}", f"user_{n}.py", "api-route", "web", distance=1, direction=USING)
            for n in range(9)
        ),
        box("V", "far_user.py", "page", "web", distance=2, direction=USING),
        *(
            box(f"L{n}", f"needed_{n}.py", "library", "ops", distance=1, direction=NEEDED)
            for n in range(3)
        ),
    ],
    [
        *(edge(f"U{n}", "M", links=n + 1) for n in range(9)),
        edge("V", "U3"),
        edge("V", "U5", Kind.FUNCTION_LEVEL),
        *(edge("M", f"L{n}") for n in range(3)),
    ],
    title="Around M",
)

CYCLE = picture(
    [box(key, f"{key.lower()}.py", "service", groups=()) for key in "ABCDE"],
    [
        *(edge(a, b) for a, b in ("AB", "BC", "CD", "DE")),
        edge("E", "A", Kind.FUNCTION_LEVEL),
        edge("D", "B"),
    ],
    title="A cycle of 5 artifacts",
    grouped_by=None,
)

FOLDED = picture(
    [
        fold(FoldBy.TYPE, "service", 34, inner=51, owner="backend", type_="service", groups=["1"]),
        fold(FoldBy.TYPE, "page", 17, inner=0, owner="web", type_="page", groups=["1"]),
        fold(FoldBy.TYPE, "script", 1200, inner=14, owner="ops", type_="script", groups=["2"]),
        fold(FoldBy.TYPE, "library", 9, inner=8, groups=["2"]),
    ],
    [
        edge("type:page", "type:service", Kind.REQUESTS, count=23, links=60),
        edge("type:service", "type:library", count=112, links=340),
        edge("type:script", "type:service", Kind.INVOKES, count=4),
        edge("type:script", "type:library", Kind.RUNTIME, Kind.DECLARED, count=1200, links=4000),
    ],
    title="The whole system",
    grouped_by=FoldBy.WAVE,
    folded_by=[FoldBy.WAVE, FoldBy.TYPE],
    reduced=3,
    left_out=["7 tests: say --with-tests to draw them."],
)

NESTED = picture(
    [
        box(f"{outer}{inner}{n}", f"{outer}_{inner}_{n}.py", inner, groups=[outer, inner])
        for outer in ("shop", "bank")
        for inner in ("service", "library")
        for n in range(3)
    ],
    [
        edge("shopservice0", "shoplibrary1"),
        edge("shopservice1", "bankservice0"),
        edge("bankservice2", "banklibrary2"),
        edge("banklibrary0", "shoplibrary0", Kind.DYNAMIC),
    ],
    title="Two products",
)

CHANGED = picture(
    [
        box("A", "kept.py", "service"),
        box("B", "new.py", "service", change=Change.ADDED),
        box("C", "gone.py", "service", "ops", change=Change.REMOVED),
        box("D", "moved.py", "library", "web", change=Change.CHANGED, marks=[Mark.WARNING]),
    ],
    [
        edge("A", "B", change=Change.ADDED),
        edge("A", "C", change=Change.REMOVED),
        edge("A", "D", Kind.FUNCTION_LEVEL, change=Change.CHANGED, links=2),
        edge("B", "D"),
    ],
    title="What changed since main",
)

DENSE = picture(
    [box(f"S{n:02}", f"service_number_{n}.py", "service", OWNERS[n % 3]) for n in range(24)],
    [
        edge(f"S{a:02}", f"S{b:02}", through=["app/a.py", "app/b.py"] if a % 3 else ())
        for a in range(24)
        for b in {(a * 7 + 3) % 24, (a * 5 + 11) % 24, (a + 1) % 24} - {a}
    ],
    title="Many lines between few boxes, and a title that is longer than what is below it is wide",
)

EMPTY = picture([], title="Nothing")

ALL = {
    "small": SMALL,
    "marked": MARKED,
    "chain": CHAIN,
    "around": AROUND,
    "cycle": CYCLE,
    "folded": FOLDED,
    "nested": NESTED,
    "changed": CHANGED,
    "dense": DENSE,
    "empty": EMPTY,
}
