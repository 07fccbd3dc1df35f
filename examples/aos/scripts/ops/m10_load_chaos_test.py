"""Load for the outbox. A script, in spite of its name."""


def flood(count: int) -> int:
    """Send many."""
    from app.worker.outbox_processor import OutboxProcessor

    return OutboxProcessor().run_once(list(range(count)))


if __name__ == "__main__":
    print(flood(100))
