"""Pool, runner, publisher."""


def test_classes():
    from app.worker.pool import WorkerPool
    from app.worker.runner import RunRunner

    assert WorkerPool and RunRunner


def test_publisher():
    from app.events.publisher import LoggingPublisher, get_publisher

    assert isinstance(get_publisher(), LoggingPublisher)
