"""Memory."""

from app.memory.memory_service import MemoryService, get_memory_service


def test_empty():
    import app.memory.memory_service as module

    assert module and MemoryService and get_memory_service() is None
