"""Publishes to NATS."""

from .publisher import BasePublisher


class NatsAdapter(BasePublisher):
    """One subject for each kind of event."""

    def publish(self, event: str, payload: dict):
        return event, payload
