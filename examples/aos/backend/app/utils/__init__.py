"""Helpers; their modules are imported late."""


def rate_limiter():
    """On demand."""
    from .rate_limiter import allow_request

    return allow_request


def budget_tracker():
    """On demand."""
    from .budget_tracker import get_budget_tracker

    return get_budget_tracker()
