"""Lets routes reach workers without importing them."""

from app.commands.worker_execution_command import calculate_cost_cents, execute_worker


class WorkersAdapter:
    """Translates requests to commands."""

    def run(self, task: str):
        """One run, with its price."""
        return execute_worker(task), calculate_cost_cents("demo", 1, 1)


def get_workers_adapter() -> WorkersAdapter:
    """The adapter."""
    return WorkersAdapter()
