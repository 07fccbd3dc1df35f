"""Folding: of a picture with too many boxes, one that people can read.

Several artifacts become one box, and the lines between two such boxes one line. What a box and a
line stand for is counted: nothing is left out.
"""

from __future__ import annotations

from analyzer.questions.folding.choosing import fold_picture

__all__ = ["fold_picture"]
