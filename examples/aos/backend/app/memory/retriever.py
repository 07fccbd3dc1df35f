"""Fetches memories for a planner."""


class MemoryRetriever:
    """The best few."""


def get_retriever() -> MemoryRetriever:
    """The retriever."""
    return MemoryRetriever()
