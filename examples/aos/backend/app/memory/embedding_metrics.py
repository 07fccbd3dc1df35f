"""Counts vectors, and how many are allowed in a day."""

EMBEDDING_DAILY_QUOTA = 10_000
EMBEDDING_API_CALLS = []


def get_embedding_quota_status() -> int:
    """Used today."""
    return len(EMBEDDING_API_CALLS)
