"""Looks for patterns in failed runs, and changes none of them."""

from app.db import get_async_session
from app.models.feedback import PatternFeedback
from app.models.tenant import WorkerRun


async def detect_failure_patterns(tenant: str) -> list:
    """Group failures by their cause."""
    async with get_async_session() as session:
        return [PatternFeedback(run=run) for run in session.all(WorkerRun, tenant)]
