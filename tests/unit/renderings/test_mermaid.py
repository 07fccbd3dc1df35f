"""Mermaid: the same graph, within what a page draws."""

import re
from pathlib import Path

import pytest

from analyzer.model.imports import Kind
from analyzer.model.pictures import Picture
from analyzer.renderings.look import Look, Theme
from analyzer.renderings.mermaid import MOST_CHARACTERS, MOST_EDGES, render_mermaid
from tests.unit.renderings.sample_pictures import ALL, CHANGED, SMALL, box, edge, picture

HERE = Path(__file__).parent


def read_lines(text: str) -> list[str]:
    return re.findall(r"^ {4}(N\d+ (?:-->|-\.->|==>|--o)\S* .*N\d+)$", text, re.MULTILINE)


def test_mermaid_of_a_small_picture() -> None:
    assert render_mermaid(SMALL) == (HERE / "test_picture_small.mmd").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ALL)
def test_every_box_and_line_is_there(name: str) -> None:
    text = render_mermaid(ALL[name])
    for number, item in enumerate(ALL[name].boxes, start=1):
        assert len(re.findall(rf"^ +N{number}[\[({{>]", text, re.MULTILINE)) == 1, item.key
    assert len(read_lines(text)) == len(ALL[name].edges)


def test_changes_are_signs_and_styles() -> None:
    text = render_mermaid(CHANGED)
    assert 'N1 -->|"#43; added"| N2' in text
    assert '"#8722; removed"' in text
    assert '"#126; changed"' in text
    assert "linkStyle 0 stroke:#116329" in text


def test_links_and_themes_are_those_of_the_look() -> None:
    look = Look(theme=Theme.DARK, link_template="https://x.org/{path}#L{line}")
    text = render_mermaid(SMALL, look=look)
    assert "  theme: dark\n" in text
    assert '    click N1 href "https://x.org/app/orders.py#L1"\n' in text
    assert "click" not in render_mermaid(SMALL)
    assert "theme" not in render_mermaid(SMALL)


def many(boxes: int, edges: int) -> Picture:
    """The later the edge, the more it stands for."""
    ends = [(a, b) for a in range(boxes) for b in range(a)][:edges]
    return picture(
        [box(f"S{n:04}", f"service_{n:04}.py", "service") for n in range(boxes)],
        [
            edge(f"S{a:04}", f"S{b:04}", Kind.CONDITIONAL, count=number + 1)
            for number, (a, b) in enumerate(ends)
        ],
    )


def test_of_too_many_lines_those_stay_that_stand_for_most() -> None:
    text = render_mermaid(many(40, 700))
    lines = read_lines(text)
    assert len(lines) == MOST_EDGES
    assert min(int(re.findall(r'"([\d,#;]+)"', line)[0].replace(",", "")) for line in lines) == 201
    assert "Not drawn#58; 200 lines" in text
    assert "at most 500 lines and 50,000 characters" in text


def test_of_too_many_boxes_those_stay_that_have_lines() -> None:
    text = render_mermaid(many(2000, 30))
    assert len(text) <= MOST_CHARACTERS
    assert len(read_lines(text)) > 0
    kept = len(re.findall(r"^ +N\d+\(", text, re.MULTILINE))
    lost = re.findall(r"and ([\d,]+) boxes", text)
    assert [f"{2000 - kept:,}"] == lost


def test_invisible_links_come_last_and_never_make_too_many() -> None:
    text = render_mermaid(many(60, 480))
    links = re.findall(r"^ {4}N\d+ (\S+)", text, re.MULTILINE)
    assert links.index("~~~") == 480
    assert len(links) <= MOST_EDGES
