"""Nothing in a picture covers what else is in it: measured in the SVG, and in the layout."""

import struct
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from analyzer.model.pictures import Picture
from analyzer.questions.reducing import reduce_picture
from analyzer.renderings.arrange import Cell
from analyzer.renderings.compose import Layout, compose
from analyzer.renderings.geometry import Frame, frame_around, spread
from analyzer.renderings.grouping import group_boxes
from analyzer.renderings.lines import Polyline
from analyzer.renderings.look import Theme
from analyzer.renderings.text_width import measure_text
from tests.unit.renderings.reading_svg import draw_sample, is_inside, read_texts
from tests.unit.renderings.sample_pictures import ALL, DENSE, edge

CELL = Cell(width=140, height=50, gap_x=24, gap_y=22)
FONTS = [
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    Path("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"),
]
BOLD_FONTS = [
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
    Path("/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf"),
]


@pytest.mark.parametrize("name", ALL)
def test_texts_neither_overlap_nor_overflow(name: str) -> None:
    texts = read_texts(draw_sample(name, Theme.DARK))
    assert texts
    outside = [text.text for text in texts if text.shape and not is_inside(text.frame, text.shape)]
    assert outside == []
    overlapping = [
        (one.text, other.text)
        for one, other in combinations(texts, 2)
        if one.frame.overlaps(other.frame)
    ]
    assert overlapping == []


def test_the_measure_of_texts_sees_what_overlaps_and_overflows() -> None:
    wide = draw_sample("small").replace(b">billing.py<", b">" + b"wide " * 40 + b"<")
    texts = read_texts(wide)
    assert [
        text.text for text in texts if text.shape and not is_inside(text.frame, text.shape)
    ] == ["wide " * 40]
    assert any(one.frame.overlaps(other.frame) for one, other in combinations(texts, 2))


@pytest.mark.parametrize(
    ("font", "is_bold"), [*((f, False) for f in FONTS), *((f, True) for f in BOLD_FONTS)]
)
def test_no_font_is_wider_than_what_texts_are_given(font: Path, is_bold: bool) -> None:
    if not font.exists():
        pytest.skip(f"{font} is not installed")
    widths = _read_widths(font.read_bytes())
    words = ["recovery_rule_engine.py", "AOS-BE-SVC-RRE-001", "WMWM@%", "1,200", "illicit", "via 2"]
    for word in words + ([] if is_bold else [chr(code) for code in range(33, 127)]):
        real = sum(widths[ord(char)] for char in word) * 10
        assert real <= measure_text(word, font_size=10, is_bold=is_bold) + 0.05, word


def _read_widths(font: bytes) -> dict[int, float]:
    """Advance widths in font sizes: https://learn.microsoft.com/typography/opentype/spec/."""
    tables = {}
    for number in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * number)
        tables[tag] = offset
    units = struct.unpack_from(">H", font, tables[b"head"] + 18)[0]
    metrics = struct.unpack_from(">H", font, tables[b"hhea"] + 34)[0]
    cmap = tables[b"cmap"]
    for number in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        _, _, offset = struct.unpack_from(">HHL", font, cmap + 4 + 8 * number)
        if struct.unpack_from(">H", font, cmap + offset)[0] == 4:
            break
    table = cmap + offset
    count = struct.unpack_from(">H", font, table + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, table + 14)
    starts = struct.unpack_from(f">{count}H", font, table + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}h", font, table + 16 + 4 * count)
    offsets = struct.unpack_from(f">{count}H", font, table + 16 + 6 * count)
    widths = {}
    for segment, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for code in range(start, min(end, 0x2FF) + 1):
            glyph = (code + deltas[segment]) & 0xFFFF
            if offsets[segment]:
                place = table + 16 + 6 * count + 2 * segment + offsets[segment]
                glyph = struct.unpack_from(">H", font, place + 2 * (code - start))[0]
                glyph = (glyph + deltas[segment]) & 0xFFFF if glyph else 0
            place = tables[b"hmtx"] + 4 * min(glyph, metrics - 1)
            widths[code] = struct.unpack_from(">H", font, place)[0] / units
    return widths


