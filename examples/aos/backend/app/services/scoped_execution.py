"""A recovery action runs inside a scope with an end, or not at all."""


class RecoveryScope:
    """May do one thing, a few times."""

    def __init__(self, action: str):
        self.action = action


def create_recovery_scope(action: str) -> RecoveryScope:
    """A scope for one action."""
    return RecoveryScope(action)


def test_recovery_scope(action: str) -> bool:
    """A dry run. A plain function of production, in spite of its name."""
    return bool(create_recovery_scope(action))
