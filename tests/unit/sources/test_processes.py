"""Work in a process of its own."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from analyzer.sources.processes import started


def work_for_long(folder: Path) -> str:
    with tempfile.TemporaryDirectory(dir=folder):
        time.sleep(60)
    return "done"


def test_a_process_that_nobody_waits_for_leaves_nothing(tmp_path: Path) -> None:
    """As when another stage finds the registry unusable meanwhile."""
    begun = time.monotonic()
    with started(work_for_long, tmp_path):
        while not list(tmp_path.iterdir()):
            assert time.monotonic() - begun < 20
            time.sleep(0.005)
    assert list(tmp_path.iterdir()) == []
    assert time.monotonic() - begun < 20
