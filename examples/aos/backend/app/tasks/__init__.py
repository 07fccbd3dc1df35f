"""Work beside requests."""

from .m10_metrics_collector import collect_m10_metrics, run_metrics_collector
from .memory_update import apply_update_rules, apply_update_rules_sync

__all__ = [
    "apply_update_rules",
    "apply_update_rules_sync",
    "collect_m10_metrics",
    "run_metrics_collector",
]
