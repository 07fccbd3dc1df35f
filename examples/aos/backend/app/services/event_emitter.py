"""Events for the founders' console: what users began, finished, gave up."""

from enum import Enum


class EntityType(Enum):
    """What an event is about."""

    USER = "user"


class EventType(Enum):
    """What happened."""

    LOGIN_STARTED = "login_started"


class OpsEvent(dict):
    """One row."""


class EventEmitterError(Exception):
    """A row that could not be written."""


class EventEmitter:
    """Collects rows and writes them in batches."""

    def __init__(self):
        self.rows = []

    def emit(self, event: OpsEvent):
        """Add a row to the batch."""
        self.rows.append(event)


def get_event_emitter() -> EventEmitter:
    """An empty batch."""
    return EventEmitter()
