"""Shows that failed model calls are stored."""

from app.db import get_engine


def check():
    """Store one."""
    from app.services.llm_failure_service import LLMFailureFact, LLMFailureService
    from app.utils.runtime import generate_uuid

    return (
        LLMFailureService().persist(generate_uuid(), "timeout"),
        LLMFailureFact,
        get_engine(),
    )


if __name__ == "__main__":
    print(check())
