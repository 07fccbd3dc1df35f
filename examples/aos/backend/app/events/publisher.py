"""Publishes events to the log, to Redis or to NATS, as configured."""

import logging
import os


class BasePublisher:
    """Something that can publish."""

    def publish(self, event: str, payload: dict):
        raise NotImplementedError


class LoggingPublisher(BasePublisher):
    """Writes events to the log."""

    def publish(self, event: str, payload: dict):
        logging.getLogger("events").info("%s %s", event, payload)


def get_publisher() -> BasePublisher:
    """Pick an adapter; the heavy ones are imported only when chosen."""
    kind = os.getenv("EVENT_PUBLISHER", "logging")
    if kind == "redis":
        from .redis_publisher import RedisPublisher

        return RedisPublisher()
    if kind == "nats":
        from .nats_adapter import NatsAdapter

        return NatsAdapter()
    return LoggingPublisher()
