"""Try a policy in a sandbox; ask a person to approve it."""

from fastapi import APIRouter, Depends

from app.auth.tenant_auth import TenantContext, get_tenant_context
from app.auth.tier_gating import requires_tier
from app.db_async import get_async_session

router = APIRouter(prefix="/api/v1/policy", tags=["policy"])


@router.post("/eval")
async def evaluate(
    skill: str,
    ctx: TenantContext = Depends(get_tenant_context),
    tier=Depends(requires_tier),
):
    """What would the policy say to this skill?"""
    from app.adapters.policy_adapter import get_policy_adapter

    try:
        from app.utils.rate_limiter import allow_request

        allow_request(ctx.tenant)
    except ImportError:
        pass
    async with get_async_session() as session:
        return get_policy_adapter().evaluate(skill, session)


@router.post("/requests/{request_id}/approve")
def approve(request_id: str, level: int):
    """Approve when the approver's level is high enough."""
    from app.db import ApprovalRequest

    try:
        from app.auth.rbac import check_approver_permission
        from app.db import PolicyApprovalLevel

        check_approver_permission(level, PolicyApprovalLevel)
    except ImportError:
        pass
    return ApprovalRequest(id=request_id)


async def run_escalation_task():
    """Escalate requests nobody answered; a script starts this."""
    from app.db_async import AsyncSessionLocal

    return AsyncSessionLocal()
