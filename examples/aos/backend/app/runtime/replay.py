"""Runs a trace once more."""

from app.traces.pg_store import get_postgres_trace_store
from app.traces.store import SQLiteTraceStore, TraceStore


def get_trace_store() -> TraceStore:
    """Postgres where there is one."""
    return get_postgres_trace_store() or SQLiteTraceStore()


def replay_run(run_id: str) -> dict:
    """Again, from the trace."""
    return get_trace_store().load(run_id)
