"""Pictures: what stands in DOT and in the SVG, and that Graphviz draws it anywhere, in time."""

import runpy
import signal
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from analyzer.model.errors import AnalyzerError
from analyzer.model.imports import Kind
from analyzer.model.pictures import FoldBy, Picture, Role
from analyzer.renderings import layout
from analyzer.renderings.arrange import MARGINS, SHELF_GAP, Cell, arrange, measure_shelf
from analyzer.renderings.dot import render_dot
from analyzer.renderings.layers import Group, order_groups
from analyzer.renderings.layout import PictureFormat, draw
from analyzer.renderings.look import Look, Theme
from analyzer.renderings.picture_text import clean, describe, shorten
from tests.unit.renderings.reading_svg import SVG, XLINK, draw_sample, read_texts
from tests.unit.renderings.sample_pictures import ALL, FOLDED, MARKED, SMALL, box, edge, picture

HERE = Path(__file__).parent
MAGIC = {PictureFormat.SVG: b"<?xml", PictureFormat.PNG: b"\x89PNG", PictureFormat.PDF: b"%PDF-"}


def scaled(boxes: int, edges: int) -> Picture:
    """A picture of many boxes, the edges between pseudo-random ones."""
    ends = {(i % boxes, (i * 37 + i // boxes * 7 + 11) % boxes) for i in range(edges)}
    return picture(
        [box(f"S-{i}", f"service_{i}.py", "service") for i in range(boxes)],
        [edge(f"S-{a}", f"S-{b}") for a, b in ends if a != b],
    )


def texts_of(name: str) -> set[str]:
    return {text.text for text in read_texts(draw_sample(name))}


def titles_of(svg: bytes, kind: str) -> list[str]:
    """The tooltips of all boxes, lines or frames but those of the legend."""
    root = ET.fromstring(svg)  # noqa: S314 - our own
    found = []
    for group in root.iter(f"{SVG}g"):
        classes = (group.get("class") or "").split()
        if kind in classes and not {"legend", "caption", "decoration"} & set(classes):
            found.append(group.findtext(f"{SVG}title") or "")
    return [title for title in found if title]


def test_dot_of_a_small_picture() -> None:
    assert render_dot(SMALL) == (HERE / "test_picture_small.dot").read_text(encoding="utf-8")


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
    svg = draw_sample("small")
    texts = texts_of("small")
    for item in SMALL.boxes:
        assert {item.key, item.name} <= texts
    assert {
        "3 artifacts · 4 dependencies · 2 neighbours · via 1 unregistered file",
        "Not drawn: 1 dependency between neighbours.",
    } <= texts
    assert {"via db.py", "enqueues", "no place", "no owner"} <= texts
    assert svg.count(b"http") == svg.count(b"http://www.w3.org/") == 1
    assert b"DOCTYPE" not in svg
    assert b"<!--" not in svg


def test_every_box_line_and_frame_has_its_whole_text_in_its_title() -> None:
    svg = draw_sample("small")
    assert titles_of(svg, "node") == [
        "orders.py (API-1)\napi-route, wave 1, owner: backend\napp/orders.py:1",
        "nightly.py (WRK-1)\nworker, wave 2\napp/nightly.py:1",
        (
            "billing.py (SVC-1)\nservice, wave 2, owner: backend\napp/billing.py:1\n"
            'Sends "bills" & <reminders>'
        ),
        "mail.py (SVC-2)\nservice, wave 2, owner: ops\nits record has no place in the code",
        "money.py (LIB-1)\nlibrary, wave 3, owner: backend\napp/money.py:1",
    ]
    assert sorted(titles_of(svg, "edge")) == [
        (
            "billing.py depends on mail.py\n3 links\nruntime, function-level\n"
            "app/SVC-1.py:10: import app/db.py\napp/db.py:11: import app/SVC-2.py"
        ),
        "billing.py depends on money.py\ntype-checking\napp/SVC-1.py:10: import app/LIB-1.py",
        "nightly.py depends on billing.py\nenqueues\napp/WRK-1.py:10: import app/SVC-1.py",
        "orders.py depends on billing.py\nruntime\napp/API-1.py:10: import app/SVC-1.py",
    ]


@pytest.mark.parametrize("name", ALL)
def test_an_svg_says_in_words_what_it_shows(name: str) -> None:
    root = ET.fromstring(draw_sample(name))  # noqa: S314 - our own
    assert root.get("role") == "img"
    title, description = root[0], root[1]
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert (title.tag, title.text) == (f"{SVG}title", ALL[name].title)
    assert (description.tag, description.text) == (f"{SVG}desc", describe(ALL[name]))
    # Two pictures on one page: no id is there twice.
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids) == 2


def test_what_marks_folds_and_changes_mean_in_words() -> None:
    assert describe(MARKED) == (
        "8 artifacts · 6 dependencies · 1 unregistered file. 2 boxes: has a finding that is an"
        " error. 2 boxes: has a finding that is a warning. 2 boxes: its record has no place in the"
        " code. 3 boxes: nothing in production uses it. 2 boxes: no record covers it."
        " An arrow runs from what depends to what it depends on."
    )
    assert describe(ALL["changed"]) == (
        "4 artifacts · 4 dependencies. 1 box: has a finding that is a warning."
        " Added: 1 box and 1 line. Removed: 1 box and 1 line. Changed: 1 box and 1 line."
        " An arrow runs from what depends to what it depends on."
    )


def test_a_folded_picture_counts_what_it_folds() -> None:
    texts = texts_of("folded")
    assert {
        "1,260 artifacts · 1,412 dependencies · drawn as 4 boxes and 4 lines",
        "Folded by wave and by type: 4 stacks of 1,260 artifacts hide 73 dependencies.",
        "Not drawn: 3 dependencies that a longer way in the picture implies.",
        "7 tests: say --with-tests to draw them.",
        "1,200 artifacts",
        "14 dependencies inside",
        "1,200",
        "112",
    } <= texts
    # A stack is three outlines, the hindmost two of which say nothing.
    svg = draw_sample("folded")
    assert svg.count(b'aria-hidden="true"') == 2 * len(FOLDED.boxes) + 1
    assert titles_of(svg, "node")[0].splitlines()[:3] == [
        "page (type:page)",
        "17 artifacts",
        "0 dependencies inside",
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chain", {"what it is about", "imports", "calls"}),
        ("folded", {"several artifacts", "the thicker, the more links (up to 4,000)"}),
        ("changed", {"added", "removed", "changed", "has a finding that is a warning"}),
        ("small", {"neighbour", "types only", "its record has no place in the code"}),
    ],
)
def test_a_legend_says_what_is_used_and_nothing_else(name: str, expected: set[str]) -> None:
    words = {word for text in ("chain", "folded", "changed", "small") for word in LEGENDS[text]}
    texts = texts_of(name)
    assert expected <= texts
    assert texts & (words - LEGENDS[name]) == set()


LEGENDS = {
    "chain": {"what it is about", "imports", "calls"},
    "folded": {
        "several artifacts",
        "the thicker, the more imports (up to 4,000)",
        "12: the line stands for 12 dependencies",
        "imports",
        "calls",
    },
    "changed": {"added", "removed", "changed", "has a finding that is a warning", "imports"},
    "small": {
        "neighbour",
        "types only",
        "imports",
        "calls",
        "its record has no place in the code",
    },
}


def test_links_lead_from_boxes_and_lines_to_their_lines() -> None:
    look = Look(link_template="https://x.org/{path}?a=1&b=2#L{line}")
    svg = draw(render_dot(SMALL, look=look), format=PictureFormat.SVG)
    root = ET.fromstring(svg)  # noqa: S314 - our own
    links = [link.get(f"{XLINK}href") for link in root.iter(f"{SVG}a")]
    assert set(links) == {
        f"https://x.org/app/{path}?a=1&b=2#L{line}"
        for path, line in [
            ("orders.py", 1),
            ("billing.py", 1),
            ("money.py", 1),
            ("nightly.py", 1),
            ("API-1.py", 10),
            ("SVC-1.py", 10),
            ("WRK-1.py", 10),
        ]
    }
    assert not list(ET.fromstring(draw_sample("small")).iter(f"{SVG}a"))  # noqa: S314


def test_themes_differ_in_colours_only() -> None:
    light, dark = (read_texts(draw_sample("small", theme)) for theme in Theme)
    assert [text.text for text in light] == [text.text for text in dark]
    assert [text.frame for text in light] == [text.frame for text in dark]
    assert {text.ground for text in light} != {text.ground for text in dark}


def test_an_empty_picture_is_a_picture() -> None:
    assert texts_of("empty") == {"Nothing", "0 artifacts · 0 dependencies"}


def test_lines_beyond_number_are_straight_and_the_picture_says_so() -> None:
    svg = draw(render_dot(scaled(300, 900)), format=PictureFormat.SVG)
    assert b"Simplified layout: straight lines" in svg
    assert len(titles_of(svg, "edge")) == len(scaled(300, 900).edges)


@pytest.mark.parametrize("theme", Theme)
def test_a_layout_that_takes_too_long_becomes_a_simpler_one(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "slow.py"
    slow.write_text(
        "import runpy, sys, time\n"
        "if sys.argv[1] == 'full': time.sleep(60)\n"
        f"runpy.run_path({str(layout.CHILD)!r}, run_name='__main__')\n"
    )
    monkeypatch.setattr(layout, "CHILD", slow)
    monkeypatch.setattr(layout, "FIRST_SHARE", 0.02)
    svg = draw(render_dot(SMALL, look=Look(theme=theme)), format=PictureFormat.SVG, timeout_s=20)
    assert b"Simplified layout: straight lines" in svg
    assert len(titles_of(svg, "edge")) == len(SMALL.edges)


def test_too_little_time_is_an_error_that_says_what_to_do() -> None:
    start = time.monotonic()
    with pytest.raises(AnalyzerError, match=r"longer than 0\.02 s; .*--format dot") as caught:
        draw(render_dot(SMALL), format=PictureFormat.PNG, timeout_s=0.02)
    assert time.monotonic() - start < 5
    assert "\n" not in str(caught.value)


def test_what_is_no_dot_is_an_error_too(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AnalyzerError, match="the layout failed"):
        draw("digraph {", format=PictureFormat.SVG)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_an_interrupt_kills_the_child_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setattr(layout, "CHILD", endless)
    children: list[subprocess.Popen[bytes]] = []
    main = threading.main_thread().ident or 0

    class Spy(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            children.append(self)

        def communicate(self, *args: Any, **kwargs: Any) -> tuple[bytes, bytes]:
            # Not before somebody waits for the child, however slow the machine is.
            threading.Timer(0.2, lambda: signal.pthread_kill(main, signal.SIGINT)).start()
            return super().communicate(*args, **kwargs)

    monkeypatch.setattr(subprocess, "Popen", Spy)
    # A shell starts its background jobs with the signal ignored.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            draw(render_dot(SMALL), format=PictureFormat.SVG, timeout_s=300)
    finally:
        signal.signal(signal.SIGINT, handler)
    assert [child.poll() for child in children] == [-signal.SIGKILL]


@pytest.mark.parametrize(
    ("bounds", "lines", "dpi"),
    [
        ("0,0,720,720", 50, 144.0),
        ("0,0,144000,720", 50, 30_000 / 2001),
        ("0,0,72000,72000", 50, 60e6**0.5 / 1001),
        ("0,0,72000,72000", 20_000, 6e6**0.5 / 1001),
        (None, 0, 144.0),
    ],
)
def test_a_bitmap_of_a_huge_picture_still_fits_into_memory(
    bounds: str | None, lines: int, dpi: float
) -> None:
    choose = runpy.run_path(str(layout.CHILD))["_choose_dpi"]
    assert choose(bounds, lines) == pytest.approx(dpi)


@pytest.mark.parametrize("count", [4, 12, 22, 30, 58, 120])
@pytest.mark.parametrize("shape", ["unlinked", "chain and more", "star"])
def test_pictures_have_the_proportions_of_a_page(count: int, shape: str) -> None:
    members = tuple(f"b{i:03}" for i in range(count))
    edges: list[tuple[str, str]] = {
        "unlinked": [],
        "chain and more": [*pairwise(members), (members[0], members[2])],
        "star": [(members[0], member) for member in members[1:]],
    }[shape]
    cell = Cell(width=140, height=44, gap_x=28, gap_y=26)
    shelves = arrange([Group("all", members)], edges=edges, cell=cell)
    drawn = [member for shelf in shelves for b in shelf for row in b.rows for member in row]
    assert sorted(drawn) == sorted(members)
    sizes = [measure_shelf(shelf, cell=cell) for shelf in shelves]
    height = sum(height + SHELF_GAP for _, height in sizes) + MARGINS
    assert 0.5 <= max(width for width, _ in sizes) / height <= 2.5


def test_a_picture_that_people_read_is_no_wider_than_a_page_that_they_print() -> None:
    """18 inches: on a landscape page the names are still as large as small print."""
    for count in (10, 30, 60):
        members = tuple(f"b{i:03}" for i in range(count))
        cell = Cell(width=190, height=50, gap_x=24, gap_y=22)
        shelves = arrange([Group("all", members)], edges=[], cell=cell)
        assert max(measure_shelf(shelf, cell=cell)[0] for shelf in shelves) / 72 <= 18


def test_groups_stand_above_what_they_use() -> None:
    edges = [("lib", "base"), ("app", "lib"), ("app", "base"), ("base", "app")]
    assert order_groups(["base", "lib", "app"], edges=edges) == ["app", "lib", "base"]
    many = [f"g{i:03}" for i in range(200)]
    chain = [(b, a) for a, b in pairwise(many)]
    assert order_groups(many, edges=chain) == many[::-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\nc", "a b c"),
        (" a  b ", "a b"),
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
    svg = draw(render_dot(picture(boxes, edges)), format=PictureFormat.SVG)
    root = ET.fromstring(svg)  # noqa: S314 - our own
    shafts = [
        group.find(f"{SVG}path") for group in root.iter(f"{SVG}g") if group.get("class") == "edge"
    ]
    places = {(path.get("d") or "").split(",")[0] for path in shafts if path is not None}
    assert len(places) == len(shafts) == 3


def test_neighbours_stand_on_the_side_where_they_are_needed() -> None:
    texts = texts_of("small")
    assert {"neighbours using these (1)", "neighbours used here (1)"} <= texts
    grouped = replace(SMALL, grouped_by=None)
    drawn = draw(render_dot(grouped), format=PictureFormat.SVG)
    assert not titles_of(drawn, "cluster")
    assert FoldBy.TYPE is SMALL.grouped_by
    assert Role.NEIGHBOUR in {item.role for item in SMALL.boxes}


def test_a_way_that_comes_round_beside_a_box_that_is_not_linked() -> None:
    """As many lines as a chain has, and one beginning: looked for to its end, it has none."""
    boxes = [box(key, key, "service") for key in "ABCD"]
    edges = [edge(one, other) for one, other in ("AB", "BC", "CB")]
    # Theirs, and the one in the legend.
    assert render_dot(picture(boxes, edges)).count("->") == 3 + 1
