"""Pictures in a Markdown document, between two comments that say what they show.

    <!-- analyzer: diagram --wave 2 -->
    ...
    <!-- /analyzer -->

What stands between them is written anew each time; the rest of the document stays as it is, to the
byte. Both are HTML blocks of CommonMark (https://spec.commonmark.org/0.31.2/#html-blocks), so that
comments in a code block, such as those of a page that explains this, are not meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from markdown_it import MarkdownIt
from msgspec import Struct

from analyzer.model.errors import AnalyzerError
from analyzer.renderings.markdown_text import prose

_START = re.compile(r"\s*<!--\s*analyzer:\s*diagram\b(?P<options>[^\n]*?)\s*-->\s*")
_ANY_START = re.compile(r"\s*<!--\s*analyzer:")
# CommonMark's lines: no other character ends one.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_END = re.compile(r"\s*<!--\s*/analyzer\s*-->\s*")


class Embed(Struct, frozen=True):
    """A place in a document that holds a picture."""

    options: str
    """Those of `diagram`, as they stand in the comment."""
    line: int
    """1-based line of the first comment."""
    end: int
    """1-based line of the second one."""


def find_embeds(text: str, *, document: str) -> list[Embed]:
    """The pictures that a document asks for, from top to bottom.

    Args:
        text: the document.
        document: its name, for messages.

    Raises:
        AnalyzerError: a comment of the pair is missing, or it asks for something else.
    """
    found: list[Embed] = []
    start: tuple[int, str] | None = None
    for token in MarkdownIt("commonmark").parse(text):
        if token.type != "html_block" or token.map is None:
            continue
        line = token.map[0] + 1
        if _END.fullmatch(token.content):
            if start is None:
                raise AnalyzerError(
                    f"{document}:{line}: this comment ends a picture, but none begins above it; "
                    "write <!-- analyzer: diagram ... --> there or take it out"
                )
            found.append(Embed(start[1], start[0], line))
            start = None
        elif _ANY_START.match(token.content):
            match = _START.fullmatch(token.content)
            if match is None:
                raise AnalyzerError(
                    f"{document}:{line}: this comment has to be one line of its own that says "
                    "<!-- analyzer: diagram [options] -->"
                )
            if start is not None:
                break
            start = (line, match["options"].strip())
    if start is not None:
        raise AnalyzerError(
            f"{document}:{start[0]}: this picture has no end; write <!-- /analyzer --> in a line "
            "of its own, behind an empty one"
        )
    return found


def fill_embeds(text: str, embeds: Sequence[Embed], contents: Sequence[str]) -> str:
    """The document with a text between each pair of comments; lines end as they did."""
    lines = _LINE.findall(text)
    # From the bottom, so that the lines above keep their numbers.
    for embed, content in reversed(list(zip(embeds, contents, strict=True))):
        end = "\r\n" if lines[embed.line - 1].endswith("\r\n") else "\n"
        body = ("", *content.rstrip("\n").split("\n"), "")
        lines[embed.line : embed.end - 1] = [f"{line}{end}" for line in body]
    return "".join(lines)


def find_stale(text: str, embeds: Sequence[Embed], contents: Sequence[str]) -> list[Embed]:
    """The places that do not hold what they should."""
    pairs = zip(embeds, contents, strict=True)
    return [embed for embed, content in pairs if fill_embeds(text, [embed], [content]) != text]


def show_mermaid(text: str) -> str:
    """A Mermaid flowchart as Markdown that forges draw."""
    return f"```mermaid\n{text}```"


def link_picture(title: str, file: str) -> str:
    """A picture in a file beside the document, as Markdown."""
    return f"![{prose(title)}]({quote(file)})"
