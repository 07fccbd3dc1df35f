"""The harness: one table, a row for what fails, and the README's block."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import bench, commands, layout, report

SLOW = ["lint-imports", "tach map", "tach check", "pydeps", "analyzer --version", "analyzer --help"]
OURS = ["analyzer status", "analyzer status, 10 unreadable files"]


def test_one_run_prints_one_table_and_writes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(
        bench.README.read_text(encoding="utf-8").partition("## Results")[0]
        + f"{report.BEGIN}\nold\n{report.END}\nafter\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(bench, "README", readme)
    assert bench.main(["--modules", "20", "--runs", "1", "--write", "--skip", *SLOW, *OURS]) == 0
    printed = capsys.readouterr().out
    row = next(line for line in printed.splitlines() if "bare Grimp " in line and "| 20 " in line)
    cells = [cell.strip() for cell in row.split("|")]
    assert cells[1:4] == ["20 generated modules", "bare Grimp", "20"]
    assert cells[7] == "1.00"
    written = readme.read_text(encoding="utf-8")
    assert printed.strip() in written
    assert "old" not in written.partition(report.BEGIN)[2]
    assert written.endswith("after\n")
    assert str(tmp_path) not in printed


def test_the_readme_has_the_markers(tmp_path: Path) -> None:
    copy = tmp_path / "README.md"
    copy.write_text(bench.README.read_text(encoding="utf-8"), encoding="utf-8")
    report.write_into(copy, "new")
    assert "\n\nnew\n\n" in copy.read_text(encoding="utf-8")
    copy.write_text("no markers", encoding="utf-8")
    with pytest.raises(ValueError, match="lacks the line"):
        report.write_into(copy, "new")


def test_a_command_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    measure = Path(bench.__file__).with_name("measure.py")
    sleep = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]
    output = [str(tmp_path / "out"), str(tmp_path / "err")]
    result = subprocess.run(
        [sys.executable, "-I", "-S", str(measure), str(tmp_path), "0.2", *output, *sleep],
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, status, peak, stopped = result.stdout.split()
    assert 0.2 <= float(seconds) < 10
    assert (status, stopped) == ("-9", "1")
    assert int(peak) > 1_000_000


def test_a_flat_copy_has_every_file_that_grimp_can_read(tmp_path: Path) -> None:
    project = tmp_path / "project"
    files = {
        "app/__init__.py": b"",
        "app/main.py": b"from . import x\nfrom .... import beyond\n",
        "app/api/routes.py": b"import app.main\n",
        "check-env.py": b"import os\n",
        "bad.py": b"def (:\n",
        "latin.py": b'NAME = "caf\xe9"\n',
        "node_modules/skipped.py": b"import os\n",
        "env/pyvenv.cfg": b"",
        "env/skipped.py": b"import os\n",
    }
    for path, data in files.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_bytes(data)
    mirror = layout.copy_mirror(project, target=tmp_path / "mirror")
    assert mirror.files == (
        "app/__init__.py",
        "app/api/routes.py",
        "app/main.py",
        "bad.py",
        "check-env.py",
        "latin.py",
    )
    assert mirror.packages == ((".", "app"),)
    assert mirror.modules == ("app", "app.main")
    flat = layout.copy_flat(mirror, target=tmp_path / "flat")
    assert (flat.files, flat.left_out) == (4, 2)
    command = commands.bare_grimp_flat(flat)
    result = subprocess.run(command.arguments, capture_output=True, text=True, check=True)
    assert command.read_output is not None
    seen = command.read_output(result.stdout)
    assert seen is not None
    assert seen.files == 4
