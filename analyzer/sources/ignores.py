"""Finds the comments in Python files that say why a finding is left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.model.ignores import Ignore
from analyzer.model.names import ProjectPath

MARK = b"analyzer:"
"""Stands in every file that has such a comment, and in few others."""

_COMMENT = re.compile(rb"#\s*analyzer:\s*ignore")
# Behind a blank or at the start of the comment: quoted, as in a sentence about it, it is none.
_IGNORE = re.compile(
    r"(?:^|(?<=\s))#+\s*analyzer:\s*(?P<word>ignore(?:-file)?)(?![\w-])"
    r"(?:\[(?P<codes>[^\]]*)\])?(?P<rest>.*)"
)
# What other tools are told by a comment on the same line is no reason.
_NEXT_COMMENT = re.compile(r"(?:^|\s)#(?=\s|$)")
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
        match = _IGNORE.search(comment.text)
        if match is None:
            continue
        is_for_file = match["word"] == "ignore-file"
        codes = tuple(dict.fromkeys((match["codes"] or "").replace(",", " ").split()))
        yield Ignore(
            path=path,
            line=comment.line,
            first_line=comment.first_line,
            last_line=comment.last_line,
            codes=codes,
            reason=_NEXT_COMMENT.split(match["rest"], maxsplit=1)[0].strip(" \t:-"),
            is_for_file=is_for_file,
            is_misplaced=is_for_file and not comment.is_at_top,
        )
