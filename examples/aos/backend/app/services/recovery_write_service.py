"""Writes for the recovery routes."""


class RecoveryWriteService:
    """Stores what was suggested and done."""

    def __init__(self, session):
        self.session = session

    def record(self, what: str, detail) -> dict:
        """One row."""
        return {"what": what, "detail": detail}
