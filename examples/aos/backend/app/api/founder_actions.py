"""Freeze, throttle and override, for founders with a second factor."""

from fastapi import APIRouter, Depends

from app.auth.console_auth import FounderToken, verify_fops_token
from app.contracts.ops import FounderActionResponseDTO
from app.db import get_session
from app.models.tenant import FounderAction

router = APIRouter(prefix="/ops/actions", tags=["founder-actions"])


@router.post("/freeze-tenant")
def freeze(
    tenant: str,
    token: FounderToken = Depends(verify_fops_token),
    session=Depends(get_session),
):
    """Stop one tenant and write down who did it."""
    session.add(FounderAction(tenant=tenant, by=token.user))
    return FounderActionResponseDTO(tenant=tenant)
