"""How equal two runs must be to count as equal."""

from enum import Enum


class DeterminismLevel(Enum):
    """From the same bytes to the same meaning."""

    STRICT = 1
    LOGICAL = 2
    SEMANTIC = 3


class ReplayResult(dict):
    """What a comparison found."""


class ReplayContextBuilder:
    """Collects what a replay needs."""


class ReplayValidator:
    """Compares a run with its replay."""

    def __init__(self, level: DeterminismLevel):
        self.level = level

    def check(self, call_id: str) -> ReplayResult:
        """Verdict for one call."""
        return ReplayResult(call=call_id, level=self.level.name)
