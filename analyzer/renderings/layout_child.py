"""The child process of `layout`: DOT on stdin, a picture on stdout.

It is started by its path and needs nothing but pygraphviz, so it runs wherever its parent runs.
"""

from __future__ import annotations

import re
import sys

PNG_DPI = "144"
"""Sharp in print at half the size."""
SIMPLER = '<FONT POINT-SIZE="10">Simplified layout: straight lines.</FONT><BR ALIGN="LEFT"/>'


def draw(dot: str, *, layout: str, file_format: str) -> bytes:
    """Lay the graph out and return the bytes of a file."""
    import pygraphviz  # noqa: PLC0415 - where it is missing, the exit code says so

    graph = pygraphviz.AGraph(string=dot)
    attributes = graph.graph_attr
    if layout == "simple":
        attributes["label"] = f"<{attributes['label']}{SIMPLER}>"
        attributes["splines"] = "line"
        # Straight lines run across boxes: better below than above them.
        attributes["outputorder"] = "edgesfirst"
    if file_format == "png":
        attributes["dpi"] = PNG_DPI
    picture: bytes = graph.draw(format=file_format, prog="nop")
    if file_format == "svg":
        # The DOCTYPE is the only reference to another place; nothing needs it.
        picture = re.sub(rb"<!DOCTYPE[^>]*>\n", b"", picture, count=1)
    if file_format == "pdf":
        # cairo writes the time of day; a text of the same length keeps the file's offsets right.
        picture = re.sub(rb"(/CreationDate \(D:)\d{14}", rb"\g<1>20000101000000", picture, count=1)
    return picture


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
