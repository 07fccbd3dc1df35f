"""From an incident to something learned: the integration loop."""

from fastapi import APIRouter

router = APIRouter(prefix="/integration", tags=["integration"])


@router.get("/stats")
async def stats():
    """Loops that ran, by outcome."""
    from app.db import get_async_session
    from app.integrations import get_dispatcher

    async with get_async_session() as session:
        return get_dispatcher().stats(session)


@router.post("/checkpoints/{checkpoint_id}")
def resolve(checkpoint_id: str):
    """A person decides one open question."""
    try:
        from app.integrations import get_dispatcher

        return get_dispatcher().resolve(checkpoint_id)
    except ImportError:
        return None
