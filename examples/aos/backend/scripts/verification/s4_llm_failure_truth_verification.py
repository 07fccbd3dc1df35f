"""The same with more conditions."""

from app.db import get_engine
from app.utils.runtime import generate_uuid


def check():
    """Store one, and look at it."""
    try:
        from app.services.llm_failure_service import LLMFailureService

        return LLMFailureService().persist(generate_uuid(), "refused"), get_engine()
    except ImportError:
        return None


if __name__ == "__main__":
    print(check())
