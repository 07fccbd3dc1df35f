"""Parts of a Markdown document that are kept up to date, between two comments that say what is.

    <!-- analyzer: diagram --wave 2 -->
    ...
    <!-- /analyzer -->

What stands between them is written anew each time; the rest of the document stays as it is, to the
byte. A part of `progress`, whose figures are corrected in place, may hold pictures.
Both comments are HTML blocks of CommonMark (https://spec.commonmark.org/0.31.2/#html-blocks), so
that comments in a code block, such as those of a page that explains this, are not meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from markdown_it import MarkdownIt
from msgspec import Struct

from analyzer.model.errors import AnalyzerError
from analyzer.renderings.markdown_text import prose

_START = re.compile(
    r"\s*<!--\s*analyzer:\s*(?P<command>diagram|progress)\b(?P<options>[^\n]*?)\s*-->\s*"
)
_ANY_START = re.compile(r"\s*<!--\s*analyzer:")
# CommonMark's lines: no other character ends one.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_END = re.compile(r"\s*<!--\s*/analyzer\s*-->\s*")


_NOUNS = {"diagram": "picture", "progress": "part"}


class Embed(Struct, frozen=True):
    """A place in a document that is kept up to date."""

    options: str
    """Those of its command, as they stand in the comment."""
    line: int
    """1-based line of the first comment."""
    end: int
    """1-based line of the second one."""


def find_embeds(text: str, *, document: str, command: str = "diagram") -> list[Embed]:
    """The places that a command keeps up to date, from top to bottom.

    Args:
        text: the document.
        document: its name, for messages.
        command: `diagram` or `progress`.

    Raises:
        AnalyzerError: a comment of a pair is missing, or it asks for something else.
    """
    found: list[Embed] = []
    begun: list[tuple[int, str, str]] = []
    for token in MarkdownIt("commonmark").parse(text):
        if token.type != "html_block" or token.map is None:
            continue
        line = token.map[0] + 1
        if _END.fullmatch(token.content):
            if not begun:
                raise AnalyzerError(
                    f"{document}:{line}: this comment ends a {_NOUNS[command]}, but none begins "
                    f"above it; write <!-- analyzer: {command} ... --> there or take it out"
                )
            start, begun_by, options = begun.pop()
            if begun_by == command:
                found.append(Embed(options, start, line))
        elif _ANY_START.match(token.content):
            match = _START.fullmatch(token.content)
            if match is None:
                raise AnalyzerError(
                    f"{document}:{line}: this comment has to be one line of its own that says "
                    f"<!-- analyzer: {command} [options] -->"
                )
            if begun and (begun[-1][1], match["command"]) != ("progress", "diagram"):
                break
            begun.append((line, match["command"], match["options"].strip()))
    if begun:
        start, begun_by, _ = begun[-1]
        raise AnalyzerError(
            f"{document}:{start}: this {_NOUNS[begun_by]} has no end; write <!-- /analyzer --> in "
            "a line of its own, behind an empty one"
        )
    return found


def split_lines(text: str) -> list[str]:
    """The lines of a document as CommonMark counts them, each with its end."""
    return list(_LINE.findall(text))


def end_of_line(line: str) -> str:
    """How the lines of a document end, told by one of them."""
    return "\r\n" if line.endswith("\r\n") else "\n"


def fill_embeds(text: str, embeds: Sequence[Embed], contents: Sequence[str]) -> str:
    """The document with a text between each pair of comments; lines end as they did."""
    lines = split_lines(text)
    # From the bottom, so that the lines above keep their numbers.
    for embed, content in reversed(list(zip(embeds, contents, strict=True))):
        end = end_of_line(lines[embed.line - 1])
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
