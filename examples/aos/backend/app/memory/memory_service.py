"""Memory of agents: Redis in front, the database behind."""

from app.contracts.decisions import emit_memory_decision

MEMORY_DRIFT_DETECTED = []
_service = None


class MemoryResult(dict):
    """A value and where it came from."""


class MemoryService:
    """Get and set remembered values."""

    def get(self, key: str) -> MemoryResult:
        """Look in the cache, then in the database."""
        emit_memory_decision(key)
        return MemoryResult(key=key)


def init_memory_service() -> MemoryService:
    """Called once at start."""
    global _service
    _service = MemoryService()
    return _service


def get_memory_service():
    """The service, or nothing before start."""
    return _service
