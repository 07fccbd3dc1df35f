"""Finds the comments in Python files that say why a finding is left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.model.ignores import IGNORE_MARK, Ignore, read_ignore
from analyzer.model.names import ProjectPath

MARK = IGNORE_MARK.encode()

_COMMENT = re.compile(rb"#\s*" + MARK + rb"\s*ignore")
_IMPORTS = frozenset({"future_import_statement", "import_from_statement", "import_statement"})


def find_ignores(path: ProjectPath, data: bytes) -> Iterator[Ignore]:
    """Yield the ignores of a Python file, in the order of their lines.

    What stands in a string is none. The file may be written in a newer Python than the one that
    runs, or be broken elsewhere.
    """
    if _COMMENT.search(data) is None:
        return
    # Imported here because few files have one.
    from analyzer.sources.outline.comments import read_comments  # noqa: PLC0415

    for comment in read_comments(data, statements=_IMPORTS):
        ignore = read_ignore(
            comment.text,
            path=path,
            line=comment.line,
            lines=(comment.first_line, comment.last_line),
            is_at_top=comment.is_at_top,
        )
        if ignore is not None:
            yield ignore
