"""Decisions of the domain, as functions."""

from app.commands.policy_command import (
    PolicyEvaluationResult,
    PolicyViolation,
    evaluate_policy,
)
from app.commands.runtime_command import (
    DEFAULT_SKILL_METADATA,
    QueryResult,
    execute_query,
)
from app.commands.worker_execution_command import (
    ReplayResult,
    WorkerExecutionResult,
    calculate_cost_cents,
    convert_brand_request,
    execute_worker,
)

__all__ = [
    "DEFAULT_SKILL_METADATA",
    "PolicyEvaluationResult",
    "PolicyViolation",
    "QueryResult",
    "ReplayResult",
    "WorkerExecutionResult",
    "calculate_cost_cents",
    "convert_brand_request",
    "evaluate_policy",
    "execute_query",
    "execute_worker",
]
