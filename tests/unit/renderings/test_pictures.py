"""Pictures: what stands in DOT and Mermaid, and that Graphviz draws it anywhere, in time."""

import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from analyzer.model.errors import AnalyzerError
from analyzer.model.imports import Kind
from analyzer.model.names import ProjectPath
from analyzer.model.pictures import Box, BoxKind, Edge, Mark, Picture, Role
from analyzer.renderings import layout
from analyzer.renderings.arrange import MARGINS, SHELF_GAP, Cell, arrange, measure_shelf
from analyzer.renderings.dot import render_dot
from analyzer.renderings.layers import Group, order_groups
from analyzer.renderings.layout import PictureFormat, draw
from analyzer.renderings.mermaid import render_mermaid
from analyzer.renderings.palette import (
    MUTED_TEXT,
    NEIGHBOUR_FILL,
    NO_OWNER_FILL,
    OWNER_FILLS,
    TEXT,
    WARNING,
    assign_fills,
)
from analyzer.renderings.picture_text import clean, shorten

HERE = Path(__file__).parent
MAGIC = {PictureFormat.SVG: b"<?xml", PictureFormat.PNG: b"\x89PNG", PictureFormat.PDF: b"%PDF-"}
SVG = "{http://www.w3.org/2000/svg}"


def box(
    id_: str,
    name: str,
    type_: str,
    owner: str | None = "backend",
    *,
    wave: int = 2,
    neighbour: bool = False,
    notes: Sequence[str] = (),
    unplaced: bool = False,
) -> Box:
    return Box(
        key=id_,
        kind=BoxKind.ARTIFACT,
        name=name,
        role=Role.NEIGHBOUR if neighbour else Role.MEMBER,
        type=type_,
        owner=owner,
        wave=wave,
        path=None if unplaced else ProjectPath(f"app/{name}"),
        marks=(Mark.MISSING,) if unplaced else (),
        notes=tuple(notes),
    )


def edge(dependent: str, depends_on: str, *kinds: Kind, through: Sequence[str] = ()) -> Edge:
    return Edge(
        dependent=dependent,
        depends_on=depends_on,
        kinds=kinds or (Kind.RUNTIME,),
        through=tuple(ProjectPath(path) for path in through),
    )


def picture(
    boxes: Iterable[Box],
    edges: Iterable[Edge] = (),
    *,
    title: str = "Wave 2: Services",
    hidden: int = 0,
) -> Picture:
    return Picture(title=title, boxes=tuple(boxes), edges=tuple(edges), hidden_edges=hidden)


SMALL = picture(
    [
        box("API-1", "orders.py", "api-route", neighbour=True, wave=1),
        box("SVC-1", "billing.py", "service", notes=['Sends "bills" & <reminders>']),
        box("SVC-2", "mail.py", "service", "ops", unplaced=True),
        box("LIB-1", "money.py", "library", neighbour=True, wave=3),
        box("WRK-1", "nightly.py", "worker", None),
    ],
    [
        edge("API-1", "SVC-1"),
        edge("SVC-1", "LIB-1", Kind.TYPE_CHECKING),
        edge("SVC-1", "SVC-2", Kind.RUNTIME, Kind.FUNCTION_LEVEL, through=["app/db.py"]),
        edge("WRK-1", "SVC-1", Kind.ENQUEUES),
    ],
    hidden=1,
)


def scaled(boxes: int, edges: int) -> Picture:
    """A picture of many boxes, the edges between pseudo-random ones."""
    return picture(
        [box(f"S-{i}", f"service_{i}.py", "service") for i in range(boxes)],
        [edge(f"S-{i % boxes}", f"S-{(i * 37 + 11) % boxes}") for i in range(edges)],
    )


def test_dot_of_a_small_picture() -> None:
    assert render_dot(SMALL) == (HERE / "test_picture_small.dot").read_text(encoding="utf-8")


def test_mermaid_of_a_small_picture() -> None:
    assert render_mermaid(SMALL) == (HERE / "test_picture_small.mmd").read_text(encoding="utf-8")


