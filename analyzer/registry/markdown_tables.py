"""Tables and texts of a Markdown document, without its marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from markdown_it.token import Token


class Cell(Struct):
    """One cell, or any other inline content."""

    text: str
    code: tuple[str, ...] = ()
    """What stands between backticks."""


class Table(Struct):
    """A table with as many cells in each row as in its header."""

    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    """1-based line and cells."""
    line: int = 1
    """1-based, of its header."""

    def column(self, *words: str) -> int | None:
        """The first column whose header has one of some words, the earlier words first."""
        for word in words:
            for index, title in enumerate(self.header):
                if re.search(rf"\b{word}s?\b", title):
                    return index
        return None

    def find_id_column(self) -> int | None:
        """The column of artifact ids: "Artifact ID (Proposed)", "ID", "Artifact"."""
        by_id = self.column("id")
        return by_id if by_id is not None else self.column("artifact")


def build_table(tokens: Sequence[Token], start: int) -> Table:
    """The table whose first token stands at an index."""
    table = Table(line=line_of(tokens[start]))
    cells: list[Cell] = []
    line = line_of(tokens[start])
    for index in range(start, len(tokens)):
        token = tokens[index]
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            cells, line = [], line_of(token)
        elif token.type in ("th_open", "td_open"):
            cells.append(read_cell(tokens[index + 1]))
        elif token.type == "tr_close":
            if table.header:
                missing = [Cell("")] * (len(table.header) - len(cells))
                table.rows.append((line, cells + missing))
            else:
                table.header = [cell.text.lower() for cell in cells]
    return table


def read_cell(token: Token) -> Cell:
    """Inline content without its marks, on one line."""
    code = tuple(one.content for one in token.children or () if one.type == "code_inline")
    return Cell(" ".join(" ".join(plain_lines(token)).split()), code)


def plain_lines(token: Token) -> list[str]:
    """Inline content without its marks, line by line."""
    text = "".join(
        "\n"
        if child.type in ("softbreak", "hardbreak")
        else " "
        if child.type == "html_inline"
        else child.content
        for child in token.children or ()
    )
    return [line.strip() for line in text.split("\n")]


def line_of(token: Token) -> int:
    """The 1-based line of a block."""
    return token.map[0] + 1 if token.map else 1
