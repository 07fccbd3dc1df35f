"""Start the business builder, watch it, replay it."""

from fastapi import APIRouter, Depends

from app.auth import verify_api_key
from app.contracts.decisions import emit_policy_precheck_decision
from app.db import CostRecord, get_async_session
from app.models.tenant import WorkerRun
from app.policy.engine import PolicyEngine
from app.services.worker_write_service_async import WorkerWriteServiceAsync

router = APIRouter(prefix="/api/v1/workers/business-builder", tags=["Workers"])


def _adapter():
    from app.adapters.workers_adapter import get_workers_adapter

    return get_workers_adapter()


@router.post("/run")
async def run(task: str, key: str = Depends(verify_api_key)):
    """Ask the policy, then run."""
    emit_policy_precheck_decision(task, PolicyEngine().allows(task))
    async with get_async_session() as session:
        return WorkerWriteServiceAsync(session).save(
            WorkerRun(task=task), CostRecord(cents=0)
        )


@router.get("/health")
def health():
    """Which parts of the worker can be imported?"""
    parts = {"adapter": bool(_adapter())}
    try:
        from app.routing.care import get_care_engine

        parts["care"] = bool(get_care_engine())
    except ImportError:
        parts["care"] = False
    try:
        from app.policy.runtime.dag_executor import DAGExecutor

        parts["dag"] = bool(DAGExecutor)
    except ImportError:
        parts["dag"] = False
    try:
        from app.services.recovery_matcher import RecoveryMatcher

        parts["recovery"] = bool(RecoveryMatcher)
    except ImportError:
        parts["recovery"] = False
    return parts
