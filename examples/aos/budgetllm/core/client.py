"""A client like OpenAI's, with a budget, a cache and a governor."""

from budgetllm.core.backends.memory import MemoryBackend
from budgetllm.core.backends.redis import RedisBackend
from budgetllm.core.budget import BudgetTracker
from budgetllm.core.cache import PromptCache
from budgetllm.core.safety import SafetyController


class Client:
    """Complete, but never above the limit."""

    def __init__(self, redis: bool = False):
        self.cache = PromptCache(RedisBackend() if redis else MemoryBackend())
        self.budget, self.safety = BudgetTracker(), SafetyController()

    def complete(self, prompt: str) -> str:
        """Pay, ask, check, remember."""
        self.budget.spend(1)
        answer = self.safety.govern(prompt, prompt[::-1])
        self.cache.store(prompt, answer)
        return answer


def create_client() -> Client:
    """With defaults."""
    return Client()
