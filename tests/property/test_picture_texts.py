"""Whatever a record says, it is only text in a picture."""

import re
from xml.etree import ElementTree as ET

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.model.imports import Kind
from analyzer.model.names import ProjectPath
from analyzer.model.pictures import Box, BoxKind, Edge, Mark, Picture, Role
from analyzer.renderings.dot import render_dot
from analyzer.renderings.layout import PictureFormat, draw
from analyzer.renderings.mermaid import render_mermaid

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<script>alert(1)</script>",
    '"];x [label="y',
    "back\\slash\\N\\G\\",
    "<<B>html</B>>",
    "<",
    "&lt;&amp;&#60;",
    "a\nb\r\tc",
    "\u202ertl\u2066",
    "x" * 10_000,
    "\x00\x07\x1b",
    "\U0001f680\U000e0041",
    "\ud83d",
    "end",
    "node",
    "a:b:c",
    "--- %% `**_",
    "]]>-->",
    "",
]
texts = st.sampled_from(HOSTILE) | st.text(st.characters(), max_size=40)


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    ids = draw(st.lists(texts.filter(bool), min_size=1, max_size=6, unique=True))
    boxes = tuple(
        Box(
            key=key,
            kind=BoxKind.ARTIFACT,
            name=draw(texts),
            role=draw(st.sampled_from(Role)),
            type=draw(texts | st.sampled_from(["service", "page", "infra"])),
            owner=draw(st.none() | texts),
            path=ProjectPath(draw(texts)),
            marks=(Mark.MISSING,) if key == ids[0] else (),
            notes=(draw(texts),),
        )
        for key in ids
    )
    some_id = st.sampled_from(ids)
    ends = draw(st.lists(st.tuples(some_id, some_id), max_size=6, unique=True))
    edges = tuple(
        Edge(
            dependent=dependent,
            depends_on=depends_on,
            kinds=(draw(st.sampled_from(Kind)),),
            through=tuple(ProjectPath(path) for path in draw(st.lists(texts, max_size=2))),
        )
        for dependent, depends_on in ends
    )
    return Picture(title=draw(texts), boxes=boxes, edges=edges)


@settings(
    max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(pictures())
def test_every_box_and_edge_is_drawn_and_nothing_else(picture: Picture) -> None:
    svg = draw_svg(picture)
    root = ET.fromstring(svg)  # noqa: S314 - our own
    kinds = [element.get("class") for element in root.iter(f"{SVG}g")]
    titles = [
        element.findtext(f"{SVG}title")
        for element in root.iter(f"{SVG}g")
        if element.get("class") in {"node", "edge"}
    ]
    own = [title for title in titles if not (title or "").startswith("legend ")]
    assert len(own) == len(picture.boxes) + len(picture.edges)
    assert "node" in kinds
    assert not list(root.iter(f"{SVG}script"))
    assert b"Simplified" not in svg


def draw_svg(picture: Picture) -> bytes:
    return draw(render_dot(picture), format=PictureFormat.SVG)


@settings(max_examples=200, deadline=None)
@given(pictures())
def test_mermaid_has_one_line_for_each_thing(picture: Picture) -> None:
    text = render_mermaid(picture)
    lines = text.splitlines()
    assert lines[0] == lines[2] == "---"
    nodes = [line for line in lines if re.match(r" {8}N\d+\W", line)]
    arrows = [line for line in lines if re.match(r" {4}N\d+ \S+?(\|\"[^\"]*\"\|)? N\d+$", line)]
    assert len(nodes) == len(picture.boxes)
    assert len(arrows) == len(picture.edges)
    for line in nodes:
        assert re.search(r'"([^"<>`*&]|<br/>)*"', line)
        assert line.count('"') == 2
