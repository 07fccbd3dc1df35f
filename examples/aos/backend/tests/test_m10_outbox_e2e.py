"""The outbox."""


def test_batch():
    from app.worker.outbox_processor import OutboxProcessor

    assert OutboxProcessor().run_once([1, 2]) == 2
