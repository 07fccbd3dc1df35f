"""Who may do what, and who did it."""

from fastapi import APIRouter, Depends

from ..auth.rbac_engine import check_permission, get_rbac_engine
from ..db import get_session

router = APIRouter(prefix="/api/v1/rbac", tags=["rbac"])


@router.get("/info")
def info(session=Depends(get_session)):
    """Version and hash of the loaded policy."""
    check_permission("rbac", "read")
    return get_rbac_engine().info(session)
