"""Times every tool in one run, round by round, and prints one table."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import commands, report
from benchmarks.commands import Command
from benchmarks.generate import SMALLEST_TREE, generate_tree
from benchmarks.layout import copy_flat, copy_mirror
from benchmarks.report import Row

README = Path(__file__).resolve().parent / "README.md"
_MEASURE = Path(__file__).resolve().parent / "measure.py"
_SIZES = (1_000, 10_000)
_BROKEN = 50
# For one run, and for all runs of one command together.
_LIMIT_SECONDS = 120.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and with `--write` put it into the README."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench", description=__doc__)
    parser.add_argument(
        "--modules",
        type=int,
        nargs="+",
        metavar="N",
        help=f"sizes of generated trees (default: {' '.join(map(str, _SIZES))}; none with --path)",
    )
    parser.add_argument(
        "--path", type=Path, action="append", default=[], metavar="DIR", help="measure on DIR too"
    )
    parser.add_argument("--runs", type=int, default=5, metavar="K", help="rounds (default: 5)")
    parser.add_argument("--seed", type=int, default=1, help="of the generated trees (default: 1)")
    parser.add_argument("--skip", nargs="+", default=[], metavar="COMMAND", help="leave rows out")
    parser.add_argument("--write", action="store_true", help="put the results into the README")
    asked = parser.parse_args(arguments)
    sizes = asked.modules or ([] if asked.path else list(_SIZES))
    if any(size < SMALLEST_TREE for size in sizes):
        parser.error(f"--modules: {SMALLEST_TREE} or more")
    if asked.runs < 1:
        parser.error("--runs: 1 or more")
    for path in asked.path:
        if not path.is_dir():
            parser.error(f"--path: {path} is no folder")
    load = os.getloadavg()[0]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="analyzer-bench-") as name:
        work = Path(name).resolve()
        groups = [_prepare_start()]
        groups += [_prepare_generated(work / f"g{n}", modules=n, seed=asked.seed) for n in sizes]
        groups += [
            _prepare_path(work / f"p{number}", project=path.resolve())
            for number, path in enumerate(asked.path)
        ]
        for group, group_commands in groups:
            kept = [command for command in group_commands if command.name not in asked.skip]
            rows += _measure_group(group, kept, rounds=asked.runs, work=work)
    table = report.render_table(rows, rounds=asked.runs)
    targets = report.render_targets(rows, broken=_BROKEN)
    machine = report.describe_machine(rounds=asked.runs, load=load)
    block = f"{machine}\n\n{table}\n\n{targets}"
    print(block)
    if asked.write:
        report.write_into(README, block)
    return 0


def _prepare_start() -> tuple[str, list[Command]]:
    names = ("--version", "--help")
    return report.START, [
        commands.bare_python(),
        *(commands.analyzer_start(name) for name in names),
    ]


def _prepare_generated(work: Path, *, modules: int, seed: int) -> tuple[str, list[Command]]:
    _say(f"writing {modules:,} modules")
    records = modules // 20
    clean = generate_tree(work / "clean", modules=modules, seed=seed, records=records)
    broken = generate_tree(
        work / "broken",
        modules=modules,
        seed=seed,
        records=records,
        broken=min(_BROKEN, modules // 2),
    )
    mirror = copy_mirror(clean.root, target=work / "mirror")
    return f"{modules:,} generated modules", [
        commands.bare_grimp(mirror),
        commands.analyzer_status(clean.root),
        commands.analyzer_status(broken.root, name=report.STATUS_BROKEN.format(len(broken.broken))),
        commands.ruff(mirror),
        commands.import_linter(mirror, layers=clean.packages),
        *commands.tach(mirror),
        commands.pydeps(mirror),
    ]


def _prepare_path(work: Path, *, project: Path) -> tuple[str, list[Command]]:
    _say(f"copying the Python files of {project.name}")
    mirror = copy_mirror(project, target=work / "mirror")
    flat = copy_flat(mirror, target=work / "flat")
    return project.name, [
        commands.bare_grimp_flat(flat),
        commands.analyzer_status(project),
        commands.ruff(mirror),
        commands.import_linter(mirror),
        *commands.tach(mirror),
        commands.pydeps(mirror),
    ]


def _measure_group(
    group: str, group_commands: Sequence[Command], *, rounds: int, work: Path
) -> list[Row]:
    """Run every command once in each round, so that noise hits all alike."""
    rows = [Row(group, command) for command in group_commands]
    waiting = [row for row in rows if row.command.arguments]
    for number in range(rounds):
        # Another order each time: nobody always runs after the same neighbour.
        start = number % max(1, len(waiting))
        for row in waiting[start:] + waiting[:start]:
            spent = sum(row.seconds)
            if not row.failure and spent < _LIMIT_SECONDS:
                _say(f"{group}, round {number + 1} of {rounds}: {row.command.name}")
                _run_once(row, work=work)
    return rows


def _run_once(row: Row, *, work: Path) -> None:
    command = row.command
    stdout, stderr = work / "stdout", work / "stderr"
    result = subprocess.run(
        [
            *(sys.executable, "-I", "-S", str(_MEASURE)),
            *(str(command.folder), str(_LIMIT_SECONDS), str(stdout), str(stderr)),
            *command.arguments,
        ],
        env={**os.environ, **command.environment},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, status, peak, stopped = result.stdout.split()
    if stopped != "0":
        row.failure = f"stopped after {_LIMIT_SECONDS:.0f} s"
        return
    output = stdout.read_text(encoding="utf-8", errors="replace")
    errors = stderr.read_text(encoding="utf-8", errors="replace")
    is_good = int(status) in command.good_statuses
    if is_good and command.read_output is not None and not row.seconds:
        row.seen = command.read_output(output)
        is_good = row.seen is not None
    if not is_good:
        row.failure = _describe_failure(int(status), errors or output, work=work)
        return
    row.seconds.append(float(seconds))
    row.peaks.append(int(peak))


def _describe_failure(status: int, text: str, *, work: Path) -> str:
    if "No module named" in text and "analyzer" in text:
        return "not there"
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    last = lines[-1] if lines else "no message"
    # The README says nothing of this machine's folders, and a bar would end the cell.
    last = last.replace(str(work), "…").replace(str(Path.home()), "~").replace("|", "/")
    return f"failed, exit {status}: {last[:60]}"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
