"""The colours: readable, in grey too, and apart for people with each kind of colour blindness."""

from itertools import combinations

import pytest

from analyzer.model.imports import Kind
from analyzer.model.pictures import Change, Edge, Mark
from analyzer.renderings import palette
from analyzer.renderings.look import Theme
from tests.unit.renderings.reading_svg import draw_sample, read_texts
from tests.unit.renderings.sample_pictures import ALL

Rgb = tuple[float, float, float]

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency" (2009), table 1 at severity 1.0; for linear RGB.
SIGHTS = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
FILLS = (*palette.OWNER_FILLS, palette.NO_OWNER_FILL)
JUST_APART = 15.0
"""CIE 1976: from 2.3 on people see a difference at all (Mahy, 1994)."""


def linear(colour: str) -> Rgb:
    """https://www.w3.org/TR/WCAG21/#dfn-relative-luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def grey(colour: str) -> str:
    """As a printer without colours draws it: luma, https://www.itu.int/rec/R-REC-BT.601."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02x}" * 3


def lab(colour: str, sight: str) -> Rgb:
    """CIE L*a*b* of what a person with this sight sees; white is D65."""
    source = linear(colour)
    seen = [
        min(max(sum(a * b for a, b in zip(row, source, strict=True)), 0.0), 1.0)
        for row in SIGHTS[sight]
    ]
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    whites = (0.9505, 1.0, 1.089)
    ratios = [
        sum(a * b for a, b in zip(row, seen, strict=True)) / white
        for row, white in zip(rows, whites, strict=True)
    ]
    x, y, z = (r ** (1 / 3) if r > 0.008856 else 7.787 * r + 16 / 116 for r in ratios)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("sight", SIGHTS)
def test_owners_are_told_apart(sight: str) -> None:
    for one, other in combinations(FILLS, 2):
        pairs = zip(lab(one, sight), lab(other, sight), strict=True)
        assert sum((a - b) ** 2 for a, b in pairs) ** 0.5 >= JUST_APART, (one, other)


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("name", ALL)
def test_texts_stand_out_from_what_is_behind_them(name: str, theme: Theme) -> None:
    """Each text on its real ground in the SVG, in colours and printed grey."""
    texts = read_texts(draw_sample(name, theme))
    assert texts
    for text in texts:
        assert contrast(text.colour, text.ground) >= 4.5, text
        assert contrast(grey(text.colour), grey(text.ground)) >= 4.5, text


@pytest.mark.parametrize("theme", Theme)
def test_texts_stand_out_from_every_fill_that_they_may_have(theme: Theme) -> None:
    colours = palette.THEMES[theme]
    pills = [*palette.MARK_FILLS.values(), *palette.CHANGE_FILLS.values()]
    pairs = [
        *((palette.BOX_TEXT, fill) for fill in FILLS),
        *((palette.PILL_TEXT, fill) for fill in pills),
        (colours.neighbour_text, colours.neighbour),
        *(
            (text, ground)
            for text in (colours.text, colours.muted_text)
            for ground in (colours.page, colours.frame)
        ),
        *(
            (line, colours.page)
            for line in (
                colours.line,
                colours.call,
                colours.wrong,
                colours.warned,
                colours.added,
                colours.removed,
                colours.changed,
            )
        ),
    ]
    for text, ground in pairs:
        assert contrast(text, ground) >= 4.5, (text, ground)
        assert contrast(grey(text), grey(ground)) >= 4.5, (text, ground)


def test_lines_and_borders_stand_out_as_far_as_drawings_have_to() -> None:
    """3 : 1, https://www.w3.org/TR/WCAG21/#non-text-contrast."""
    for colours in palette.THEMES.values():
        for line in (
            colours.line,
            colours.neighbour_border,
            colours.call,
            colours.wrong,
            colours.warned,
        ):
            assert contrast(line, colours.page) >= 3
            assert contrast(line, colours.frame) >= 3


def test_owners_have_different_colours_as_long_as_there_are_some() -> None:
    owners = [f"team-{i}" for i in range(len(palette.OWNER_FILLS))]
    fills = palette.assign_fills([None, *owners])
    assert len(set(fills.values())) == len(palette.OWNER_FILLS) + 1
    assert palette.assign_fills([owners[3]])[owners[3]] in palette.OWNER_FILLS


def test_every_type_mark_change_and_kind_has_its_own_look() -> None:
    shapes = [(s.dot, s.style, s.extra) for s in palette.SHAPES.values()]
    assert len(set(shapes)) == len(shapes)
    brackets = [shape.mermaid for shape in palette.SHAPES.values()]
    assert len(set(brackets)) == len(brackets)
    assert {len(palette.MARK_WORDS), len(palette.MARK_MEANINGS), len(palette.MARK_FILLS)} == {
        len(Mark)
    }
    assert len(set(palette.CHANGE_SIGNS.values())) == len(Change)
    lines = [(line.dashes, line.arrowhead) for line in palette.LINES.values()]
    assert len(set(lines)) == len(palette.LineStyle)


@pytest.mark.parametrize(
    ("kinds", "through", "style"),
    [
        ((), (), palette.LineStyle.IMPORT),
        ((Kind.RUNTIME, Kind.FUNCTION_LEVEL), (), palette.LineStyle.IMPORT),
        ((Kind.RUNTIME, Kind.FUNCTION_LEVEL), ("x.py",), palette.LineStyle.SOMETIMES),
        ((Kind.TYPE_CHECKING,), (), palette.LineStyle.TYPES),
        ((Kind.REQUESTS, Kind.DECLARED), (), palette.LineStyle.CALL),
    ],
)
def test_a_line_is_drawn_by_its_strongest_kind_and_a_chain_by_its_weakest_link(
    kinds: tuple[Kind, ...], through: tuple[str, ...], style: palette.LineStyle
) -> None:
    edge = Edge(dependent="A", depends_on="B", kinds=kinds, through=through)  # type: ignore[arg-type]
    assert palette.get_line_style(edge) is style


@pytest.mark.parametrize(
    ("links", "count", "width"), [(1, 1, 1), (2, 1, 1.5), (1, 8, 2.5), (10**6, 1, 4)]
)
def test_the_more_evidence_the_thicker_the_line(links: int, count: int, width: float) -> None:
    edge = Edge(dependent="A", depends_on="B", links=links, count=count)
    assert palette.get_line_width(edge) == width
