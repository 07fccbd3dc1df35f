"""Stores for blobs."""


def get_r2_client():
    """A client, or nothing without a key."""
    return None


def get_r2_bucket() -> str:
    """The bucket's name."""
    return "demo"
