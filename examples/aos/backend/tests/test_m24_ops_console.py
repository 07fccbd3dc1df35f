"""The only code that uses the event emitter, though a package re-exports it."""

from app.services.event_emitter import EventEmitter, EventType, OpsEvent


def test_emit():
    from app.db import engine

    emitter = EventEmitter()
    emitter.emit(OpsEvent(kind=EventType.LOGIN_STARTED))
    assert emitter.rows and engine


def test_app():
    from app.main import app

    assert app
