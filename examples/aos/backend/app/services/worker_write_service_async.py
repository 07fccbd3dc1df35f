"""Writes for the worker routes."""

from app.db import CostRecord
from app.models.tenant import WorkerRun


class WorkerWriteServiceAsync:
    """Stores runs and their cost."""

    def __init__(self, session):
        self.session = session

    def save(self, run: WorkerRun, cost: CostRecord):
        """Both, or neither."""
        self.session.add((run, cost))
        return run
