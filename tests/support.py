"""What many tests need: assets, a scan of one, and the command line run for real."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.model.configuration import DEFAULT_TESTS
from analyzer.model.globs import build_matcher
from analyzer.model.imports import CodeFacts
from analyzer.model.names import ProjectPath
from analyzer.sources.entry_points import find_plugins
from analyzer.sources.files import list_files
from analyzer.sources.import_resolver import build_import_resolver, build_program_resolver
from analyzer.sources.outline.code import Code
from analyzer.sources.outline.interest import NAMES, build_interest
from analyzer.sources.python_imports import scan_python
from analyzer.sources.roots import RootTable

ASSETS = Path(__file__).parent / "assets"


def copy_asset(name: str, target: Path) -> Path:
    """A fresh copy of an asset that a test may change."""
    project = target / name
    shutil.copytree(ASSETS / name, project, symlinks=True)
    return project


def write_tree(folder: Path, files: dict[str, str]) -> Path:
    """Write a tiny project."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def scan(project: Path, *, roots: Sequence[str] = ()) -> CodeFacts:
    """Scan a project as `analyse` does, without any registry."""
    return scan_python(
        project=project,
        listing=list_files(project=project, is_excluded=lambda _: False),
        configured_roots=[ProjectPath(root) for root in roots],
        is_test=build_matcher(DEFAULT_TESTS),
    )


def read_code(project: Path, *, roots: Sequence[str] = (), words: Sequence[bytes] = ()) -> Code:
    """The outlines of a project's Python files."""
    listing = list_files(project=project, is_excluded=lambda _: False)
    modules = [path for path in listing.files if path.endswith(".py")]
    data = {path: (project / path).read_bytes() for path in modules}
    table = RootTable(
        files=listing.files,
        aliases=listing.aliases,
        configured=[ProjectPath(root) for root in roots],
        is_test=build_matcher(DEFAULT_TESTS),
    )
    interest = build_interest(data.values(), more=(*words, *NAMES.words))
    return Code(
        files=modules,
        interesting=[path for path in modules if interest.is_in(data[path])],
        read_data=lambda path: data.get(path, b""),
        resolve_import=build_import_resolver(table=table, modules=modules),
        interest=interest,
        find_plugins=lambda: find_plugins(
            project=project, files=listing.files, resolve_module=build_program_resolver(table)
        ),
    )


def edges(facts: CodeFacts) -> list[str]:
    """The links of a scan as `importer:line imported kind`."""
    return [f"{one.importer}:{one.line} {one.imported} {one.kind}" for one in facts.links]


def git(project: Path, *arguments: str) -> str:
    """Run git in a project, as a committer who exists on no machine; gives what it prints."""
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", *identity, *arguments]
    result = subprocess.run(command, cwd=project, check=True, capture_output=True, text=True)
    return result.stdout.strip()


@dataclass(frozen=True)
class Run:
    """What one run of the command line gave."""

    code: int
    out: str
    err: str


def run_cli(*arguments: str, cwd: Path, **environment: str) -> Run:
    """Run `python -m analyzer` as users do, in a process of its own."""
    result: subprocess.CompletedProcess[Any] = subprocess.run(
        [sys.executable, "-m", "analyzer", *arguments],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Run(result.returncode, result.stdout, result.stderr)
