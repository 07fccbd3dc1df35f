"""A planner that always has the same plan."""


class StubPlanner:
    """For tests and demos."""

    def plan(self, *context) -> list:
        """One step."""
        return ["http_call"]
