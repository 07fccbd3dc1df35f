"""Traces in Postgres."""


class PostgresTraceStore:
    """In tables that cannot be changed."""

    def load(self, run_id: str) -> dict:
        """One trace."""
        return {"run": run_id}


def get_postgres_trace_store() -> PostgresTraceStore:
    """The store."""
    return PostgresTraceStore()
