"""The child process of `layout`: DOT on stdin, a picture on stdout.

It is started by its path and needs nothing but pygraphviz, so it runs wherever its parent runs.
"""

from __future__ import annotations

import math
import re
import sys

PNG_DPI = 144.0
"""Sharp in print at half the size."""
MOST_PIXELS = 60e6
"""Of a bitmap: four bytes each are memory that any machine has."""
MOST_WORK = 1.2e11
"""Pixels times lines: what cairo draws in some seconds."""
LONGEST_SIDE = 30_000
"""Pixels: beyond 32,767 cairo draws nothing at all."""
SIMPLER = "Simplified layout: straight lines, their texts only in tooltips."


def draw(dot: str, *, layout: str, file_format: str) -> bytes:
    """Draw the graph and return the bytes of a file."""
    import pygraphviz  # noqa: PLC0415 - where it is missing, the exit code says so

    graph = pygraphviz.AGraph(string=dot)
    attributes = graph.graph_attr
    is_simple = layout == "simple"
    if is_simple:
        attributes["label"] = SIMPLER
        attributes["labelloc"] = "b"
        attributes["fontsize"] = "10"
        attributes["fontcolor"] = graph.edge_attr["fontcolor"]
        attributes["splines"] = "line"
        for edge in graph.edges_iter():
            edge.attr["pos"] = edge.attr["label"] = ""
    if file_format == "png":
        attributes["dpi"] = f"{_choose_dpi(attributes['bb'], graph.number_of_edges()):.1f}"
    picture: bytes = graph.draw(format=file_format, prog="nop" if is_simple else "nop2")
    if file_format == "svg":
        # The DOCTYPE is the only reference to another place; nothing needs it.
        picture = re.sub(rb"<!DOCTYPE[^>]*>\n", b"", picture, count=1)
    if file_format == "pdf":
        # cairo writes the time of day; a text of the same length keeps the file's offsets right.
        picture = re.sub(rb"(/CreationDate \(D:)\d{14}", rb"\g<1>20000101000000", picture, count=1)
    return picture


def _choose_dpi(bounds: str | None, lines: int) -> float:
    """Return the usual resolution, or as much as a bitmap of a huge picture may have."""
    left, bottom, right, top = map(float, (bounds or "0,0,0,0").split(","))
    width, height = (right - left) / 72 + 1, (top - bottom) / 72 + 1
    pixels = min(MOST_PIXELS, MOST_WORK / max(lines, 1))
    return min(PNG_DPI, LONGEST_SIDE / max(width, height), math.sqrt(pixels / (width * height)))


def main() -> int:
    """Draw; return 0, or 3 where pygraphviz cannot be imported."""
    layout, file_format = sys.argv[1:]
    dot = sys.stdin.buffer.read().decode()
    try:
        picture = draw(dot, layout=layout, file_format=file_format)
    except ImportError:
        return 3
    sys.stdout.buffer.write(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
