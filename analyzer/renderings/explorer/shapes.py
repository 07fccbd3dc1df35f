"""What a type looks like in the page, after the palette of the pictures."""

from __future__ import annotations

SHAPES = {
    "page": "bottom-round-rectangle",
    "api-route": "-1 -1 0.88 -1 1 1 -0.88 1",
    "worker": "cut-rectangle",
    "service": "round-rectangle",
    "library": "barrel",
    "sdk-package": "-0.9 -1 0.9 -1 1 0 0.9 1 -0.9 1 -1 0",
    "script": "-1 -1 0.86 -1 1 -0.4 1 1 -1 1",
    "test": "-0.9 -1 0.9 -1 1 -0.5 1 0.5 0.9 1 -0.9 1 -1 0.5 -1 -0.5",
    "infra": "-0.88 -1 0.88 -1 1 1 -1 1",
    "doc": "-1 -0.7 -0.94 -1 -0.6 -1 -0.54 -0.7 1 -0.7 1 1 -1 1",
}
"""A shape of the graph library (https://js.cytoscape.org/#style/node-body), or the corners of one,
x and y from -1 to 1. Every other type is a plain box."""
