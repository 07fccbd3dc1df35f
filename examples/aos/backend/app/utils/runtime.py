"""Ids and times."""

import uuid
from datetime import datetime, timezone


def generate_uuid() -> str:
    """A new id."""
    return str(uuid.uuid4())


def utc_now() -> datetime:
    """Now, with a zone."""
    return datetime.now(timezone.utc)
