"""Started by a systemd timer."""


def export() -> dict:
    """Numbers of the day."""
    return {"outbox": 0}


if __name__ == "__main__":
    print(export())
