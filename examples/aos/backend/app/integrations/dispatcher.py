"""Sends an incident through the stages of the loop."""


class IntegrationDispatcher:
    """Stage by stage."""

    def __init__(self, sessions=None):
        self.sessions = sessions

    def dispatch(self, kind: str, payload):
        """To the first stage."""
        return kind, payload

    stats = resolve = dispatch


def get_dispatcher() -> IntegrationDispatcher:
    """A dispatcher without a database."""
    return IntegrationDispatcher()
