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
from typing import NoReturn, TypeVar, cast

# How long a process may take to put away what it has on the disk.
_GRACE_S = 0.5

Argument = TypeVar("Argument")
Result = TypeVar("Result")


@contextmanager
def started(
    function: Callable[[Argument], Result], argument: Argument, *, apart: bool = True
) -> Iterator[Callable[[], Result]]:
    """Begin a call; its result is there when it is asked for.

    Where no process can be started, or it fails, the call is made here. Leaving the context ends
    the process, whatever it is doing.

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
            # Its temporary folders are its own to take away.
            child.terminate()
            child.join(_GRACE_S)
            child.kill()
            child.join()
        receiver.close()


def _receive(receiver: Connection) -> object:
    try:
        return pickle.loads(receiver.recv_bytes())  # noqa: S301 - our own process has written it
    except (OSError, EOFError, pickle.UnpicklingError):
        return None


def _run(function: Callable[[Argument], object], argument: Argument, sender: Connection) -> None:
    # An interrupt is the parent's to tell of.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()
    with contextlib.suppress(Exception):
        # Where this fails the parent does it again, and whoever waits there learns why.
        sender.send_bytes(pickle.dumps(function(argument), protocol=pickle.HIGHEST_PROTOCOL))


def _leave(*_: object) -> NoReturn:
    """Leave every context on the way out, which the signal on its own does not."""
    raise SystemExit(1)


def _end_with_parent() -> None:
    """A parent that is killed can end nobody, and its children would work on for no one."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
