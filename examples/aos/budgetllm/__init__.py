"""Hard limits on what model calls may cost. The folder is itself the package."""

from budgetllm.core.backends.memory import MemoryBackend
from budgetllm.core.backends.redis import RedisBackend
from budgetllm.core.budget import BudgetExceededError, BudgetTracker
from budgetllm.core.cache import PromptCache
from budgetllm.core.client import Client, create_client
from budgetllm.core.safety import HighRiskOutputError, SafetyController

__all__ = [
    "BudgetExceededError",
    "BudgetTracker",
    "Client",
    "HighRiskOutputError",
    "MemoryBackend",
    "PromptCache",
    "RedisBackend",
    "SafetyController",
    "create_client",
]
