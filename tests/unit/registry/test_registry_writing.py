"""Records are written whole, one process at a time, in the usual order."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from analyzer.model.errors import AnalyzerError
from analyzer.registry.writing import format_record, lock_registry
from analyzer.whole_files import write_whole
from tests.functional.running import ROOT

HOLD = """\
import sys, time
from pathlib import Path
from analyzer.registry.writing import lock_registry
with lock_registry(Path(sys.argv[1])):
    print("locked", flush=True)
    sys.stdin.read()
"""
WRITE_AND_STOP = """\
import os, sys
from pathlib import Path
import analyzer.whole_files
def stop(_):
    print("writing", flush=True)
    sys.stdin.read()
    os._exit(9)
analyzer.whole_files.os.fsync = stop
analyzer.whole_files.write_whole(Path(sys.argv[1]), "new")
"""


def _start(program: str, argument: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(argument)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() in ("locked\n", "writing\n")
    return process


def _kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_record_has_its_fields_in_the_usual_order_and_no_empty_ones() -> None:
    record = format_record(
        {
            "on_call": "no",
            "notes": "Location: backend/app/billing.py\nSince: M1\n",
            "path": ("backend/app/billing.py", "backend/app/rates/"),
            "wave": 2,
            "artifact_id": "SHOP-BE-SVC-BIL-001",
            "name": "@shop/billing (JavaScript)",
            "owner": None,
            "purpose": "Answer: what ran?",
            "dependencies": (),
        }
    )
    assert record == (
        "artifact_id: SHOP-BE-SVC-BIL-001\n"
        "name: '@shop/billing (JavaScript)'\n"
        "wave: 2\n"
        "path:\n"
        "  - backend/app/billing.py\n"
        "  - backend/app/rates/\n"
        "purpose: 'Answer: what ran?'\n"
        "dependencies: []\n"
        "notes: |\n"
        "  Location: backend/app/billing.py\n"
        "  Since: M1\n"
        "on_call: 'no'\n"
    )


def test_two_processes_are_never_in_one_folder_at_once(tmp_path: Path) -> None:
    """Who waits is told after a second, and gives up in the end; the lock leaves no file."""
    folder = tmp_path / "records"
    other = _start(HOLD, folder)
    told: list[str] = []
    with (
        pytest.raises(AnalyzerError, match="another run has been writing here for 1 seconds"),
        lock_registry(folder, report=told.append, wait=1.2),
    ):
        pytest.fail("both are in")
    assert told == [f"{folder}: waiting for another run that is writing here"]
    other.communicate()
    began = time.monotonic()
    with lock_registry(folder, report=told.append):
        assert time.monotonic() - began < 1
    assert list(folder.iterdir()) == []


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    other = _start(HOLD, tmp_path)
    _kill(other)
    with lock_registry(tmp_path, wait=0):
        assert list(tmp_path.iterdir()) == []


def test_what_is_no_folder_cannot_be_locked(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.touch()
    with pytest.raises(AnalyzerError, match=r"a\.yaml: cannot be used: "), lock_registry(file):
        pytest.fail("it is locked")


def test_a_killed_run_leaves_the_old_record_and_the_next_one_clears(tmp_path: Path) -> None:
    """What it leaves is no record; and what another run is still writing is not cleared."""
    record = tmp_path / "a.yaml"
    record.write_text("old", encoding="utf-8")
    writing = _start(WRITE_AND_STOP, record)
    with lock_registry(tmp_path):
        pass
    assert len(list(tmp_path.iterdir())) == 2
    _kill(writing)
    assert record.read_text(encoding="utf-8") == "old"
    (leftover,) = [file for file in tmp_path.iterdir() if file != record]
    assert leftover.name.startswith(".")
    assert leftover.suffix not in (".yaml", ".yml", ".md")
    with lock_registry(tmp_path):
        assert list(tmp_path.iterdir()) == [record]


def test_a_file_keeps_its_mode_and_its_line_ends(tmp_path: Path) -> None:
    record = tmp_path / "a.yaml"
    record.touch(mode=0o640)
    write_whole(record, "a: 1\r\nb: 2\n")
    assert record.read_bytes() == b"a: 1\r\nb: 2\n"
    assert record.stat().st_mode & 0o777 == 0o640
