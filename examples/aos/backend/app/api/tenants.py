"""Tenants, their API keys and quotas. Complete, but main does not mount it."""

from fastapi import APIRouter, Depends

from ..auth.tenant_auth import TenantContext, get_tenant_context
from ..services.tenant_service import QuotaExceededError, TenantService
from ..services.worker_registry_service import WorkerRegistryService

router = APIRouter(prefix="/api/v1", tags=["Tenants & API Keys"])


def _service():
    from ..db import get_session

    return TenantService(get_session())


@router.post("/tenants")
def create_tenant(name: str, ctx: TenantContext = Depends(get_tenant_context)):
    """Make a tenant unless its quota is used up."""
    try:
        return _service().create(name, ctx)
    except QuotaExceededError:
        return None


@router.get("/workers")
def workers():
    """Workers this tenant may start."""
    return WorkerRegistryService(None).available()
