"""Between routes and commands."""

from app.adapters.policy_adapter import PolicyAdapter, get_policy_adapter
from app.adapters.runtime_adapter import RuntimeAdapter, get_runtime_adapter
from app.adapters.workers_adapter import WorkersAdapter, get_workers_adapter

__all__ = [
    "PolicyAdapter",
    "RuntimeAdapter",
    "WorkersAdapter",
    "get_policy_adapter",
    "get_runtime_adapter",
    "get_workers_adapter",
]
