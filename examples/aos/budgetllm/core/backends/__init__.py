"""Where answers are cached."""

from budgetllm.core.backends.memory import MemoryBackend
from budgetllm.core.backends.redis import RedisBackend

__all__ = ["MemoryBackend", "RedisBackend"]
