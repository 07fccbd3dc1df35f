"""Health of workflows: the same file name as a route, with a router that main forgets."""

from fastapi import APIRouter

router = APIRouter(prefix="/workflow", tags=["workflow-health"])


@router.get("/healthz")
def healthz():
    """Running?"""
    return {"ok": True}


def configure_health(engine):
    """Tell it what to watch."""
    return engine


def record_checkpoint_activity():
    """Something was saved."""
