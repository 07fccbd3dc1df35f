"""Routes of that plane, outside the folder where routes live."""

from fastapi import APIRouter, Depends

from app.db import get_session
from app.models.prediction import PredictionEvent

router = APIRouter(prefix="/api/v1/c2/predictions", tags=["predictions"])


@router.get("")
def list_predictions(session=Depends(get_session)):
    """Those that have not expired."""
    return session.all(PredictionEvent)
