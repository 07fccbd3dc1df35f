"""Decision records in the order in which they were made."""

from fastapi import APIRouter

router = APIRouter(prefix="/founder/timeline", tags=["founder-timeline"])


@router.get("/run/{run_id}")
def run_timeline(run_id: str):
    """Raw rows of one run, with nothing left out."""
    return {"run": run_id, "decisions": []}
