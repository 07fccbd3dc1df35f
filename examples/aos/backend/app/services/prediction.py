"""Guesses which runs may fail. Advice only."""

from app.db import get_async_session
from app.models.feedback import PatternFeedback
from app.models.prediction import PredictionEvent
from app.models.tenant import WorkerRun


async def predict_failure_likelihood(tenant: str):
    """A number between 0 and 1, stored as an event."""
    async with get_async_session() as session:
        seen = session.all(PatternFeedback, tenant)
        runs = session.all(WorkerRun, tenant)
        return PredictionEvent(value=len(seen) / max(1, len(runs)))
