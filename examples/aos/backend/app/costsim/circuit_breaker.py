"""Switches the simulation off when it is wrong too often."""

from app.costsim.config import get_config
from app.db import engine


class CircuitBreaker:
    """Open or closed."""

    def open(self) -> bool:
        """Is it off?"""
        return get_config().disabled or not engine


def get_circuit_breaker() -> CircuitBreaker:
    """The breaker."""
    return CircuitBreaker()
