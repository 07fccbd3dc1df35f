"""Counts cents as they are spent. This folder has no __init__ either."""


class CostTracker:
    """A running total."""

    def __init__(self):
        self.cents = 0

    def add(self, cents: int) -> int:
        """Total so far."""
        self.cents += cents
        return self.cents


def get_cost_tracker() -> CostTracker:
    """The tracker."""
    return CostTracker()
