"""Run commands as users do, and hold whole answers against committed ones.

The expected answers stand in `tests/functional/expected/`. To write them anew:

    ANALYZER_UPDATE_EXPECTED=1 python -m pytest tests/functional/test_answers.py

Then read each changed line against the asset's source before you commit it.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from analyzer.cli.app import main
from analyzer.config import load_config
from analyzer.graph.system import System
from analyzer.pipeline import analyse
from tests.support import Run, write_tree

EXPECTED = Path(__file__).parent / "expected"
ROOT = Path(__file__).parent.parent.parent

Invoke = Callable[..., Run]
"""Arguments of the command line, and `cwd` -> what the run gave."""


def build_invoke(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Invoke:
    """The command line from arguments to bytes, in this process: no start-up to wait for."""

    def end(code: int) -> NoReturn:
        # The command line ends its process without taking it apart; here the process goes on.
        raise SystemExit(code)

    def invoke(*arguments: str, cwd: Path) -> Run:
        monkeypatch.setattr(sys, "argv", ["analyzer", *arguments])
        monkeypatch.setattr(os, "_exit", end)
        monkeypatch.chdir(cwd)
        capfdbinary.readouterr()
        try:
            with pytest.raises(SystemExit) as ended:
                main()
        finally:
            gc.enable()
            monkeypatch.undo()
        out, err = capfdbinary.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Run(code, out.decode(), err.decode())

    return invoke


def assert_expected(name: str, text: str) -> None:
    """Compare a whole answer with the committed one."""
    file = EXPECTED / name
    if os.environ.get("ANALYZER_UPDATE_EXPECTED"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8"), f"differs from {file.relative_to(ROOT)}"


def assert_refused(run: Run, *fragments: str) -> None:
    """A mistake of the user: exit 2, nothing on stdout, one clear line on stderr."""
    assert run.code == 2, run
    assert run.out == ""
    assert run.err.startswith("analyzer: ")
    assert run.err.count("\n") == 1
    assert run.err.endswith("\n")
    assert "internal error" not in run.err
    for fragment in fragments:
        assert fragment in run.err


def record(id_: str, path: str | None = None, **fields: str | int) -> str:
    """A record without any mistake, as YAML."""
    values: dict[str, str | int] = {
        "artifact_id": id_,
        "name": f"{id_}.py",
        "type": "service",
        "status": "active",
        "owner": "team",
        "purpose": "Does its work",
        "authority_level": "observe",
        "execution_surface": "server",
    }
    if path is not None:
        values["path"] = path
    values.update(fields)
    return "".join(f"{name}: {value}\n" for name, value in values.items())


def analyse_tree(folder: Path, files: dict[str, str], **records: str) -> System:
    """Write a tiny project and analyse it, with its `analyzer.toml` where it has one.

    Args:
        folder: where it is written.
        files: path -> text.
        records: letter -> path of the file that the artifact `T-SVC-<letter>-001` stands in.
    """
    registry = {
        f"registry/{name}.yaml": record(f"T-SVC-{name}-001", records[name]) for name in records
    }
    write_tree(folder, files | registry)
    return analyse(project=folder, config=load_config(project=folder, file=None))
