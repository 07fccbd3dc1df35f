"""Selects artifacts and files by what their records say and where they stand."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import cached_property

from analyzer.checks.base import Options
from analyzer.model.globs import build_matcher
from analyzer.model.names import ProjectPath
from analyzer.model.registry import Record

Patterns = str | tuple[str, ...] | None


class Selector(Options, frozen=True, dict=True):
    """One end of a dependency; everything that is given must fit.

    Each is a pattern or several, of which one must fit; one that begins with `!` must not.
    """

    type: Patterns = None
    owner: Patterns = None
    product: Patterns = None
    id: Patterns = None
    path: Patterns = None
    """As in .gitignore, from the project's root."""

    def fits_record(self, record: Record | None) -> bool:
        """Whether a record is selected; of a file without one, whether only its path matters."""
        wanted = (self.type, self.owner, self.product, self.id)
        if record is None:
            return all(patterns is None for patterns in wanted)
        values = (record.type, record.owner, record.product, record.id)
        return all(
            patterns is None or _fits(_split(patterns), value)
            for patterns, value in zip(wanted, values, strict=True)
        )

    def fits_path(self, path: ProjectPath) -> bool:
        """Whether a file is selected."""
        return self.path is None or self._matches_path(path)

    @cached_property
    def _matches_path(self) -> Callable[[ProjectPath], bool]:
        patterns = _split(self.path)
        if patterns and all(pattern.startswith("!") for pattern in patterns):
            patterns = ("**", *patterns)
        return build_matcher(patterns)


def _split(patterns: Patterns) -> tuple[str, ...]:
    return (patterns,) if isinstance(patterns, str) else patterns or ()


def _fits(patterns: tuple[str, ...], value: str | None) -> bool:
    """Whether a value is selected; what a record does not say fits no pattern, nor `!pattern`'s."""
    wanted = [pattern for pattern in patterns if not pattern.startswith("!")]
    unwanted = [pattern[1:] for pattern in patterns if pattern.startswith("!")]
    if value is None:
        return not wanted
    return (not wanted or any(fnmatchcase(value, one) for one in wanted)) and not any(
        fnmatchcase(value, one) for one in unwanted
    )
