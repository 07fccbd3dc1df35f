"""Texts, numbers and names as DOT writes them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

import graphviz

from analyzer.renderings.geometry import Frame, Point
from analyzer.renderings.picture_text import clean

FONT = "Helvetica,Arial,sans-serif"


def html_text(text: str) -> str:
    """Return a label of one text, HTML-like: there, no sequence of characters has a meaning."""
    return f"<{escape_html(text)}>"


def escape_html(text: str) -> str:
    r"""Escape a text within an HTML-like label; there too Graphviz replaces `\N` and the like."""
    return html.escape(clean(text)).replace("\\", "\\\\")


def escape_string(text: str) -> str:
    r"""Escape a text for a quoted string, where `\n` and `&lt;` have a meaning."""
    return escape_lines([text])


def escape_lines(lines: Iterable[str]) -> str:
    """Escape texts for a quoted string, a line each."""
    escaped = (clean(line).replace("&", "&amp;").replace("\\", "\\\\") for line in lines)
    # The builder takes whatever begins with `<` and ends with `>` for an HTML-like label.
    text: str = graphviz.nohtml("\\n".join(escaped))
    return text


def node_name(key: str, *, number: int) -> str:
    """Return the key where DOT and its tools take it for a plain name, else a numbered name."""
    return key if re.fullmatch(r"[A-Za-z0-9_.-]+", key) else f"box {number}"


def format_number(value: float) -> str:
    """Return a tenth of a point exactly, without a trailing zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def format_pos(point: Point) -> str:
    """Return the value of `pos` and `lp`."""
    return f"{format_number(point.x)},{format_number(point.y)}"


def format_frame(frame: Frame) -> str:
    """Return the value of `bb`."""
    return ",".join(map(format_number, (frame.left, frame.bottom, frame.right, frame.top)))


def format_spline(points: Sequence[Point], *, tip: Point | None) -> str:
    """Return the value of `pos` of an edge: the control points, and where the arrow ends."""
    parts = [format_pos(point) for point in points]
    return " ".join(parts if tip is None else [f"e,{format_pos(tip)}", *parts])


def inches(points: float) -> str:
    """Return a length as `width` and `height` count it."""
    return f"{points / 72:.3f}"


def font(text: str, *, size: float, colour: str | None = None, is_bold: bool = False) -> str:
    """Return a text in a font of its own, for an HTML-like label."""
    inner = f"<B>{escape_html(text)}</B>" if is_bold else escape_html(text)
    attributes = f' COLOR="{colour}"' if colour else ""
    return f'<FONT POINT-SIZE="{size:g}"{attributes}>{inner}</FONT>'
