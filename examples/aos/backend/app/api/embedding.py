"""How much of the embedding quota is used."""

from fastapi import APIRouter, Depends

from ..auth import verify_api_key
from ..memory.embedding_metrics import EMBEDDING_DAILY_QUOTA, get_embedding_quota_status

router = APIRouter(prefix="/embedding", tags=["embedding"])


@router.get("/quota")
def quota(key: str = Depends(verify_api_key)):
    """Used and allowed today."""
    return {"limit": EMBEDDING_DAILY_QUOTA, "used": get_embedding_quota_status()}
