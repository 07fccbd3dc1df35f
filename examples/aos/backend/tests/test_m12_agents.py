"""Agents and their services."""

from app.agents.services.blackboard_service import get_blackboard_service
from app.agents.services.credit_service import CREDIT_COSTS, get_credit_service
from app.agents.services.job_service import get_job_service
from app.agents.services.message_service import get_message_service
from app.agents.services.registry_service import get_registry_service
from app.agents.services.worker_service import get_worker_service
from app.agents.skills.agent_spawn import AgentSpawnSkill
from app.agents.skills.blackboard_ops import BlackboardReadSkill


def test_quote():
    assert get_credit_service().quote(CREDIT_COSTS["agent_spawn"])
    assert get_job_service() and get_worker_service() and get_registry_service()
    assert (
        get_message_service()
        and get_blackboard_service()
        and AgentSpawnSkill
        and BlackboardReadSkill
    )
