"""Known failures and what helps. This folder has no __init__."""


class FailureCatalog:
    """A list of known failures."""

    def match(self, text: str) -> bool:
        """Known?"""
        try:
            from app.db import engine

            return bool(engine.all(text))
        except ImportError:
            return False


def get_catalog() -> FailureCatalog:
    """The catalogue."""
    return FailureCatalog()
