"""What a run will do, told before it; what it did, told after it."""

from fastapi import APIRouter, Depends

from app.auth import verify_api_key
from app.middleware.tenancy import get_tenant_id

router = APIRouter(prefix="/customer", tags=["customer-visibility"])


@router.get("/pre-run")
def before(tenant: str = Depends(get_tenant_id), key: str = Depends(verify_api_key)):
    """Stages and budget which are planned."""
    return {"tenant": tenant, "stages": []}
