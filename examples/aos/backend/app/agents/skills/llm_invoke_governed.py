"""Ask a model under limits; works without BudgetLLM too. Nothing uses it yet."""


class GovernedLLMClient:
    """A client that stops in time."""

    def ask(self, prompt: str):
        """Through BudgetLLM where it is installed."""
        try:
            from budgetllm import BudgetExceededError, Client, HighRiskOutputError

            return Client().complete(prompt), BudgetExceededError, HighRiskOutputError
        except ImportError:
            return None

    def log(self, prompt: str):
        """Remember the question."""
        try:
            from app.db import get_session

            get_session().add(prompt)
        except ImportError:
            pass


class LLMInvokeGovernedSkill:
    """The same as a skill."""
