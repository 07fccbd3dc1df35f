"""Reads an SVG of a picture as a browser would: which text stands where, and in which shape."""

import functools
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from msgspec import Struct

from analyzer.renderings.dot import render_dot
from analyzer.renderings.geometry import Frame
from analyzer.renderings.layout import PictureFormat, draw
from analyzer.renderings.look import Look, Theme
from analyzer.renderings.text_width import measure_text
from tests.unit.renderings.sample_pictures import ALL

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
_SHAPES = {f"{SVG}polygon", f"{SVG}path", f"{SVG}ellipse"}
_ASCENT, _DESCENT = 0.75, 0.12
"""Of the font size, as letters take it."""


class Text(Struct, frozen=True):
    """One text, and what it takes at most."""

    text: str
    frame: Frame
    colour: str
    shape: tuple[tuple[float, float], ...]
    """The corners of what it has to stay in; none of a text that stands for itself."""
    ground: str
    """The colour behind it."""


@functools.cache
def draw_sample(name: str, theme: Theme = Theme.LIGHT) -> bytes:
    """Return the SVG of one of the samples."""
    return draw(render_dot(ALL[name], look=Look(theme=theme)), format=PictureFormat.SVG)


def read_texts(svg: bytes) -> list[Text]:
    """Return all texts of an SVG; y grows upwards."""
    root = ET.fromstring(svg)  # noqa: S314 - our own
    graph = root.find(f"{SVG}g")
    assert graph is not None
    page = graph.find(f"{SVG}polygon")
    assert page is not None
    return [text for group in graph for text in _read_group(group, page.get("fill") or "")]


def _read_group(group: ET.Element, page: str) -> Iterator[Text]:
    classes = (group.get("class") or "").split()
    is_caption = "caption" in classes
    whole: tuple[tuple[float, float], ...] = ()
    inner: tuple[tuple[float, float], ...] = ()
    fill, ground, has_text = page, "", "edge" in classes
    for element in group.iter():
        if element.tag in _SHAPES:
            if not whole or has_text:
                inner = _corners(element)
                ground = element.get("fill") or ""
            if not whole and not is_caption:
                whole, fill = inner, ground if ground.startswith("#") else page
        elif element.tag == f"{SVG}text":
            has_text = True
            own = inner or whole
            frame = _frame(element)
            colour = element.get("fill") or "#000000"
            behind = ground if ground.startswith("#") else fill
            shape = () if is_caption else own
            yield Text("".join(element.itertext()), frame, colour, shape, behind)
            inner, ground = (), ""


def _frame(element: ET.Element) -> Frame:
    size = float(element.get("font-size") or 14)
    is_bold = element.get("font-weight") == "bold"
    width = measure_text("".join(element.itertext()), font_size=size, is_bold=is_bold)
    x, y = float(element.get("x") or 0), -float(element.get("y") or 0)
    left = x - width / 2 if element.get("text-anchor") == "middle" else x
    return Frame(left, y - _DESCENT * size, left + width, y + _ASCENT * size)


def _corners(element: ET.Element) -> tuple[tuple[float, float], ...]:
    text = element.get("points") or element.get("d") or ""
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]
    return tuple((x, -y) for x, y in zip(numbers[::2], numbers[1::2], strict=True))


def is_inside(frame: Frame, corners: tuple[tuple[float, float], ...]) -> bool:
    """Whether a rectangle stands within a convex shape: it is on the same side of all its edges."""
    hull = _hull(corners)
    for x in (frame.left, frame.right):
        for y in (frame.bottom, frame.top):
            for (ax, ay), (bx, by) in zip(hull, [*hull[1:], hull[0]], strict=True):
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) < -1.0:
                    return False
    return True


def _hull(points: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """Andrew's monotone chain, counter-clockwise."""
    ordered = sorted(set(points))
    hull: list[tuple[float, float]] = []
    for way in (ordered, ordered[::-1]):
        start = len(hull)
        for x, y in way:
            while len(hull) >= start + 2:
                (ax, ay), (bx, by) = hull[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                hull.pop()
            hull.append((x, y))
        hull.pop()
    return hull
