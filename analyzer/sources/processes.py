"""Work in a process of its own, while this one does something else."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import TypeVar, cast

_SIGNALS = tuple(
    signal.Signals[name]
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if name in signal.Signals.__members__
)
Argument = TypeVar("Argument")
Result = TypeVar("Result")


@contextmanager
def started(
    function: Callable[[Argument], Result], argument: Argument, *, apart: bool = True
) -> Iterator[Callable[[], Result]]:
    """Begin a call; its result is there when it is asked for.

    Where no process can be started, or it fails, the call is made here. Leaving the context ends
    the process, whatever it is doing: what it writes belongs into a folder that is made, and taken
    away, here.

    Args:
        function: stands at the top level of a module, and does not return None.
        argument: can be pickled, like the result.
        apart: whether a process is worth its while; else the call is made when it is asked for.
    """
    if not apart:
        yield lambda: function(argument)
        return
    # On Linux a copy of this process: it starts at once, with everything loaded. Nothing that it
    # does needs the one other thread there may be, which shows that something is being done.
    context: multiprocessing.context.ForkContext | multiprocessing.context.SpawnContext
    if sys.platform == "linux":
        context = multiprocessing.get_context("fork")
    else:
        context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_run, args=(function, argument, sender), daemon=True)
    try:
        # Where no process can be had, nothing is received.
        with (
            _signals_held(),
            contextlib.suppress(OSError),
            warnings.catch_warnings(action="ignore", category=DeprecationWarning),
        ):
            child.start()
        sender.close()

        def finish() -> Result:
            found = _receive(receiver)
            return function(argument) if found is None else cast("Result", found)

        yield finish
    finally:
        if child.pid is not None:
            _end(child)
        receiver.close()


def _end(child: BaseProcess) -> None:
    """End a process with everything that it has started."""
    if child.is_alive() and hasattr(os, "killpg"):
        # Before it has made a group of its own there is none to kill, and nothing in it.
        with contextlib.suppress(OSError):
            os.killpg(cast("int", child.pid), signal.SIGKILL)
    child.kill()
    child.join()


@contextmanager
def _signals_held() -> Iterator[None]:
    """Have signals handled afterwards: around a fork Python drops whatever a handler raises."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[tuple[int, FrameType | None]] = []

    def hold(number: int, frame: FrameType | None) -> None:
        came.append((number, frame))

    held = {number: signal.getsignal(number) for number in _SIGNALS}
    handlers = {number: handler for number, handler in held.items() if callable(handler)}
    for held_number in handlers:
        signal.signal(held_number, hold)
    try:
        yield
    finally:
        for held_number, handler in handlers.items():
            signal.signal(held_number, handler)
    for number, frame in came:
        handlers[signal.Signals(number)](number, frame)


def _receive(receiver: Connection) -> object:
    try:
        return pickle.loads(receiver.recv_bytes())  # noqa: S301 - our own process has written it
    except (OSError, EOFError, pickle.UnpicklingError):
        return None


def _run(function: Callable[[Argument], object], argument: Argument, sender: Connection) -> None:
    if hasattr(os, "setpgid"):
        # So that what it starts, such as git, can be ended together with it.
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
    # An interrupt is the parent's to tell of.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in _SIGNALS[1:]:
        signal.signal(number, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()
    with contextlib.suppress(Exception):
        # Where this fails the parent does it again, and whoever waits there learns why.
        sender.send_bytes(pickle.dumps(function(argument), protocol=pickle.HIGHEST_PROTOCOL))


def _end_with_parent() -> None:
    """A parent that is killed can end nobody, and its children would work on for no one."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
