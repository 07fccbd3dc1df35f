"""Simulation of cost, second version."""

from app.costsim.circuit_breaker import CircuitBreaker, get_circuit_breaker
from app.costsim.config import (
    CostSimConfig,
    is_v2_disabled_by_drift,
    is_v2_sandbox_enabled,
)
from app.costsim.sandbox import CostSimSandbox, simulate_with_sandbox

__all__ = [
    "CircuitBreaker",
    "CostSimConfig",
    "CostSimSandbox",
    "get_circuit_breaker",
    "is_v2_disabled_by_drift",
    "is_v2_sandbox_enabled",
    "simulate_with_sandbox",
]
