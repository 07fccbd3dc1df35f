"""Multi-agent endpoints; mounted by main, but nobody registered this file."""

from fastapi import APIRouter

from ..agents.services.blackboard_service import get_blackboard_service
from ..agents.services.credit_service import CREDIT_COSTS, get_credit_service
from ..agents.services.job_service import get_job_service
from ..agents.services.message_service import get_message_service
from ..agents.services.registry_service import get_registry_service
from ..agents.services.worker_service import get_worker_service
from ..agents.skills.agent_invoke import AgentInvokeSkill

try:
    from ..routing import BatchLearningResult, CAREEngine
except ImportError:
    BatchLearningResult = None
    CAREEngine = None

router = APIRouter(prefix="/api/v1", tags=["agents"])


@router.post("/jobs")
def start_job(goal: str):
    """Price a goal, then hand it to the job queue."""
    price = get_credit_service().quote(CREDIT_COSTS["agent_spawn"])
    return get_job_service().create(goal, price)


@router.get("/agents")
def list_agents():
    """Who is alive, and what they have written on the board."""
    board, workers, inbox = (
        get_blackboard_service(),
        get_worker_service(),
        get_message_service(),
    )
    return {"alive": get_registry_service().alive(), "state": [board, workers, inbox]}
