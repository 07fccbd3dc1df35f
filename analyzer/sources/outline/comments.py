"""Reads the comments of one Python file, and the statements that they stand in."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct
from tree_sitter import Node, Parser

from analyzer.sources.outline.reader import python_language


class Comment(Struct, frozen=True):
    """A comment, and the lines of the statement that it belongs to."""

    line: int
    text: str
    """From the `#` to the end of the line."""
    first_line: int
    last_line: int
    """The comment's own line where it belongs to no statement of those that were asked for."""
    is_at_top: bool
    """Whether nothing but comments and the docstring stands above."""


def read_comments(data: bytes, *, statements: Collection[str]) -> Iterator[Comment]:
    """Yield the comments of a file, in order.

    Args:
        data: the file's content.
        statements: kinds of statements, as tree-sitter's grammar calls them, that a comment in them
            or behind them belongs to with all of their lines.
    """
    tree = Parser(python_language()).parse(data)
    first_row = _first_row(tree.root_node)
    for node in _find_comments(tree.root_node):
        row = node.start_point.row
        first, last = _rows(node, statements)
        yield Comment(
            line=row + 1,
            text=(node.text or b"").decode("utf-8", "replace").rstrip("\r"),
            first_line=first + 1,
            last_line=last + 1,
            is_at_top=first_row is None or row < first_row,
        )


def _find_comments(root: Node) -> Iterator[Node]:
    pending = [root]
    while pending:
        node = pending.pop()
        if node.type == "comment":
            yield node
        pending += reversed(node.children)


def _rows(comment: Node, statements: Collection[str]) -> tuple[int, int]:
    """The first and the last row, 0-based, that a comment speaks for."""
    row = comment.start_point.row
    found: Node | None = comment.parent
    while found is not None and found.type not in statements:
        found = found.parent
    if found is None:
        # Behind a statement it is a neighbour, not a part.
        before = comment.prev_named_sibling
        if before is None or before.type not in statements or before.end_point.row != row:
            return row, row
        found = before
    return found.start_point.row, found.end_point.row


def _first_row(root: Node) -> int | None:
    """The row of the first statement, the docstring left out."""
    statements = [node for node in root.named_children if node.type != "comment"]
    if statements and statements[0].type == "expression_statement":
        inner = statements[0].named_children
        if len(inner) == 1 and inner[0].type == "string":
            del statements[0]
    return statements[0].start_point.row if statements else None
