"""`python -m analyzer`, and where the console script begins."""

from __future__ import annotations

import os
import signal


def run() -> None:
    """Start the command line; Ctrl-C while its modules are still being loaded ends it at once."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    from analyzer.cli.app import main  # noqa: PLC0415 - after the line above, which is its point

    main()


if __name__ == "__main__":
    run()
