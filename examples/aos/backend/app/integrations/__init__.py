"""The integration loop."""

from .dispatcher import IntegrationDispatcher

__all__ = ["IntegrationDispatcher"]


def get_redis_client():
    """For the loop's locks."""
    return None


def get_dispatcher():
    """A dispatcher with a database."""
    from app.db import get_async_session

    return IntegrationDispatcher(get_async_session)
