"""Sorts failures that no catalogue knows."""

from app.services.recovery_rule_engine import (
    classify_error_category,
    suggest_recovery_mode,
)


def aggregate_patterns(failures: list) -> dict:
    """Count failures by category and what to do about it."""
    counts = {}
    for failure in failures:
        kind = classify_error_category(failure)
        counts[kind, suggest_recovery_mode(kind)] = counts.get(kind, 0) + 1
    return counts
