"""`check --max-length`: the flag outweighs the configuration."""

from __future__ import annotations

import json
import subprocess
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


RING = {"a.py": "import b\n", "b.py": "import a\n", "c.py": ""}
GROWN = {"b.py": "import a\nimport c\n", "c.py": "import a\n"}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        # A -> B opens the old cycle and the new one: `check` tells what it told before.
        ({}, ["b.py:2 T-SVC-B-001 T-SVC-B-001 -> T-SVC-C-001"]),
        ({"analyzer.toml": "[rules.DEP005]\nmax-length = 2\n"}, []),
        ({"analyzer.toml": "[rules.DEP005]\nseverity = 'off'\n"}, []),
        ({"b.py": "import a\nimport c  # analyzer: ignore[DEP005] until c is split\n"}, []),
        ({"c.py": ""}, []),
    ],
)
def test_a_new_way_round_that_an_old_cut_opens_too(
    change: dict[str, str], found: list[str], tmp_path: Path, invoke: Invoke
) -> None:
    records = {f"registry/{x}.yaml": record(f"T-SVC-{x}-001", f"{x.lower()}.py") for x in "ABC"}
    write_tree(tmp_path, {**RING, **records, "analyzer.toml": ""})
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
        subprocess.run(["git", *identity, *command], cwd=tmp_path, check=True)
    write_tree(tmp_path, GROWN | change)
    options = ["--base", "HEAD", "--select", "DEP005", "--format", "json"]
    document = json.loads(invoke("review", *options, cwd=tmp_path).out)
    assert [
        f"{one['path']}:{one['line']} {one['artifact']} {one['message'].partition('adds ')[2]}"
        for one in document["findings"]
    ] == found
    assert document["mended"] == []
