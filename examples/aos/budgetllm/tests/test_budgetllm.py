"""Budget and cache."""

from budgetllm.core.backends.memory import MemoryBackend
from budgetllm.core.budget import BudgetExceededError, BudgetTracker
from budgetllm.core.cache import PromptCache


def test_budget_ends():
    tracker = BudgetTracker(limit_cents=1)
    try:
        tracker.spend(2)
    except BudgetExceededError:
        assert PromptCache(MemoryBackend())


def test_client():
    from budgetllm import Client

    assert Client().complete("ab") == "ba"
