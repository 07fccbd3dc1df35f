"""Pool and runner, imported late so that tests stay light."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .pool import WorkerPool
    from .runner import RunRunner


def get_worker_pool():
    """The class, when it is needed."""
    from .pool import WorkerPool

    return WorkerPool


def get_run_runner():
    """The class, when it is needed."""
    from .runner import RunRunner

    return RunRunner
