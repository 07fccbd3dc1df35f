"""Times `registry validate` on growing registries, and kills `registry import` while it writes.

    python -m benchmarks.records --records 1000 10000 50000
    python -m benchmarks.records --kills 50

The first prints seconds and memory of a whole process, start-up included, and what one more record
costs. The second starts an import of 200 records again and again, ends each run by SIGKILL after a
random time, and looks at what is there: every file has to be a record as a whole import writes it,
and an import that is left alone has to complete the rest and clear what was left behind.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_MEASURE = Path(__file__).with_name("measure.py")
_RECORD = """\
# Artifact Registry Entry - Backend Service
artifact_id: {id}
name: service_{number}.py
type: service
status: active
owner: team-{team}
wave: {wave}
purpose: Keeps the things of kind {number}, and answers for them
authority_level: mutate
execution_surface: server
path: app/service_{number}.py
traceability:
  product: system-wide
  console: internal
  domain: things
responsibility: |
  - Keeps
  - Answers
dependencies:
  - app.models.thing_{number}
notes: |
  Milestone: M{wave}
"""


def write_registry(project: Path, *, records: int) -> None:
    """A project with a file for each record, and a tenth of the records with a mistake."""
    (project / "app").mkdir(parents=True)
    (project / "registry").mkdir()
    (project / "analyzer.toml").touch()
    for number in range(records):
        text = _RECORD.format(
            id=f"APP-BE-SVC-{number // 999:05}-{number % 999:03}",
            number=number,
            team=number % 20,
            wave=number % 9,
        )
        if number % 10 == 0:
            text = text.replace("type: service", "type: servce")
        (project / "registry" / f"{number:06}.yaml").write_text(text, encoding="utf-8")
        (project / "app" / f"service_{number}.py").touch()


@dataclass(frozen=True, slots=True)
class Validation:
    """The best of some runs of `registry validate`."""

    seconds: float
    cpu_seconds: float
    """Of the process itself and the system, which others on the machine hardly change."""
    megabytes: float


def measure_validation(project: Path, *, runs: int = 3) -> Validation:
    """Run it some times on a registry with mistakes."""
    measured = [_measure_once(project) for _ in range(runs)]
    return Validation(
        min(one.seconds for one in measured),
        min(one.cpu_seconds for one in measured),
        min(one.megabytes for one in measured),
    )


def _measure_once(project: Path) -> Validation:
    launcher = [sys.executable, "-I", "-S", str(_MEASURE), str(project), "300"]
    command = [sys.executable, "-m", "analyzer", "-q", "registry", "validate"]
    before = _cpu_seconds()
    measured = subprocess.run(
        [*launcher, os.devnull, os.devnull, *command],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )
    seconds, status, peak, stopped = measured.stdout.split()
    if status != "1" or stopped != "0":
        raise RuntimeError(f"validate ended with {status}")
    return Validation(float(seconds), _cpu_seconds() - before, int(peak) / 1e6)


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def time_validation(sizes: Sequence[int]) -> None:
    """Print a row for each size."""
    print("| records | seconds | CPU seconds | peak MB | CPU µs for one more record |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base"
        write_registry(base, records=10)
        before, found_before = 10, measure_validation(base)
        for records in sizes:
            project = Path(folder) / str(records)
            write_registry(project, records=records)
            found = measure_validation(project)
            more = (found.cpu_seconds - found_before.cpu_seconds) / (records - before) * 1e6
            cells = (found.seconds, found.cpu_seconds)
            times = " | ".join(f"{cell:.2f}" for cell in cells)
            print(f"| {records:,} | {times} | {found.megabytes:.0f} | {more:.0f} |", flush=True)
            before, found_before = records, found
            shutil.rmtree(project)


def kill_imports(*, kills: int, records: int = 200, seed: int = 1) -> dict[str, int]:
    """Kill an import at random moments of its writing; gives what has been seen.

    Raises:
        AssertionError: a file was half-written or lost, or the next import did not mend the rest.
    """
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "analyzer.toml").touch()
        rows = [
            f"| `s{one}.py` | APP-BE-SVC-A-{one:03} | Does {one} | P1 |" for one in range(records)
        ]
        table = ["## Wave 1", "", "| File | ID | Purpose | Priority |", "|-|-|-|-|", *rows, ""]
        (project / "BACKLOG.md").write_text("\n".join(table), encoding="utf-8")
        run = _start_import(project)
        _wait_for_writing(run, project)
        began = time.perf_counter()
        run.wait()
        writing = time.perf_counter() - began
        expected = _read(project / "records")
        assert len(expected) == records
        seen = {"kills": 0, "while writing": 0, "records found": 0, "leftovers": 0}
        while seen["kills"] < kills:
            if chance.random() < 0.5:
                shutil.rmtree(project / "records")
                had = {}
            else:
                # Half of the runs complete records that are there.
                had = {name: data.replace(b"wave: 1\n", b"") for name, data in expected.items()}
                for name, data in had.items():
                    (project / "records" / name).write_bytes(data)
                    os.utime(project / "records" / name, (0, 0))
            run = _start_import(project)
            _wait_for_writing(run, project)
            time.sleep(chance.uniform(0, writing * 0.9))
            run.send_signal(signal.SIGKILL)
            killed = run.wait() == -signal.SIGKILL
            found = _read(project / "records")
            for name, data in found.items():
                assert data in (expected[name], had.get(name)), f"{name} is half-written"
            assert set(had) <= set(found), "a record is lost"
            done = sum(data == expected[name] for name, data in found.items())
            seen["kills"] += killed
            seen["while writing"] += killed and 0 < done < records
            seen["records found"] += len(found)
            seen["leftovers"] += len(_leftovers(project))
            assert _start_import(project).wait() == 0
            assert _read(project / "records") == expected
            assert not _leftovers(project)
    return seen


def _wait_for_writing(run: subprocess.Popen[bytes], project: Path) -> None:
    """Wait until the first file is written; those that were there before are from 1970."""
    while run.poll() is None:
        with contextlib.suppress(OSError), os.scandir(project / "records") as entries:
            if any(entry.stat().st_mtime > 0 for entry in entries):
                return
        time.sleep(0.001)


def _start_import(project: Path) -> subprocess.Popen[bytes]:
    command = ["registry", "import", "BACKLOG.md", "--to", "records"]
    return subprocess.Popen(
        [sys.executable, "-m", "analyzer", *command],
        cwd=project,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )


def _read(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.glob("[!.]*"))}


def _leftovers(project: Path) -> list[Path]:
    return list((project / "records").glob(".*"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.records", description=__doc__)
    parser.add_argument("--records", type=int, nargs="*", default=[1_000, 10_000, 50_000])
    parser.add_argument("--kills", type=int, default=0)
    asked = parser.parse_args(arguments)
    if asked.kills:
        seen = kill_imports(kills=asked.kills)
        print(", ".join(f"{name}: {number:,}" for name, number in seen.items()))
        return 0
    time_validation(asked.records)
    return 0


if __name__ == "__main__":
    sys.exit(main())
