"""Polls for runs and gives each to a runner; compose starts this module."""

import os
import sys

if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(__file__))))

from ..db import Run, engine
from ..events import get_publisher
from ..metrics import nova_worker_pool_size
from .runner import RunRunner


class WorkerPool:
    """A few runners at a time."""

    def start(self):
        """Load the skills, then poll."""
        from ..skills import list_skills, load_all_skills

        load_all_skills()
        print("skills:", list_skills())
        nova_worker_pool_size.inc()
        return [RunRunner(run, get_publisher()).run() for run in engine.queued(Run)]


if __name__ == "__main__":
    WorkerPool().start()
