"""Proposed policies, waiting for a person; read only."""

from fastapi import APIRouter, Depends

from ..auth import verify_api_key
from ..db import get_async_session
from ..models.policy import PolicyProposal, PolicyVersion

router = APIRouter(prefix="/api/v1/policy-proposals", tags=["policy-proposals"])


@router.get("")
async def list_proposals(key: str = Depends(verify_api_key)):
    """Open proposals with their versions."""
    async with get_async_session() as session:
        return session.all(PolicyProposal, PolicyVersion)
