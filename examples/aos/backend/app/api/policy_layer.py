"""The policy engine over HTTP."""

from fastapi import APIRouter

from app.db_async import get_async_session
from app.policy import ActionType, PolicyEvaluationRequest, get_policy_engine

router = APIRouter(prefix="/policy-layer", tags=["policy-layer"])


@router.post("/evaluate")
async def evaluate(request: dict):
    """Ask the engine about one action."""
    from app.policy import PolicyContext

    async with get_async_session() as session:
        question = PolicyEvaluationRequest(
            context=PolicyContext(), action=ActionType(), body=request
        )
        return get_policy_engine().evaluate(question, session)
