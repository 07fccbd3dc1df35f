"""The parts."""

from budgetllm.core.budget import BudgetExceededError, BudgetTracker
from budgetllm.core.cache import PromptCache
from budgetllm.core.client import Client

__all__ = ["BudgetExceededError", "BudgetTracker", "Client", "PromptCache"]