@pytest.mark.parametrize("picture_format", PictureFormat)
def test_drawing_needs_no_program_on_path_and_gives_the_same_bytes(
    picture_format: PictureFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    dot = render_dot(SMALL)
    first = draw(dot, format=picture_format)
    assert first.startswith(MAGIC[picture_format])
    if picture_format is PictureFormat.PDF:
        time.sleep(1.1)  # the date in it counts seconds
    assert draw(dot, format=picture_format) == first


def test_svg_holds_every_text_and_nothing_from_elsewhere() -> None:
    svg = draw(render_dot(SMALL), format=PictureFormat.SVG)
    root = ET.fromstring(svg)  # noqa: S314 - our own
    texts = {"".join(element.itertext()) for element in root.iter(f"{SVG}text")}
    titles = {element.text for element in root.iter(f"{SVG}title")}
    for item in SMALL.boxes:
        assert {item.key, item.name} <= texts
        assert item.key in titles
    assert (
        "3 artifacts · 4 dependencies · 2 neighbours · 1 unregistered file folded into edges"
        in (" · ".join(text for text in texts if "artifacts" in text))
    )
    assert {"via db.py", "enqueues", "no place in the code", "owner: no owner"} <= texts
    assert "Wave 2: Services" in titles
    assert 'Sends "bills" & <reminders>' in "".join(
        value for element in root.iter() for value in element.attrib.values()
    )
    assert svg.count(b"http") == svg.count(b"http://www.w3.org/") == 2
    assert b"DOCTYPE" not in svg


def test_an_empty_picture_is_a_picture() -> None:
    assert draw(render_dot(picture([])), format=PictureFormat.SVG).startswith(b"<?xml")


def test_a_layout_that_takes_too_long_becomes_a_simpler_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(layout, "FIRST_SHARE", 0.01)
    svg = draw(render_dot(scaled(150, 400)), format=PictureFormat.SVG, timeout_s=20)
    assert b"Simplified layout: straight lines." in svg


def test_too_little_time_is_an_error_that_says_what_to_do() -> None:
    start = time.monotonic()
    with pytest.raises(AnalyzerError, match=r"longer than 0\.02 s; .*--format dot") as caught:
        draw(render_dot(scaled(300, 900)), format=PictureFormat.PNG, timeout_s=0.02)
    assert time.monotonic() - start < 2
    assert "\n" not in str(caught.value)


def test_what_is_no_dot_is_an_error_too(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AnalyzerError, match="the layout failed"):
        draw("digraph {", format=PictureFormat.SVG)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_an_interrupt_kills_the_child_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[subprocess.Popen[bytes]] = []

    class Spy(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            children.append(self)

    monkeypatch.setattr(subprocess, "Popen", Spy)
    # A shell starts its background jobs with the signal ignored.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    main = threading.main_thread().ident or 0
    threading.Timer(0.5, lambda: signal.pthread_kill(main, signal.SIGINT)).start()
    start = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            draw(render_dot(scaled(300, 900)), format=PictureFormat.SVG)
    finally:
        signal.signal(signal.SIGINT, handler)
    assert time.monotonic() - start < 3
    assert [child.poll() for child in children] == [-signal.SIGKILL]


def luminance(colour: str) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG21/#dfn-relative-luminance."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((TEXT, fill) for fill in (*OWNER_FILLS, NO_OWNER_FILL)),
        *((WARNING, fill) for fill in (*OWNER_FILLS, NO_OWNER_FILL)),
        (MUTED_TEXT, NEIGHBOUR_FILL),
    ],
)
def test_text_stands_out(text: str, ground: str) -> None:
    assert (luminance(ground) + 0.05) / (luminance(text) + 0.05) >= 4.5


def test_owners_have_different_colours_as_long_as_there_are_some() -> None:
    owners = [f"team-{i}" for i in range(len(OWNER_FILLS))]
    fills = assign_fills([None, *owners])
    assert len(set(fills.values())) == len(OWNER_FILLS) + 1
    assert assign_fills([owners[3]])[owners[3]] in OWNER_FILLS


@pytest.mark.parametrize("count", [4, 12, 22, 30, 58, 120])
@pytest.mark.parametrize("shape", ["unlinked", "chain", "star"])
def test_pictures_have_the_proportions_of_a_page(count: int, shape: str) -> None:
    members = tuple(f"b{i}" for i in range(count))
    edges: list[tuple[str, str]] = {
        "unlinked": [],
        "chain": list(pairwise(members)),
        "star": [(members[0], member) for member in members[1:]],
    }[shape]
    cell = Cell(width=140, height=44, gap_x=28, gap_y=26)
    shelves = arrange([Group("all", members)], edges=edges, cell=cell)
    drawn = [member for shelf in shelves for b in shelf for row in b.rows for member in row]
    assert sorted(drawn) == sorted(members)
    sizes = [measure_shelf(shelf, cell=cell) for shelf in shelves]
    height = sum(height + SHELF_GAP for _, height in sizes) + MARGINS
    assert 0.5 <= max(width for width, _ in sizes) / height <= 2.5


def test_groups_stand_above_what_they_use() -> None:
    edges = [("lib", "base"), ("app", "lib"), ("app", "base"), ("base", "app")]
    assert order_groups(["base", "lib", "app"], edges=edges) == ["app", "lib", "base"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\nc", "a b c"),
        ("\u202egnp.exe\u200f", "gnp.exe"),
        ("\x00\x1b[31m", "[31m"),
        ("\ud800\ufffe\U0001f680", "\U0001f680"),
    ],
)
def test_texts_are_made_harmless(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_long_texts_lose_their_middle() -> None:
    assert shorten("worker_registry_service.py", width=16) == "worker_…rvice.py"
    assert shorten("漢字漢字漢字漢字", width=9) == "漢字…漢字"


def test_two_boxes_that_use_each_other_have_two_lines() -> None:
    """Drawn between the middles one line would lie on the other, and a dashed one vanish."""
    boxes = [box(id_, f"{id_}.py", "service") for id_ in ("A", "B", "C")]
    edges = [edge("A", "B"), edge("B", "A", Kind.FUNCTION_LEVEL), edge("A", "C")]
    dot = render_dot(picture(boxes, edges))
    ports = {
        (tail, head): re.findall(r"(?:tail|head)port=(\w+)", attributes)
        for tail, head, attributes in re.findall(r"^\s*(\w) -> (\w) \[(.*)\]$", dot, re.MULTILINE)
    }
    assert set(ports) == {("A", "B"), ("B", "A"), ("A", "C")}
    assert ports["A", "C"] == []
    # Each line begins and ends at corners where the other one does not.
    (head, tail), (back_head, back_tail) = ports["A", "B"], ports["B", "A"]
    assert tail != back_head
    assert head != back_tail
