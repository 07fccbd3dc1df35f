"""Small values that agents keep under a name."""

from fastapi import APIRouter, Depends

from ..db import get_session

router = APIRouter(prefix="/api/v1/memory", tags=["memory"])


@router.post("/pins")
def put_pin(key: str, value: dict, session=Depends(get_session)):
    """Write or replace one pin."""
    session.add((key, value))
    return {"key": key}
