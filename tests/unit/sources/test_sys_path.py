"""Folders that a file adds to Python's path, one statement a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.model.names import ProjectPath
from analyzer.sources.sys_path import find_path_entries
from tests.support import read_code, write_tree

_HEAD = """import os, site, sys
from os.path import dirname, join
from pathlib import Path
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
"""


@pytest.mark.parametrize(
    ("statement", "folders"),
    [
        ("sys.path.insert(0, os.path.dirname(__file__))", ["a/b/c"]),
        ("sys.path.append(str(Path(__file__).parent.parent / 'lib'))", ["a/b/lib"]),
        ("sys.path.insert(0, join(dirname(os.path.abspath(__file__)), '..', 'lib'))", ["a/b/lib"]),
        ("sys.path.insert(0, join(dirname(dirname(__file__)), os.pardir, 'lib'))", ["a/lib"]),
        ("sys.path.insert(0, str(Path(__file__).resolve().parents[2]))", ["a"]),
        ("sys.path.insert(0, Path(__file__).parents[3].as_posix())", [""]),
        ("sys.path.insert(0, str(ROOT / 'lib'))", ["a/lib"]),
        ("sys.path.insert(0, str(HERE.with_name('lib')))", ["a/b/lib"]),
        ("sys.path.insert(0, f'{HERE}/lib')", ["a/b/c/lib"]),
        ("site.addsitedir(HERE.joinpath('lib', 'x'))", ["a/b/c/lib/x"]),
        ("sys.path += [str(HERE), 'lib']", ["a/b/c", "lib"]),
        ("for p in [HERE, ROOT]:\n    sys.path.insert(0, p)", ["a/b/c", "a"]),
        ("def f():\n    folder = HERE / 'lib'\n    sys.path.insert(0, folder)", ["a/b/c/lib"]),
        ("sys.path.insert(0, 'lib')\nsys.path.append('.')", ["lib", ""]),
        ("sys.path.insert(0, '/usr/lib')", []),
        ("sys.path.insert(0, '../lib')", []),
        ("sys.path.insert(0, os.environ['LIB'])", []),
        ("sys.path.insert(0, str(Path(__file__).parents[4]))", []),
        ("sys.path.insert(0, str(unknown / 'lib'))", []),
        ("x = []\nx.path = []\nx.path.append('lib')", []),
    ],
)
def test_an_entry(tmp_path: Path, statement: str, folders: list[str]) -> None:
    path = ProjectPath("a/b/c/run.py")
    code = read_code(write_tree(tmp_path, {path: f"{_HEAD}{statement}\n"}))
    assert list(find_path_entries(code, path)) == folders
