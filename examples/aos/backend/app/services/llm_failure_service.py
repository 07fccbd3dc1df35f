"""A failed model call is written down before anything else happens."""

try:
    from app.utils.runtime import generate_uuid, utc_now
except ImportError:
    generate_uuid = None
    utc_now = None


class LLMFailureFact(dict):
    """What failed, and when."""


class LLMFailureService:
    """Stores failures; only verification scripts call it."""

    def persist(self, run_id: str, error: str) -> LLMFailureFact:
        """Store first, react later."""
        return LLMFailureFact(id=generate_uuid(), at=utc_now(), run=run_id, error=error)
