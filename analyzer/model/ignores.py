"""Ignores: comments in the code that say why a finding is left as it is."""

from __future__ import annotations

from msgspec import Struct

from analyzer.model.names import ProjectPath


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
