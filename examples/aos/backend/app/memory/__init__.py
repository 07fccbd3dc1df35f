"""What agents remember. The memory service is not re-exported."""

from .retriever import MemoryRetriever, get_retriever

__all__ = ["MemoryRetriever", "get_retriever"]
