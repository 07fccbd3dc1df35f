"""Stacks and marks: counted as what they stand for, and drawn within their place."""

import re
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from analyzer.model.pictures import Change, FoldBy, Mark, Role
from analyzer.renderings import legend, palette
from analyzer.renderings.dot import render_dot
from analyzer.renderings.layout import PictureFormat, draw
from analyzer.renderings.look import Theme
from analyzer.renderings.mermaid import escape_label, render_mermaid
from analyzer.renderings.picture_text import count_line, said_lines
from tests.unit.renderings.reading_svg import SVG, read_texts
from tests.unit.renderings.sample_pictures import box, edge, fold, picture


def draw_svg(dot: str) -> bytes:
    return draw(dot, format=PictureFormat.SVG)


def test_a_stack_is_counted_as_what_it_holds() -> None:
    stack = replace(fold(FoldBy.WAVE, "3", 11), role=Role.NEIGHBOUR)
    one = picture(
        [box("A", "a.py", "service"), fold(FoldBy.OWNER, "ops", 7, groups=["service"]), stack],
        [
            edge("A", "wave:3", count=3, marks=[Mark.WARNING]),
            edge("owner:ops", "wave:3", links=2, marks=[Mark.ERROR, Mark.WARNING]),
        ],
    )
    assert count_line(one) == (
        "8 artifacts · 4 dependencies · 11 neighbours · drawn as 3 boxes and 2 lines"
    )
    svg = draw_svg(render_dot(one))
    texts = {text.text for text in read_texts(svg)}
    assert {"service (8)", "neighbours used here (11)"} <= texts
    # A number is that of dependencies, not of what is wrong with them.
    assert {"3 · warning", "error"} <= texts
    said = "3: the line stands for 3 dependencies"
    assert said in texts
    assert escape_label(said) in render_mermaid(one)


def test_one_stack_hides_and_several_hide() -> None:
    one = picture([fold(FoldBy.OWNER, "ops", 7, inner=1)], folded_by=[FoldBy.OWNER])
    assert said_lines(one) == ["Folded by owner: 1 stack of 7 artifacts hides 1 dependency."]


def test_a_legend_leaves_out_what_only_the_text_of_a_line_would_say() -> None:
    """Of a line the gravest mark is written, and a change makes it thick, not what is behind it."""
    one = picture(
        [box("A", "a.py", "service"), box("B", "b.py", "service")],
        [edge("A", "B", change=Change.ADDED, marks=[Mark.ERROR, Mark.WARNING])],
    )
    texts = {text.text for text in read_texts(draw_svg(render_dot(one)))}
    assert "has a finding that is an error" in texts
    assert "has a finding that is a warning" not in texts
    assert not [text for text in texts if text.startswith("the thicker")]


def read_outlines(svg: bytes) -> list[tuple[str, list[float], list[float]]]:
    """The first word of each box's tooltip, none behind a stack, and where its outlines are."""
    found = []
    for group in ET.fromstring(svg).iter(f"{SVG}g"):  # noqa: S314 - our own
        if group.get("class") in {"node", "node decoration"}:
            points = " ".join(
                one.get("points") or "" for one in list(group.iter(f"{SVG}polygon"))[:2]
            )
            numbers = [float(number) for number in re.findall(r"-?[0-9.]+", points)]
            if max(numbers[1::2]) - min(numbers[1::2]) > legend.HEIGHT + 1:
                name = (group.findtext(f"{SVG}title") or " ").split(" ")[0]
                found.append((name, numbers[::2], numbers[1::2]))
    return found


def test_a_stack_and_two_borders_keep_to_the_place_of_a_box() -> None:
    """Lines pass, and frames stand, as near as that."""
    boxes = [
        box("P", "plain.sh", "script", groups=()),
        box("L", "library.py", "library", groups=()),
        fold(FoldBy.OWNER, "ops", 7, type_="library"),
    ]
    spans: dict[str, list[float]] = {}
    for name, xs, _ in read_outlines(draw_svg(render_dot(picture(boxes, grouped_by=None)))):
        spans.setdefault(name or "ops", []).extend(xs)
    assert set(spans) == {"plain.sh", "library.py", "ops"}
    widths = [max(xs) - min(xs) for xs in spans.values()]
    assert max(widths) - min(widths) < 1


def test_a_stack_stays_clear_of_the_texts_above_it() -> None:
    svg = draw_svg(render_dot(picture([fold(FoldBy.OWNER, "ops", 7)], folded_by=[FoldBy.OWNER])))
    [said] = [text for text in read_texts(svg) if text.text.startswith("Folded by owner")]
    highest = max(-y for _, _, ys in read_outlines(svg) for y in ys)
    assert highest + 5 < said.frame.bottom


def test_a_word_on_a_box_is_as_wide_as_it_has_to_be() -> None:
    def width_of(name: str) -> float:
        one = picture([box("A", name, "service", marks=[Mark.ERROR])])
        root = ET.fromstring(draw_svg(render_dot(one)))  # noqa: S314 - our own
        [pill] = [
            element
            for group in root.iter(f"{SVG}g")
            if group.get("class") == "node"
            for element in group.iter(f"{SVG}path")
            if element.get("fill") == palette.MARK_FILLS[Mark.ERROR]
        ]
        xs = [float(x) for x in re.findall(r"(-?[0-9.]+),", pill.get("d") or "")]
        return max(xs) - min(xs)

    assert width_of("a.py") == pytest.approx(width_of("recovery_rule_engine.py"))


def test_what_is_only_warned_of_looks_other_than_what_is_wrong() -> None:
    colours = palette.THEMES[Theme.LIGHT]
    for marks, colour in (
        ([Mark.WARNING], colours.warned),
        ([Mark.WARNING, Mark.ORPHAN], colours.warned),
        ([Mark.ERROR, Mark.WARNING], colours.wrong),
        ([Mark.MISSING], colours.wrong),
    ):
        one = picture(
            [box("A", "a.py", "service", marks=marks), box("B", "b.py", "service")],
            [edge("A", "B", marks=marks)],
        )
        dot, mermaid = render_dot(one), render_mermaid(one)
        for other in (colours.warned, colours.wrong):
            assert (f'color="{other}" fontcolor="{other}"' in dot) is (other == colour)
            assert (f"linkStyle 0 stroke:{other}" in mermaid) is (other == colour)
            assert (f"stroke:{other},stroke-width:3px" in mermaid) is (other == colour)
