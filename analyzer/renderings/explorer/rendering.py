"""An exploration as one HTML page that loads nothing from anywhere.

The page's own parts are the files of `page/`: a skeleton, a style sheet, and scripts of one job
each, which share one scope. A Content-Security-Policy allows exactly this style and these scripts.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from pathlib import Path

from analyzer import __version__
from analyzer.model.exploring import Exploration
from analyzer.renderings.explorer.libraries import LIBRARIES, load_libraries, load_notice
from analyzer.renderings.explorer.payload import render_payload
from analyzer.renderings.inert import printable

_PAGE = Path(__file__).parent / "page"
SCRIPTS = (
    "dom.js", "data.js", "state.js", "filters.js", "search.js", "reach.js", "folding.js",
    "layout.js", "boxes.js", "graph_style.js", "graph.js", "graph_keys.js", "graph_list.js",
    "evidence.js", "details.js", "why.js", "tables.js", "filter_panel.js", "search_box.js",
    "theme.js", "reload.js", "main.js",
)  # fmt: skip
"""In the order in which they are put together; only `main.js` does anything by itself."""
STYLES = ("base.css", "frame.css", "contents.css", "screens.css")
"""Likewise; a later one wins."""
_SLOT = re.compile(r"@@(\w+)@@")


def render_explorer(exploration: Exploration, *, is_served: bool = False) -> str:
    """The page.

    Args:
        exploration: what it shows.
        is_served: whether it asks the server that it came from if there is something newer.
    """
    style = "".join((_PAGE / name).read_text(encoding="utf-8") for name in STYLES)
    scripts = "\n".join((_PAGE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    program = f'(() => {{\n"use strict";\n{scripts}}})();\n'
    libraries = load_libraries()
    slots = {
        "policy": _policy(scripts=(libraries, program), style=style, is_served=is_served),
        "version": html.escape(__version__),
        "title": html.escape(printable(exploration.title)),
        "served": "yes" if is_served else "no",
        "style": style,
        "notices": html.escape("\n\n".join(map(load_notice, LIBRARIES))),
        "data": render_payload(exploration),
        "libraries": libraries,
        "program": program,
    }
    skeleton = (_PAGE / "skeleton.html").read_text(encoding="utf-8")
    # In one go: what is put in is not looked through for slots.
    return _SLOT.sub(lambda slot: slots[slot[1]], skeleton)


def _policy(*, scripts: tuple[str, ...], style: str, is_served: bool) -> str:
    allowed = " ".join(map(_source, scripts))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {allowed}",
            f"style-src {_source(style)}",
            # The icon, which stands in the page.
            "img-src data:",
            "connect-src 'self'" if is_served else "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _source(text: str) -> str:
    """A source expression that only this text fits (https://www.w3.org/TR/CSP3/#grammardef-hash-source)."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
