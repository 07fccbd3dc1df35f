"""How the whole business is doing, for founders."""

from fastapi import APIRouter, Depends

from app.auth.console_auth import FounderToken, verify_fops_token
from app.contracts.ops import FounderIncidentListItemDTO
from app.db import get_session
from app.models.killswitch import Incident

router = APIRouter(prefix="/ops", tags=["ops"])


@router.get("/incidents")
def incidents(
    token: FounderToken = Depends(verify_fops_token), session=Depends(get_session)
):
    """Open incidents of every tenant."""
    return [FounderIncidentListItemDTO(row=row) for row in session.all(Incident)]
