"""`python -m analyzer`, and where the console script begins."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import NoReturn


def run() -> None:
    """Start the command line; Ctrl-C while its modules are still being loaded ends it at once."""
    signal.signal(signal.SIGINT, _stop)
    from analyzer.cli.app import main  # noqa: PLC0415 - after the line above, which is its point

    main()


def _stop(*_: object) -> NoReturn:
    # The same line as later on, without anything that may be half loaded.
    with contextlib.suppress(OSError):
        os.write(2, b"analyzer: interrupted\n")
    os._exit(130)


if __name__ == "__main__":
    run()
