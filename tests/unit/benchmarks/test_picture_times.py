"""The times of pictures: one table, a row for each question."""

from __future__ import annotations

import pytest

from benchmarks import pictures


def test_one_run_prints_a_row_for_each_picture(capsys: pytest.CaptureFixture[str]) -> None:
    assert pictures.main(["--modules", "60", "--records", "30"]) == 0
    printed = capsys.readouterr().out
    rows = [line.split("|")[1].strip() for line in printed.splitlines() if line.startswith("|")]
    assert rows[:4] == ["picture", "---", "everything", "a wave"]
    assert {"around, 3 steps", "the impact of a folder"} <= {*rows}
    everything = next(line for line in printed.splitlines() if "| everything" in line)
    assert everything.split("|")[2].strip() == "30"


def test_numbers_that_do_not_fit_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert pictures.main(["--modules", "60", "--records", "300"]) == 2
    assert "records: 300; 0 to" in capsys.readouterr().err
