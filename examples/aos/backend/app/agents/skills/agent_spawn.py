"""Start agents for a job."""

from ..services.credit_service import CREDIT_COSTS, get_credit_service
from ..services.job_service import get_job_service
from ..services.registry_service import get_registry_service


class AgentSpawnSkill:
    """Pay first."""

    def run(self, goal: str):
        """Create the job, then wait for agents to appear."""
        price = get_credit_service().quote(CREDIT_COSTS["agent_spawn"])
        return get_job_service().create(goal, price), get_registry_service().alive()
