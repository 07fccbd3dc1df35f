"""Runs stages whose order is a graph."""


class DAGExecutor:
    """Level by level."""

    def run(self, stages: list) -> list:
        """In order."""
        return sorted(stages)
