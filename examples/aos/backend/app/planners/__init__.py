"""Planners, chosen by name."""


class PlannerProtocol:
    """What a planner must be able to do."""


def get_planner():
    """A stub, unless something better is configured."""
    from .stub_adapter import StubPlanner

    return StubPlanner()
