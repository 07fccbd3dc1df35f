"""What a customer sees of its own spending; not in the registry."""

from fastapi import APIRouter, Depends

from app.auth.console_auth import CustomerToken, verify_console_token
from app.contracts.guard import CustomerCostSummaryDTO
from app.db import get_session

router = APIRouter(prefix="/guard/costs", tags=["guard-costs"])


@router.get("/summary")
def summary(
    token: CustomerToken = Depends(verify_console_token), session=Depends(get_session)
):
    """Total for the tenant of the token."""
    return CustomerCostSummaryDTO(tenant=token.tenant, cents=0)
