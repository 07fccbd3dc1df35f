"""Shows that violations are stored."""

from app.db import get_engine
from app.utils.runtime import generate_uuid


def check():
    """Store one."""
    try:
        from app.services.policy_violation_service import (
            PolicyViolationService,
            ViolationFact,
        )

        return PolicyViolationService().persist(
            ViolationFact(id=generate_uuid())
        ), get_engine()
    except ImportError:
        return None


if __name__ == "__main__":
    print(check())
