"""Talks to the API."""


class AOSError(Exception):
    """The API said no."""


class AOSClient:
    """Needs an address and a key."""

    def __init__(self, url: str = "http://localhost:8000"):
        self.url = url

    def simulate(self, plan: dict) -> dict:
        """What would the plan cost?"""
        return {"url": self.url, "plan": plan}
