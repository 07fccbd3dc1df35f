"""A change: which files, and which of their lines, are others than at a commit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct

from analyzer.model.names import ProjectPath


class LineRange(NamedTuple):
    """Lines of a file, 1-based, both included."""

    first: int
    last: int


class FileChange(Struct, frozen=True):
    """A file that was added, deleted, changed, or renamed and perhaps changed as well."""

    before: ProjectPath | None
    """Its path at the commit; nothing where it was not there."""
    after: ProjectPath | None
    """Its path now; nothing where it is gone."""


class ChangeSet(Struct, frozen=True):
    """Everything that changed in a project."""

    files: tuple[FileChange, ...]
    """Sorted by the path now."""
    lines: Mapping[ProjectPath, tuple[LineRange, ...]]
    """Of each file with new or changed lines which ones, sorted."""

    @property
    def renames(self) -> dict[ProjectPath, ProjectPath]:
        """The path at the commit -> the path now, for the files that have another one."""
        return {
            one.before: one.after
            for one in self.files
            if one.before is not None and one.after is not None and one.before != one.after
        }

    @property
    def gone(self) -> tuple[ProjectPath, ...]:
        """The paths at the commit that no file has now, those of renamed files too; sorted."""
        now = {one.after for one in self.files}
        before = (one.before for one in self.files)
        return tuple(sorted(path for path in before if path is not None and path not in now))

    @property
    def paths(self) -> tuple[ProjectPath, ...]:
        """Every path, old or new, of a file that changed; sorted."""
        found = {path for one in self.files for path in (one.before, one.after)}
        return tuple(sorted(path for path in found if path is not None))
