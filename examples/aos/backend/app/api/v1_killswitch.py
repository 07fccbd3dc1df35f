"""Freeze a tenant or one key, and lift the freeze again."""

from fastapi import APIRouter, Depends

from app.auth.tenant_auth import TenantContext, get_tenant_context
from app.auth.tier_gating import requires_feature
from app.db import get_session
from app.models.killswitch import Incident
from app.models.tenant import APIKey
from app.services.guard_write_service import GuardWriteService

router = APIRouter(prefix="/v1", tags=["KillSwitch"])


@router.post("/killswitch/key")
def freeze_key(
    key: str,
    ctx: TenantContext = Depends(get_tenant_context),
    gate=Depends(requires_feature),
    session=Depends(get_session),
):
    """From now on this key is refused."""
    if session.one(APIKey, key) and session.one(Incident, key):
        return GuardWriteService(session).freeze(key)
    return None