def lay_out(picture: Picture) -> Layout:
    return compose(
        group_boxes(picture),
        edges=[(edge.dependent, edge.depends_on) for edge in picture.edges],
        cell=CELL,
        labels={},
        headings={},
        lifts=lambda _: (0.0, 0.0),
        insets=lambda _: 0.0,
    )


@pytest.mark.parametrize("name", ALL)
def test_boxes_lines_and_frames_keep_clear_of_each_other(name: str) -> None:
    picture = ALL[name]
    layout = lay_out(picture)
    boxes = {
        key: frame_around(point, width=CELL.width, height=CELL.height)
        for key, point in layout.points.items()
    }
    assert not [pair for pair in combinations(boxes.values(), 2) if pair[0].overlaps(pair[1])]
    frames = list(layout.frames.values())
    assert not [pair for pair in combinations(frames, 2) if pair[0].overlaps(pair[1])]
    for number, line in layout.lines.items():
        edge = picture.edges[number]
        for key, box in boxes.items():
            is_end = key in {edge.dependent, edge.depends_on}
            assert is_end or not _crosses(line, box), (name, edge.dependent, edge.depends_on, key)


def _crosses(line: Polyline, box: Frame) -> bool:
    return any(
        Frame(
            min(one.x, other.x), min(one.y, other.y), max(one.x, other.x), max(one.y, other.y)
        ).overlaps(box)
        for one, other in pairwise(line)
    )


def test_lines_run_upright_or_sideways_and_do_not_lie_on_each_other() -> None:
    layout = lay_out(DENSE)
    pieces = []
    for number, line in layout.lines.items():
        for one, other in pairwise(line):
            assert abs(one.x - other.x) < 0.6 or one.y == other.y
            pieces.append((number, one, other))
    for (number, one, other), (second, third, fourth) in combinations(pieces, 2):
        if number != second and one.y == other.y == third.y == fourth.y:
            (left, right), (low, high) = sorted((one.x, other.x)), sorted((third.x, fourth.x))
            assert right <= low or high <= left


def test_a_chain_is_a_straight_line_of_boxes() -> None:
    layout = lay_out(ALL["chain"])
    assert len({point.x for point in layout.points.values()}) == 1
    assert [key for key, _ in sorted(layout.points.items(), key=lambda one: -one[1].y)] == [*"ABCD"]
    assert all(len({point.x for point in line}) == 1 for line in layout.lines.values())


def test_distance_is_height() -> None:
    points = lay_out(ALL["around"]).points
    far, near, middle, needed = (points[key].y for key in ("V", "U0", "M", "L0"))
    assert far > near > middle > needed


def test_what_it_needs_stands_below_it_whatever_lines_are_drawn() -> None:
    """The line from the middle to L2 is thinned: what is needed is one step away all the same."""
    longer = [*ALL["around"].edges, edge("L1", "L2")]
    reduced = reduce_picture(replace(ALL["around"], edges=tuple(longer)))
    assert reduced.reduced_edges == 1
    labels = {key: group.label for group in group_boxes(reduced) for key in group.members}
    assert labels["L2"] == labels["L1"] == "needed by it, 1 step away"
    assert labels["U3"] == "depends on it, 1 step away"


def test_outer_frames_hold_their_inner_ones() -> None:
    layout = lay_out(ALL["nested"])
    assert set(layout.outers) == {"shop", "bank"}
    for frame in layout.frames.values():
        inside = [
            outer
            for outer in layout.outers.values()
            if outer.left < frame.left
            and outer.right > frame.right
            and outer.bottom < frame.bottom
            and outer.top > frame.top
        ]
        assert len(inside) == 1


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ([], []),
        ([5.0], [5.0]),
        ([-3.0], [0.0]),
        ([5.0, 5.0], [0.0, 10.0]),
        ([1.0, 50.0, 50.0], [1.0, 45.0, 55.0]),
        ([90.0, 95.0, 99.0], [80.0, 90.0, 100.0]),
    ],
)
def test_boxes_stand_near_their_wishes_and_apart(
    wishes: list[float], expected: list[float]
) -> None:
    assert spread(wishes, gaps=[10.0] * len(wishes), low=0.0, high=100.0) == expected


def test_gaps_shrink_where_there_is_too_little_room() -> None:
    assert spread([0.0, 0.0, 0.0], gaps=[10.0] * 3, low=0.0, high=10.0) == [0.0, 5.0, 10.0]
