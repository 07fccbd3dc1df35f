"""Refuses plans that do too much."""


def validate_plan(plan) -> bool:
    """Few enough steps?"""
    return len(str(plan)) < 10_000
