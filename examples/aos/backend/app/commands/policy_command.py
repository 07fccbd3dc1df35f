"""Decisions on policies."""


class PolicyEvaluationResult(dict):
    """Yes or no, and why."""


class PolicyViolation(dict):
    """What was broken."""


def evaluate_policy(skill: str) -> PolicyEvaluationResult:
    """Look up what the skill costs and whether it is allowed."""
    try:
        from app.workflow.cost_sim import (
            CostSimulator,
        )  # nobody has written this module

        return PolicyEvaluationResult(cost=CostSimulator())
    except ImportError:
        return PolicyEvaluationResult(skill=skill)
