"""How wide a text is, whatever font it is shown in.

Whoever looks at an SVG may have another font than whoever drew it, and the text has to fit all the
same. So of each character the widest counts: of DejaVu Sans and of Liberation Sans, which is as
wide as Helvetica and Arial.
"""

from __future__ import annotations

import unicodedata

# Hundredths of the font size, and the characters that are as wide as that.
_WIDTHS = (
    (28, "ijl"),
    (30, "I"),
    (32, " ,.·'"),
    (34, "/:;\\|"),
    (37, "f-"),
    (42, "()[]t!r"),
    (46, '"'),
    (50, "*J`"),
    (55, "szc"),
    (58, "?L_–k"),  # noqa: RUF001
    (62, "vxyFTaeo"),
    (64, "$0123456789bdghnpqu{}"),
    (69, "EKPSYABVXZ"),
    (77, "CRUNHD"),
    (80, "&GOQ"),
    (84, "w#+<=>^~×−≥"),  # noqa: RUF001
    (89, "M"),
    (102, "%mW…→—@"),
)
_WIDTH_OF = {char: hundredths / 100 for hundredths, chars in _WIDTHS for char in chars}
_OTHER_WIDTH = 0.9
BOLD = 1.18


def columns_of(char: str) -> int:
    """Return the columns that a character takes where the others take one."""
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def measure_text(text: str, *, font_size: float, is_bold: bool = False) -> float:
    """Return the most points that a line of text takes."""
    ems = 0.0
    for char in text:
        width = _WIDTH_OF.get(char)
        if width is None:
            width = 1.1 if columns_of(char) == 2 else _OTHER_WIDTH
        ems += width
    return ems * font_size * (BOLD if is_bold else 1.0)
