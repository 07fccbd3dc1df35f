"""Cost tracking: record spending, show where it goes, look for anomalies."""

from fastapi import APIRouter, Depends

from app.db import CostRecord, get_session

router = APIRouter(prefix="/cost", tags=["Cost Intelligence"])


@router.get("/spend")
def spend(session=Depends(get_session)):
    """Everything recorded so far."""
    return session.all(CostRecord)


@router.post("/anomalies/detect")
def detect(tenant: str):
    """Run the detector, and tell the learning loop when it is there."""
    from app.services.cost_anomaly_detector import run_anomaly_detection

    found = run_anomaly_detection(tenant)
    try:
        from app.integrations.dispatcher import get_dispatcher

        get_dispatcher().dispatch("cost", found)
    except ImportError:
        pass
    return found
