"""Patterns which the detector noticed; nothing can be changed here."""

from fastapi import APIRouter, Depends

from ..auth import verify_api_key
from ..db import get_async_session
from ..models.feedback import PatternFeedback

router = APIRouter(prefix="/api/v1/feedback", tags=["feedback"])


@router.get("")
async def list_feedback(key: str = Depends(verify_api_key)):
    """All patterns, newest first."""
    async with get_async_session() as session:
        return session.all(PatternFeedback)
