"""Read and write the board, for credits."""

from ..services.blackboard_service import get_blackboard_service
from ..services.credit_service import CREDIT_COSTS, get_credit_service


class BlackboardReadSkill:
    """Look."""


class BlackboardWriteSkill:
    """Leave a value."""

    def run(self, key: str, value: str):
        """Pay and write."""
        get_credit_service().quote(CREDIT_COSTS["agent_spawn"])
        return get_blackboard_service().write(key, value)


class BlackboardLockSkill(BlackboardWriteSkill):
    """Keep others out."""
