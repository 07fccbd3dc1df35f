"""Traces in SQLite."""


class TraceStore:
    """Load and save."""

    def load(self, run_id: str) -> dict:
        """One trace."""
        return {"run": run_id}


class SQLiteTraceStore(TraceStore):
    """In one file."""
