"""What Graphviz's SVG lacks: a title and a description, tooltips that every browser shows.

Texts stand in the middle of their shape whatever font they are shown in. What nobody needs is left
out: comments, ids that would be there twice on a page with two pictures, a DOCTYPE that names a
place on the web.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_NODES = frozenset({"node", "edge", "cluster"})
_DRAWN = frozenset({f"{{{SVG}}}{name}" for name in ("polygon", "path", "ellipse", "polyline")})


def finish_svg(svg: bytes) -> bytes:
    """Return an accessible SVG, made of one of Graphviz's."""
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    root = ET.fromstring(svg)  # noqa: S314 - Graphviz's own, and it has no DOCTYPE of ours
    graph = root.find(f"{{{SVG}}}g")
    if graph is None:
        return svg
    # Whoever puts two pictures on one page has two pairs of texts to tell apart.
    digest = hashlib.sha256(svg).hexdigest()[:12]
    description = _take_tooltip(graph)
    title = graph.find(f"{{{SVG}}}title")
    heading = title.text if title is not None else None
    if title is not None:
        graph.remove(title)
    for group in graph.iter(f"{{{SVG}}}g"):
        group.attrib.pop("id", None)
        classes = (group.get("class") or "").split()
        if not _NODES.isdisjoint(classes):
            _finish_group(group, classes)
    root.set("role", "img")
    root.set("aria-labelledby", f"title-{digest} desc-{digest}")
    for number, (name, text) in enumerate((("title", heading), ("desc", description))):
        element = ET.Element(f"{{{SVG}}}{name}", {"id": f"{name}-{digest}"})
        element.text = text or "Dependencies"
        element.tail = "\n"
        root.insert(number, element)
    drawn: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return drawn + b"\n"


def _finish_group(group: ET.Element, classes: list[str]) -> None:
    tooltip = _take_tooltip(group)
    title = group.find(f"{{{SVG}}}title")
    if title is not None:
        if not tooltip or not tooltip.strip():
            group.remove(title)
        else:
            title.text = tooltip
    if "decoration" in classes:
        group.set("aria-hidden", "true")
    if "on-line" in classes or not {"caption", "cluster"} & set(classes):
        _centre_texts(group, is_edge="edge" in classes)


def _take_tooltip(group: ET.Element) -> str | None:
    """Take the tooltip out of the links around the shapes; keep only those that lead anywhere."""
    tooltip = None
    for wrapper in list(group.findall(f"{{{SVG}}}g")):
        link = wrapper.find(f"{{{SVG}}}a")
        if link is None:
            continue
        text = link.attrib.pop(f"{{{XLINK}}}title", None)
        tooltip = tooltip or text
        place = list(group).index(wrapper)
        group.remove(wrapper)
        kept = [link] if f"{{{XLINK}}}href" in link.attrib else list(link)
        for number, element in enumerate(kept):
            group.insert(place + number, element)
    return tooltip


def _centre_texts(group: ET.Element, *, is_edge: bool) -> None:
    """Anchor each text in the middle of what it stands on: the shape, or a ground of its own.

    A shape may be drawn in several pieces, the first of which is the whole; grounds come after the
    first text. Of an edge the ground is the last piece before the text.
    """
    middle: float | None = None
    own: float | None = None
    has_text = is_edge
    for element in _list_drawn(group):
        if element.tag in _DRAWN:
            found = _find_middle(element)
            if middle is None:
                middle = found
            own = found if has_text else None
            continue
        has_text = True
        if middle is not None:
            x = middle if own is None else own
            element.set("text-anchor", "middle")
            element.set("x", f"{x:.2f}".rstrip("0").rstrip("."))
        own = None


def _list_drawn(group: ET.Element) -> Iterator[ET.Element]:
    for element in group.iter():
        if element.tag in _DRAWN or element.tag == f"{{{SVG}}}text":
            yield element


def _find_middle(element: ET.Element) -> float | None:
    """Return the middle of a shape, from left to right."""
    if element.tag.endswith("ellipse"):
        return float(element.get("cx") or 0)
    numbers = (element.get("points") or element.get("d") or "").translate(_SEPARATORS).split()
    xs = [float(number) for number in numbers[::2]]
    return (min(xs) + max(xs)) / 2 if xs else None


_SEPARATORS = str.maketrans(dict.fromkeys("MCLSZ,", " "))
