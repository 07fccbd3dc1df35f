"""Counts what agents spend."""

from ..db import Agent, engine
from app.contracts.decisions import emit_budget_decision


class BudgetTracker:
    """A balance for each agent."""

    def left(self, agent: Agent) -> int:
        """Cents that are left."""
        emit_budget_decision(agent)
        return len(engine.all(agent))


def get_budget_tracker() -> BudgetTracker:
    """The tracker."""
    return BudgetTracker()


def deduct_budget(agent, cents):
    """Pay."""
    return cents


def enforce_budget(agent) -> bool:
    """Go on?"""
    return True
