"""Ignores: comments in code and records that say why a finding is left as it is."""

from __future__ import annotations

import re

from msgspec import Struct

from analyzer.model.names import ProjectPath

IGNORE_MARK = "analyzer:"
"""Stands in every file that has such a comment, and in few others."""

# Behind a blank or at the start of the comment: quoted, as in a sentence about it, it is none.
_IGNORE = re.compile(
    rf"(?:^|(?<=\s))#+\s*{IGNORE_MARK}\s*(?P<word>ignore(?:-file)?)(?![\w-])"
    r"(?:\[(?P<codes>[^\]]*)\])?(?P<rest>.*)"
)
# What other tools are told by a comment on the same line is no reason.
_NEXT_COMMENT = re.compile(r"(?:^|\s)#(?=\s|$)")


class Ignore(Struct, frozen=True, order=True):
    """A comment such as `# analyzer: ignore[DEP001] replaced in spring`."""

    path: ProjectPath
    line: int
    """1-based line of the comment."""
    first_line: int
    last_line: int
    """The lines that it speaks for, both included: its own or, of an import over several lines, all
    of them."""
    codes: tuple[str, ...]
    """As they were written; empty where there are none, and then nothing is ignored."""
    reason: str
    """Empty where none is given."""
    is_for_file: bool = False
    """`ignore-file`: it speaks for the findings of its file that have no line."""
    is_misplaced: bool = False
    """`ignore-file` below the first statement: nothing is ignored."""

    def covers(self, line: int | None) -> bool:
        """Whether it speaks for what stands on a 1-based line of its file, or on none."""
        if line is None or self.is_for_file:
            return line is None and self.is_for_file and not self.is_misplaced
        return self.first_line <= line <= self.last_line


def read_ignore(
    comment: str, *, path: ProjectPath, line: int, lines: tuple[int, int], is_at_top: bool
) -> Ignore | None:
    """Read the ignore in a comment, where there is one.

    Args:
        comment: from its `#` to the end of the line.
        path: the file that it stands in.
        line: 1-based line of the comment.
        lines: the first and the last line that it belongs to, 1-based.
        is_at_top: whether nothing but comments and the docstring stands above it.
    """
    match = _IGNORE.search(comment)
    if match is None:
        return None
    is_for_file = match["word"] == "ignore-file"
    return Ignore(
        path=path,
        line=line,
        first_line=lines[0],
        last_line=lines[1],
        codes=tuple(dict.fromkeys((match["codes"] or "").replace(",", " ").split())),
        reason=_NEXT_COMMENT.split(match["rest"], maxsplit=1)[0].strip(" \t:-"),
        is_for_file=is_for_file,
        is_misplaced=is_for_file and not is_at_top,
    )
