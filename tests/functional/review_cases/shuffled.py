"""The command line in another process: other hashes, and folders that list their files otherwise.

One process answers many requests, so that its start is paid for once. It is spoken to in lines of
JSON: the arguments of a command come in, the exit code goes out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.functional.running import ROOT

_DRIVER = """
import gc, json, os, random, sys
from analyzer.cli.app import main

class Shuffled:
    def __init__(self, path="."):
        with scandir(path) as entries:
            found = sorted(entries, key=lambda entry: os.fsencode(entry.name))
        random.Random(7).shuffle(found)
        self.found = iter(found)
    def __iter__(self):
        return self
    def __next__(self):
        return next(self.found)
    def __enter__(self):
        return self
    def __exit__(self, *error):
        pass
    def close(self):
        pass

scandir = os.scandir
os.scandir = Shuffled
os.listdir = lambda path=".": [entry.name for entry in Shuffled(path)]
# Ends the process; here it is to go on.
os._exit = sys.exit
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
for line in sys.stdin:
    folder, *arguments = json.loads(line)
    os.chdir(folder)
    sys.argv = ["analyzer", *arguments]
    try:
        main()
    except SystemExit as end:
        code = end.code
    gc.enable()
    print(json.dumps(code), file=answers, flush=True)
"""


class ShuffledCommandLine:
    """The process, as somebody to ask."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, *arguments: str, cwd: Path) -> int:
        """Run a command, which has to write its answer with `--output`; gives its exit code."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([str(cwd), *arguments]), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        assert answer, "the process has ended"
        code = json.loads(answer)
        assert isinstance(code, int)
        return code


@contextmanager
def shuffled_command_line() -> Iterator[ShuffledCommandLine]:
    """Start the process and end it."""
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", _DRIVER],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield ShuffledCommandLine(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
