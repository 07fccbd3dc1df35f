"""Store traces, fetch them, compare two of them."""

from fastapi import APIRouter, Depends

from ..auth.jwt_auth import JWTAuthDependency, TokenPayload
from ..traces.pg_store import get_postgres_trace_store
from ..traces.store import SQLiteTraceStore

router = APIRouter(prefix="/traces", tags=["traces"])


def _store():
    return get_postgres_trace_store() or SQLiteTraceStore()


@router.get("/{run_id}")
def get_trace(run_id: str, token: TokenPayload = Depends(JWTAuthDependency())):
    """One trace, for its owner."""
    return _store().load(run_id)


@router.post("/mismatches")
def report_mismatch(run_id: str):
    """Record that a replay went another way."""
    from ..db import db_async

    return {"run": run_id, "session": db_async}
