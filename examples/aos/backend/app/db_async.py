"""Sessions for coroutines, made in the newer way."""

from contextlib import asynccontextmanager


class AsyncSessionLocal:
    """A session that belongs to one task."""


@asynccontextmanager
async def get_async_session():
    """One session."""
    yield AsyncSessionLocal()


async_session_context = get_async_session
