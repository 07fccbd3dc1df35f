"""Draws the table, the targets and the machine; puts them into the README."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.commands import BARE_GRIMP, STATUS, Command, Seen

STATUS_BROKEN = "analyzer status, {} unreadable files"
START = "start-up"
BEGIN = "<!-- results: begin (written by `python -m benchmarks.bench --write`) -->"
END = "<!-- results: end -->"
_TOOLS = ("grimp", "ruff", "import-linter", "tach", "pydeps")
_MEGABYTE = 1_000_000


@dataclass(slots=True)
class Row:
    """What was measured of one command. Mutable: rounds add to it."""

    group: str
    command: Command
    seconds: list[float] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)
    """Bytes."""
    seen: Seen | None = None
    failure: str = ""

    @property
    def best(self) -> float | None:
        """Seconds of the fastest run; `None` where none was good."""
        return None if self.failure or not self.seconds else min(self.seconds)


def render_table(rows: Sequence[Row], *, rounds: int) -> str:
    """Draw a Markdown table that is aligned, so that it reads well in a terminal too."""
    header = ["on", "command", "files", "imports", "best s", "median s"]
    header += [f"/ {BARE_GRIMP}", "peak MB", ""]
    lines = [header]
    for row in rows:
        best, bare = row.best, _best_of(rows, group=row.group, name=BARE_GRIMP)
        notes = [row.failure or row.command.note]
        if best is not None and len(row.seconds) < rounds:
            notes.append(f"{len(row.seconds)} of {rounds} runs")
        seen = row.seen or Seen(None, None)
        if seen.unscanned:
            notes.append(f"lists {seen.unscanned} unscanned")
        lines.append(
            [
                row.group,
                row.command.name,
                "" if seen.files is None else f"{seen.files:,}",
                "" if seen.imports is None else f"{seen.imports:,}",
                "" if best is None else f"{best:.3f}",
                "" if best is None else f"{statistics.median(row.seconds):.3f}",
                "" if best is None or bare is None else f"{best / bare:.2f}",
                "" if best is None else f"{min(row.peaks) / _MEGABYTE:.0f}",
                "; ".join(note for note in notes if note),
            ]
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    is_number = [2 <= column <= 7 for column in range(len(header))]
    rule = ["-" * (w - 1) + ":" if n else "-" * w for w, n in zip(widths, is_number, strict=True)]
    drawn = [_draw(lines[0], widths, is_number), _draw(rule, widths, is_number)]
    drawn += [_draw(line, widths, is_number) for line in lines[1:]]
    return "\n".join(drawn)


def _draw(cells: list[str], widths: list[int], is_number: list[bool]) -> str:
    padded = [
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(cells, widths, is_number, strict=True)
    ]
    return f"| {' | '.join(padded)} |"


def render_targets(rows: Sequence[Row], *, broken: int) -> str:
    """Say for each target of this project whether the run met it."""
    start = _best_of(rows, group=START, name="analyzer --version")
    lines = [
        _target(f"`{name}` in under 0.3 s", _best_of(rows, group=START, name=name), 0.3)
        for name in ("analyzer --version", "analyzer --help")
    ]
    for group in dict.fromkeys(row.group for row in rows if row.group != START):
        bare = _best_of(rows, group=group, name=BARE_GRIMP)
        status = _best_of(rows, group=group, name=STATUS)
        limit = None if bare is None or start is None else 2 * bare + start
        text = f"`status` on {group}: at most twice bare Grimp, plus start-up"
        lines.append(_target(text, status, limit))
        name = STATUS_BROKEN.format(broken)
        if any(row.group == group and row.command.name == name for row in rows):
            text = (
                f"`status` on {group} with {broken} unreadable files: at most twice the clean one"
            )
            limit = None if status is None else 2 * status
            lines.append(_target(text, _best_of(rows, group=group, name=name), limit))
    for row in rows:
        is_large = row.seen is not None and (row.seen.files or 0) >= 10_000
        if row.command.name == STATUS and row.peaks and is_large:
            text = f"`status` on {row.group}: under 500 MB"
            lines.append(_target(text, min(row.peaks) / _MEGABYTE, 500, unit="MB"))
    return "\n".join(f"- {line}" for line in lines)


def _target(text: str, value: float | None, limit: float | None, *, unit: str = "s") -> str:
    if value is None or limit is None:
        return f"{text}: not measured"
    digits = 0 if unit == "MB" else 3
    verdict = "met" if value <= limit else "**missed**"
    return f"{text}: {verdict}, {value:.{digits}f} of {limit:.{digits}f} {unit}"


def _best_of(rows: Iterable[Row], *, group: str, name: str) -> float | None:
    for row in rows:
        if row.group == group and row.command.name == name:
            return row.best
    return None


def describe_machine(*, rounds: int, load: float) -> str:
    """When and on what; no host name and no paths."""
    versions = []
    for tool in _TOOLS:
        try:
            versions.append(f"{tool} {importlib.metadata.version(tool)}")
        except importlib.metadata.PackageNotFoundError:
            versions.append(f"{tool} not installed")
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1_000_000_000
    return (
        f"{today}; {platform.system()} {platform.machine()}, {_processor()}, "
        f"{os.cpu_count()} cores, {memory:.0f} GB; load before the run {load:.1f}; "
        f"{rounds} rounds; {platform.python_implementation()} {platform.python_version()}, "
        f"{', '.join(versions)}."
    )


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or "processor unknown"


def write_into(readme: Path, block: str) -> None:
    """Replace what stands between the markers.

    Raises:
        ValueError: the file does not hold both markers, once and in order.
    """
    text = readme.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{readme.name}: lacks the line {BEGIN if not begin else END}")
    new = readme.with_suffix(".new")
    new.write_text(f"{before}{begin}\n\n{block}\n\n{end}{after}", encoding="utf-8")
    new.replace(readme)
