"""Texts, numbers and names as DOT writes them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

import graphviz

from analyzer.renderings.picture_text import clean
from analyzer.renderings.place import Point


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
    return key if re.fullmatch(r"[A-Za-z0-9_.-]+", key) else f"artifact {number}"


def format_number(value: float) -> str:
    """Return a tenth of a point exactly, without a trailing zero."""
    return f"{value:.1f}".removesuffix(".0")


def format_pos(point: Point) -> str:
    """Return the value of `pos` and `lp`."""
    return f"{format_number(point.x)},{format_number(point.y)}"
