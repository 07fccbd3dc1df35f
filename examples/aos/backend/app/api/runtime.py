"""The runtime for machines: simulate, query, list skills."""

from fastapi import APIRouter, Depends

from app.auth.tenant_auth import TenantContext, get_tenant_context
from app.auth.tier_gating import requires_feature
from app.commands.runtime_command import DEFAULT_SKILL_METADATA
from app.middleware.rate_limit import rate_limit_dependency

router = APIRouter(prefix="/api/v1/runtime", tags=["runtime"])


@router.post("/simulate")
def simulate(
    plan: dict,
    ctx: TenantContext = Depends(get_tenant_context),
    gate=Depends(requires_feature),
):
    """What would this plan cost?"""
    try:
        from app.worker.simulate import CostSimulator

        return CostSimulator().run(plan)
    except ImportError:
        return DEFAULT_SKILL_METADATA


@router.post("/query")
def query(kind: str, limit=Depends(rate_limit_dependency)):
    """Ask about budget, history or skills."""
    from app.adapters.runtime_adapter import get_runtime_adapter

    return get_runtime_adapter().query(kind)


@router.get("/skills")
def skills():
    """What agents can do here."""
    try:
        from app.skills import get_skill_manifest, list_skills

        return list_skills() or get_skill_manifest()
    except ImportError:
        return []


@router.post("/replay/{run_id}")
def replay(run_id: str):
    """Run a recorded run once more."""
    try:
        from app.runtime.replay import replay_run

        return replay_run(run_id)
    except ImportError:
        return None
