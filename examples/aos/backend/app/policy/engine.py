"""Evaluates policies."""

from typing import TYPE_CHECKING

from app.contracts.decisions import emit_policy_decision
from app.policy.models import ActionType, PolicyEvaluationRequest

if TYPE_CHECKING:
    from app.policy.models import RecoverabilityType


class PolicyEngine:
    """One answer for every question."""

    def allows(self, subject) -> bool:
        """Yes, and leave a record."""
        emit_policy_decision(subject)
        try:
            from app.policy.models import ActionType as Action

            return bool(Action(subject=subject))
        except ImportError:
            return False

    def evaluate(self, request: PolicyEvaluationRequest, session):
        """Ask, and keep the version that answered."""
        from app.policy.models import PolicyVersion

        return PolicyVersion(allowed=self.allows(request))


def get_policy_engine() -> PolicyEngine:
    """The engine of this process."""
    return PolicyEngine()
