"""Can the stores be reached? One more health.py."""


def check_r2() -> bool:
    """Try it."""
    from app.stores import get_r2_bucket, get_r2_client

    return bool(get_r2_client() and get_r2_bucket())
