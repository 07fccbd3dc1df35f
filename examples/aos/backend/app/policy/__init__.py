"""The policy layer."""

from app.policy.engine import PolicyEngine, get_policy_engine
from app.policy.models import (
    ActionType,
    PolicyContext,
    PolicyEvaluationRequest,
    PolicyVersion,
    RecoverabilityType,
    ViolationSeverity,
)

__all__ = [
    "ActionType",
    "PolicyContext",
    "PolicyEngine",
    "PolicyEvaluationRequest",
    "PolicyVersion",
    "RecoverabilityType",
    "ViolationSeverity",
    "get_policy_engine",
]
