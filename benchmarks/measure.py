"""Starts one command and reports its time and memory: `measure.py CWD LIMIT STDOUT STDERR CMD...`.

A process of its own because Linux counts what a process held before `exec` into its peak: started
from the harness, which holds tables and parsed output, a small tool would seem to need as much.
Prints seconds, exit status, peak RSS in bytes and whether the limit was hit. Run it with `-I -S`.
"""

import os
import signal
import sys
import time


def main(arguments: list[str]) -> None:
    """Run the command and print one line."""
    folder, limit, stdout, stderr, *command = arguments
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            os.chdir(folder)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(os.open(stdout, flags, 0o600), 1)
            os.dup2(os.open(stderr, flags, 0o600), 2)
            os.execvp(command[0], command)
        finally:
            os._exit(127)
    stopped: list[int] = []

    def stop(number: int, _frame: object) -> None:
        stopped.append(number)
        os.killpg(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, float(limit))
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - began
    signal.setitimer(signal.ITIMER_REAL, 0)
    unit = 1 if sys.platform == "darwin" else 1024
    print(seconds, os.waitstatus_to_exitcode(status), usage.ru_maxrss * unit, len(stopped))


if __name__ == "__main__":
    main(sys.argv[1:])
