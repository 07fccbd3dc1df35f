"""Every change of status, kept for auditors."""

from fastapi import APIRouter, Depends

from app.db import StatusHistory, get_session

router = APIRouter(prefix="/status_history", tags=["status_history"])


@router.get("/entity/{kind}/{entity_id}")
def history(kind: str, entity_id: str, session=Depends(get_session)):
    """Changes of one entity."""
    return session.all(StatusHistory, kind, entity_id)
