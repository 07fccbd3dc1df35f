"""Calls skills, one after another."""

from ..observability.cost_tracker import get_cost_tracker
from .registry import get_skill_entry


class SkillExecutionError(Exception):
    """A skill that failed."""


class SkillExecutor:
    """Executes steps."""

    def execute(self, steps: list) -> list:
        """Run them and count their cost."""
        return [(get_skill_entry(s), get_cost_tracker().add(1)) for s in steps]
