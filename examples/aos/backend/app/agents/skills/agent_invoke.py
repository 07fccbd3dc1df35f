"""Call another agent and wait for its answer."""

from ..services.credit_service import CREDIT_COSTS, get_credit_service
from ..services.invoke_audit_service import get_invoke_audit_service
from ..services.message_service import get_message_service
from ..services.registry_service import get_registry_service


class AgentInvokeSkill:
    """Charge, call, write down."""

    def run(self, caller: str, callee: str):
        """One call."""
        if callee not in get_registry_service().alive():
            return None
        get_invoke_audit_service().started(caller, callee)
        get_credit_service().quote(CREDIT_COSTS["agent_invoke"])
        return get_message_service().send(caller, callee, {})
