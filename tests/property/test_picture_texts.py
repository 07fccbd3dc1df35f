"""Whatever a record says, it is only text in a picture."""

import json
import re
import unicodedata
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

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
from analyzer.renderings.dot import render_dot
from analyzer.renderings.layout import PictureFormat, draw
from analyzer.renderings.look import Look, Theme
from analyzer.renderings.mermaid import MOST_CHARACTERS, render_mermaid
from tests.unit.renderings.reading_svg import SVG, XLINK, is_inside, read_texts

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
    "W" * 300,
    "漢" * 100,
    "\x00\x07\x1b",
    "\U0001f680\U000e0041",
    "\ud83d",
    "end",
    "node",
    "a:b:c",
    "--- %% `**_",
    "%%{init: {'theme':'dark'}}%%",
    "click N1 href javascript:alert(1)",
    "]]>-->",
    "javascript:alert(1)",
    "",
]
texts = st.sampled_from(HOSTILE) | st.text(st.characters(), max_size=40)
paths = st.builds(ProjectPath, texts)
types = texts | st.sampled_from(["service", "page", "infra", "library"])


@st.composite
def boxes(draw: st.DrawFn, key: str, with_distance: bool) -> Box:
    kind = draw(st.sampled_from(BoxKind))
    distance = draw(st.integers(0, 3)) if with_distance else None
    return Box(
        key=key,
        kind=kind,
        name=draw(texts),
        role=draw(st.sampled_from(Role)),
        type=draw(st.none() | types),
        owner=draw(st.none() | texts),
        wave=draw(st.none() | st.integers(0, 9)),
        path=draw(st.none() | paths),
        line=draw(st.none() | st.integers(1, 10**6)),
        marks=tuple(draw(st.lists(st.sampled_from(Mark), max_size=3, unique=True))),
        notes=tuple(draw(st.lists(texts, max_size=2))),
        change=draw(st.none() | st.sampled_from(Change)),
        distance=distance,
        direction=None if distance is None else (None, *Direction)[distance],
        groups=tuple(draw(st.lists(texts, max_size=3))),
        fold=Fold(FoldBy.OWNER, draw(texts), tuple(draw(st.lists(texts, max_size=3))), 7)
        if kind is BoxKind.FOLD
        else None,
    )


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    keys = sorted(draw(st.lists(texts.filter(bool), min_size=1, max_size=6, unique=True)))
    with_distance = draw(st.booleans())
    some_key = st.sampled_from(keys)
    ends = draw(st.lists(st.tuples(some_key, some_key), max_size=6, unique=True))
    edges = [
        Edge(
            dependent=dependent,
            depends_on=depends_on,
            kinds=(draw(st.sampled_from(Kind)),),
            evidence=(Link(draw(paths), draw(paths), 1, Kind.RUNTIME, draw(texts)),),
            through=tuple(draw(st.lists(paths, max_size=2))),
            count=draw(st.integers(1, 9)),
            links=draw(st.integers(1, 10**9)),
            marks=tuple(draw(st.lists(st.sampled_from(Mark), max_size=2, unique=True))),
            notes=tuple(draw(st.lists(texts, max_size=2))),
            change=draw(st.none() | st.sampled_from(Change)),
        )
        for dependent, depends_on in sorted(ends)
    ]
    return Picture(
        title=draw(texts),
        boxes=tuple(draw(boxes(key, with_distance)) for key in keys),
        edges=tuple(edges),
        grouped_by=draw(st.none() | st.sampled_from(FoldBy)),
        left_out=tuple(draw(st.lists(texts, max_size=2))),
        owners=tuple(draw(st.lists(texts, max_size=2))),
    )


looks = st.builds(
    Look,
    theme=st.sampled_from(Theme),
    link_template=st.sampled_from([None, "https://x.org/{path}#L{line}", "{path}"]),
)


@settings(max_examples=12, derandomize=True)
@given(pictures(), looks)
def test_every_box_and_line_is_drawn_and_nothing_else(picture: Picture, look: Look) -> None:
    svg = draw(render_dot(picture, look=look), format=PictureFormat.SVG)
    root = ET.fromstring(svg)  # noqa: S314 - our own
    groups = [set((group.get("class") or "").split()) for group in root.iter(f"{SVG}g")]
    own = [
        classes
        for classes in groups
        if classes & {"node", "edge"} and not classes & {"legend", "caption", "decoration"}
    ]
    # The ends of the lines of the legend are drawn as nothing at all.
    assert len(own) == len(picture.boxes) + len(picture.edges)
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert names <= {"svg", "g", "a", "title", "desc", "text", *["polygon", "path", "polyline"]}
    for element in root.iter():
        assert not [name for name in element.attrib if name.lower().startswith("on")]
    for link in root.iter(f"{SVG}a"):
        target = link.get(f"{XLINK}href") or ""
        assert look.link_template is not None
        assert ":" not in target.removeprefix("https://x.org/")
        assert not target.startswith("/")
    assert b"Simplified" not in svg
    assert [
        text.text
        for text in read_texts(svg)
        if text.shape and not is_inside(text.frame, text.shape)
    ] == []


@settings(max_examples=80)
@given(pictures(), looks)
def test_mermaid_has_one_line_for_each_thing(picture: Picture, look: Look) -> None:
    text = render_mermaid(picture, look=look)
    assert len(text) <= MOST_CHARACTERS
    lines = text.removesuffix("\n").split("\n")
    assert not {unicodedata.category(char) for char in text.replace("\n", "")} & {"Cc", "Cf", "Cs"}
    end = lines.index("flowchart TB")
    assert [line for line in lines[:end] if line == "---"] == ["---"] * (2 if end else 0)
    for line in filter("---".__ne__, lines[:end]):
        if line.startswith("title: "):
            assert isinstance(json.loads(line.removeprefix("title: ")), str)
        else:
            assert re.fullmatch(r"config:|  theme: dark|  flowchart:|    wrappingWidth: \d+", line)
    found = list(_read(lines[end + 1 :]))
    assert found.count("box") == len(picture.boxes)
    assert found.count("line") == len(picture.edges)
    assert found.count("legend") <= 1
    links = sum(look.find_link(box.path, box.line) is not None for box in picture.boxes)
    assert found.count("link") == links
    assert found.count("frame") == found.count("end")


_LABEL = r'"(?:[^"<>`*&\[\]{}|;]|#\d+;|<br/>)*"'
_OPENING = r"\(\[|\[\[|\[\(|\[/|\[\\|\{\{|[(\[>]"
_CLOSING = r"\]\)|\]\]|\)\]|/\]|\\\]|\}\}|[)\]]"
_FORMS = {
    "box": rf"N\d+(?:{_OPENING}){_LABEL}(?:{_CLOSING})",
    "line": rf"N\d+ (?:-->|-\.->|==>|--o)(?:\|{_LABEL}\|)? N\d+",
    "support": r"N\d+ ~~~ N\d+",
    "legend": rf"Legend\[{_LABEL}\]",
    "frame": rf"subgraph [GO]\d+\[{_LABEL}\]",
    "end": "end",
    "class": r"class(?:Def)? [\w,]+ [\w#:,. -]+",
    "style": r"linkStyle [\d,]+ [\w#:,. -]+",
    "link": r'click N\d+ href "[^"\s<>\\]+"',
}


def _read(lines: list[str]) -> Iterator[str]:
    """Yield what each line is; a line that is nothing of ours fails."""
    for line in lines:
        forms = [name for name, form in _FORMS.items() if re.fullmatch(form, line.strip(" "))]
        assert len(forms) == 1, line
        yield forms[0]
