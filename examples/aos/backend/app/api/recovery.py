"""Suggestions how to recover from a failure, and their approval."""

from fastapi import APIRouter, Depends

from app.middleware.rate_limit import rate_limit_dependency
from app.services.recovery_matcher import RecoveryMatcher
from app.services.recovery_write_service import RecoveryWriteService

router = APIRouter(prefix="/api/v1/recovery", tags=["recovery"])


@router.post("/suggest")
def suggest(failure: dict, limit=Depends(rate_limit_dependency)):
    """Look for failures like this one."""
    try:
        from app.metrics import recovery_suggestions_total

        recovery_suggestions_total.inc()
    except ImportError:
        pass
    return RecoveryMatcher().match(failure)


@router.post("/evaluate")
def evaluate(failure: dict):
    """Run the rules over one failure."""
    try:
        from app.services.recovery_rule_engine import evaluate_rules

        return evaluate_rules(failure)
    except ImportError:
        return None


@router.post("/execute")
def execute(action: str, session=None):
    """Carry out an approved action, inside a scope that ends."""
    from app.services.scoped_execution import create_recovery_scope

    return RecoveryWriteService(session).record(action, create_recovery_scope(action))
