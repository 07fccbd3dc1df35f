"""The child process of `layout`: DOT on stdin, a picture on stdout. Not for import.

It is started by its path and needs nothing but pygraphviz, so that it runs wherever the parent runs.
"""

from __future__ import annotations

import re
import sys

import pygraphviz

PNG_DPI = "144"
SIMPLER = (
    '<FONT POINT-SIZE="10">Simplified layout: the full one took too long.</FONT><BR ALIGN="LEFT"/>'
)


def draw(dot: str, *, engine: str, picture_format: str) -> bytes:
    """Lay the graph out and return the bytes of a file."""
    graph = pygraphviz.AGraph(string=dot)
    if engine != "nop":
        graph.graph_attr["label"] = f"<{graph.graph_attr['label']}{SIMPLER}>"
        graph.graph_attr["splines"] = "line"
    if picture_format == "png":
        graph.graph_attr["dpi"] = PNG_DPI
    picture: bytes = graph.draw(format=picture_format, prog="nop")
    if picture_format == "svg":
        # The DOCTYPE is the only reference to another place; browsers do not need it.
        picture = re.sub(rb"<!DOCTYPE[^>]*>\n", b"", picture, count=1)
    return picture


if __name__ == "__main__":
    ENGINE, FORMAT = sys.argv[1:]
    PICTURE = draw(sys.stdin.buffer.read().decode(), engine=ENGINE, picture_format=FORMAT)
    sys.stdout.buffer.write(PICTURE)
