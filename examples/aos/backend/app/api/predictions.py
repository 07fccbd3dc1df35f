"""Predictions that were made; reading them changes nothing."""

from fastapi import APIRouter, Depends

from ..auth import verify_api_key
from ..db import get_async_session
from ..models.prediction import PredictionEvent

router = APIRouter(prefix="/api/v1/predictions", tags=["predictions"])


@router.get("")
async def list_predictions(key: str = Depends(verify_api_key)):
    """Newest first."""
    async with get_async_session() as session:
        return session.all(PredictionEvent)
