"""A board in Redis on which agents leave values for each other."""

import redis


class BlackboardService:
    """Read, write and lock named values."""

    def __init__(self, url: str = "redis://localhost"):
        self.url = url

    def write(self, key: str, value: str):
        """Leave a value for the others."""
        return redis.from_url(self.url).set(key, value)


def get_blackboard_service() -> BlackboardService:
    """The one board of this process."""
    return BlackboardService()
