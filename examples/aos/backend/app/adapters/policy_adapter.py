"""Lets routes ask for policy decisions."""

from app.commands.policy_command import evaluate_policy


class PolicyAdapter:
    """Translates one evaluation."""

    def evaluate(self, skill: str, session):
        """Decide on one skill."""
        return evaluate_policy(skill)


def get_policy_adapter() -> PolicyAdapter:
    """The adapter."""
    return PolicyAdapter()
