"""`check --max-length`: the flag outweighs the configuration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.functional.running import Invoke, record
from tests.support import write_tree


@pytest.mark.parametrize(
    ("configured", "flag", "count"),
    [(None, None, 1), (2, None, 0), (None, "2", 0), (2, "3", 1), (3, "2", 0)],
)
def test_max_length(
    configured: int | None, flag: str | None, count: int, tmp_path: Path, invoke: Invoke
) -> None:
    ring = {"a": "b", "b": "c", "c": "a"}
    table = "" if configured is None else f"[rules.DEP005]\nmax-length = {configured}\n"
    files = {f"{name}.py": f"import {other}\n" for name, other in ring.items()}
    files |= {
        f"registry/{name}.yaml": record(f"T-SVC-{name.upper()}-001", f"{name}.py") for name in ring
    }
    write_tree(tmp_path, {**files, "analyzer.toml": table})
    arguments = [] if flag is None else ["--max-length", flag]
    run = invoke("check", "--select", "DEP005", "--format", "json", *arguments, cwd=tmp_path)
    assert len(json.loads(run.out)["findings"]) == count
    assert run.code == (1 if count else 0)


def test_no_cycle_is_so_short(tmp_path: Path, invoke: Invoke) -> None:
    run = invoke("check", "--max-length", "1", cwd=tmp_path)
    assert (run.code, run.out) == (2, "")
    assert "--max-length" in run.err
