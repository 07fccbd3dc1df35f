"""A command line that only speaks HTTP; imports nothing of the back end."""


def cmd_recovery_candidates() -> list:
    """What could be done."""
    return []


if __name__ == "__main__":
    print(cmd_recovery_candidates())
