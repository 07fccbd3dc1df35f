"""Changes memory after a run."""


async def apply_update_rules(result: dict):
    """With the service, when it was started."""
    try:
        from app.memory.memory_service import get_memory_service

        return get_memory_service()
    except ImportError:
        return None


def apply_update_rules_sync(result: dict):
    """For callers that cannot wait."""
    return result
