"""The benchmark of records: what it measures and what it kills, on a small scale."""

from __future__ import annotations

from pathlib import Path

from benchmarks.records import kill_imports, measure_validation, write_registry


def test_a_killed_import_leaves_whole_records() -> None:
    """As `--kills 50` does on 200 records: it asserts that no file is half-written or lost."""
    seen = kill_imports(kills=1, records=40)
    assert seen["kills"] == 1
    assert seen["records found"] > 0


def test_a_validation_is_measured(tmp_path: Path) -> None:
    write_registry(tmp_path / "system", records=20)
    found = measure_validation(tmp_path / "system", runs=1)
    assert found.cpu_seconds > 0
    assert 10 < found.megabytes < 400
