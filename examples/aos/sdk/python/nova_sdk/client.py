"""Still here for those who have not moved."""


class NovaClient:
    """Agents and goals."""

    def goal(self, text: str) -> dict:
        """Send a goal."""
        return {"goal": text}
