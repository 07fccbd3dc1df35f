"""A little traffic, so that alarms have something to watch."""


def send(count: int = 10) -> int:
    """Send it."""
    return count


if __name__ == "__main__":
    print(send())
