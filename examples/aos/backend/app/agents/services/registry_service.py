"""Which agents exist, and which were heard of lately."""

import time


class RegistryService:
    """Registers agents and listens to their heartbeats."""

    def __init__(self):
        self.heard = {}

    def heartbeat(self, agent: str):
        """An agent says that it lives."""
        self.heard[agent] = time.monotonic()

    def alive(self) -> list:
        """Agents that were heard of."""
        return sorted(self.heard)


def get_registry_service() -> RegistryService:
    """An empty registry."""
    return RegistryService()
