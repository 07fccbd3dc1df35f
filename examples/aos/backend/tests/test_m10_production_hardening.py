"""The outbox, again."""


def test_empty():
    from app.worker.outbox_processor import OutboxProcessor

    assert OutboxProcessor().run_once([]) == 0
