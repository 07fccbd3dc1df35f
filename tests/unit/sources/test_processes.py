"""Work in a process of its own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.sources.processes import started


def work_for_long(file: Path) -> str:
    file.write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(60)
    return "done"


def test_a_process_that_nobody_waits_for_is_ended(tmp_path: Path) -> None:
    """As when another stage finds the registry unusable meanwhile."""
    begun, file = time.monotonic(), tmp_path / "pid"
    with started(work_for_long, file):
        while not file.exists() or not file.read_text(encoding="utf-8"):
            assert time.monotonic() - begun < 20
            time.sleep(0.005)
    with pytest.raises(ProcessLookupError):
        os.kill(int(file.read_text(encoding="utf-8")), 0)
    assert time.monotonic() - begun < 20


def test_a_signal_while_a_process_is_started_is_not_lost() -> None:
    """What a handler raises within a fork is printed and dropped by Python itself."""

    def interrupt() -> None:
        os.kill(os.getpid(), signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    hook = _OneTime(interrupt)
    os.register_at_fork(before=hook)
    try:
        with pytest.raises(KeyboardInterrupt), started(str, 1):
            pytest.fail("the interrupt was lost")
    finally:
        signal.signal(signal.SIGINT, before)
    assert hook.is_done


class _OneTime:
    """A function that does something when it is called first; it cannot be taken back."""

    def __init__(self, action: Callable[[], None]) -> None:
        self.action = action
        self.is_done = False

    def __call__(self) -> None:
        if not self.is_done:
            self.is_done = True
            self.action()
