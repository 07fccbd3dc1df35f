"""What an artifact may do to others, in four levels, the least first."""

from __future__ import annotations

AUTHORITY_LEVELS = ("observe", "advise", "enforce", "mutate")

ACTING = frozenset({"enforce", "mutate"})
"""The levels of what does something to others."""


def authority_rank(level: str | None) -> int:
    """How much a level allows; below all of them where none is named, or one that nobody knows."""
    return AUTHORITY_LEVELS.index(level) if level in AUTHORITY_LEVELS else -1
