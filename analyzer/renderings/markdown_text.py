"""Texts in Markdown as GitHub and GitLab render it: nothing in them is markup, link or mention."""

from __future__ import annotations

import re

from analyzer.renderings.inert import printable

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_ABOUT_A_WORD = re.compile(r"^([(\"']*)(.*?)([.,;:!?)\"']*)$")
_LINKED = re.compile(r"www\.|gh-\d", re.IGNORECASE)


def code(text: str, *, width: int | None = None) -> str:
    """A text as a code span, which holds no markup whatever stands in it.

    Args:
        text: of any kind.
        width: characters after which it is cut off.
    """
    text = cut(printable(text), width)
    if not text.strip():
        return f"`{text or ' '}`"
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    # One space on both sides is taken off again; without it a backtick at an end joins the fence.
    is_padded = text[0] in "` " or text[-1] in "` "
    return f"{fence} {text} {fence}" if is_padded else f"{fence}{text}{fence}"


def prose(text: str, *, width: int | None = None) -> str:
    """A sentence in which only plain words stand as they are; all else becomes code.

    That leaves nothing for Markdown to read, and nothing that a forge turns into a link: it looks
    for `@name`, `#1`, addresses and the like in whatever is no code, however it was escaped.
    """
    return " ".join(_word(word) for word in cut(printable(text), width).split(" ") if word)


def _word(word: str) -> str:
    found = _ABOUT_A_WORD.match(word)
    if found is None:
        return code(word)
    before, core, after = found.groups()
    if not core:
        return code(word)
    is_plain = _WORD.fullmatch(core) is not None and not _LINKED.match(core)
    return f"{before}{core if is_plain else code(core)}{after}"


def cut(text: str, width: int | None) -> str:
    """The text, cut off with an ellipsis where it is longer than `width` characters."""
    return text if width is None or len(text) <= width else f"{text[: width - 1]}…"
