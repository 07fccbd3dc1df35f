"""What every run did, step by step."""

from .store import SQLiteTraceStore, TraceStore

try:
    from .pg_store import PostgresTraceStore, get_postgres_trace_store
except ImportError:
    PostgresTraceStore = None
    get_postgres_trace_store = None

__all__ = [
    "PostgresTraceStore",
    "SQLiteTraceStore",
    "TraceStore",
    "get_postgres_trace_store",
]
