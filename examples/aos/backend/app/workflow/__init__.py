"""Workflows with checkpoints."""

from .health import configure_health, record_checkpoint_activity, router

__all__ = ["configure_health", "record_checkpoint_activity", "router"]
