"""Cost simulation, second version: a sandbox beside the old estimator."""

from fastapi import APIRouter

from app.costsim import (
    get_circuit_breaker,
    is_v2_disabled_by_drift,
    simulate_with_sandbox,
)
from app.costsim.config import get_config

try:
    from app.memory.drift_detector import get_drift_detector
except ImportError:
    get_drift_detector = None

try:
    from app.memory.memory_service import MemoryResult
except ImportError:
    MemoryResult = None

try:
    from app.memory.update_rules import get_update_rules_engine
except ImportError:
    get_update_rules_engine = None

try:
    from app.tasks.memory_update import apply_update_rules
except ImportError:
    apply_update_rules = None

router = APIRouter(prefix="/costsim", tags=["costsim"])


@router.post("/v2/simulate")
async def simulate(plan: dict):
    """Estimate a plan, with remembered context where memory is installed."""
    if get_config().disabled:
        return {"status": "disabled"}
    try:
        from app.memory.memory_service import MEMORY_DRIFT_DETECTED

        MEMORY_DRIFT_DETECTED.append(plan)
    except ImportError:
        pass
    return simulate_with_sandbox(plan)
