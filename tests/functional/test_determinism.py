"""Same input, same bytes: under any hash seed, and in whatever order a disk lists the files."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from analyzer.renderings.formats import FindingsFormat
from tests.functional.running import ROOT
from tests.support import ASSETS, write_tree

COMMANDS = {
    "status.json": ["status", "--format", "json"],
    "status.txt": ["-v", "status"],
    "show.json": ["show", "SHP-BE-SVC-ORD-001", "--format", "json"],
    "deps.json": ["deps", "SHP-BE-API-ORD-001", "--transitive", "--format", "json"],
    "reverse.json": ["deps", "SHP-BE-SVC-MAI-001", "--reverse", "--transitive", "--format", "json"],
    "why.json": ["why", "app.main", "app.settings", "--format", "json"],
    "impact.json": ["impact", "app.settings", "app.services", "--format", "json"],
    "impact.txt": ["impact", "web", "backend/app/services"],
    "orphans.json": ["orphans", "--format", "json"],
    **{f"check.{one}": ["check", "--format", one] for one in FindingsFormat},
    "list.json": ["registry", "list", "--format", "json"],
    "artifact.json": ["export", "--format", "json"],
    "artifact.csv": ["export", "--format", "csv"],
    "artifact.graphml": ["export", "--format", "graphml"],
    "module.json": ["export", "--level", "module", "--format", "json"],
    "module.csv": ["export", "--level", "module", "--format", "csv"],
    "module.graphml": ["export", "--level", "module", "--format", "graphml"],
    "wave-1.dot": ["diagram", "--wave", "1", "--format", "dot"],
    "wave-2.dot": ["diagram", "--wave", "2", "--format", "dot"],
    "wave-2.mmd": ["diagram", "--wave", "2", "--format", "mermaid"],
}
# All commands in one process of the seed: what is asked is the order of hashes, not the start-up.
DRIVER = """
import json, os, sys
from analyzer.cli.app import main
# Ends the process; here it is to go on.
os._exit = sys.exit
for name, arguments in json.loads(sys.argv[1]).items():
    sys.argv = ["analyzer", *arguments, "--output", f"../out/{name}"]
    try:
        main()
    except SystemExit as end:
        assert end.code in (0, 1), (name, end.code)
"""
# Shapes whose answers are sets at some point: several broken files, two services of one name, equal
# ways round, cycles, records with the same mistake.
MORE = {
    "analyzer.toml": "",
    "broken/one.py": "import (\n",
    "broken/two.py": "import (\n",
    "broken/three.py": "from ...... import x\n",
    "one/setup.py": "",
    "one/common/__init__.py": "",
    "one/common/base.py": "",
    "two/setup.py": "",
    "two/common/__init__.py": "",
    "two/common/base.py": "",
    "tools/report.py": "import common.base\nfrom common.base import x\n",
    "backend/app/left.py": "from app import settings, db\nfrom app.services import *\n",
    "backend/app/right.py": "import app.left, app.queue, app.services.orders\n",
    # An artifact of several files, each as near to its neighbours as the others.
    **{f"backend/app/many/m{number}.py": "import app.left, app.db\n" for number in range(8)},
    "docs/codebase-registry/artifacts/X0.yaml": "artifact_id: X0\npath: backend/app/many\n",
    "docs/codebase-registry/artifacts/X1.yaml": "artifact_id: X1\ntype: nothing\nname: right.py\n",
    "docs/codebase-registry/artifacts/X2.yaml": "artifact_id: X2\ntype: nothing\nname: left.py\n",
    "docs/codebase-registry/artifacts/X3.yaml": "artifact_id: X2\nname: __init__.py\n",
}


def copy_shuffled(source: Path, target: Path, *, seed: int) -> None:
    """Create the same files in another order: file systems list them as they came, or by a hash."""
    files = sorted(path for path in source.rglob("*") if path.is_file())
    random.Random(seed).shuffle(files)  # noqa: S311 - an order, not a secret
    for file in files:
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    original = tmp_path / "original"
    shutil.copytree(ASSETS / "shop", original)
    write_tree(original, MORE)
    runs = []
    for seed in range(3):
        project = tmp_path / f"run-{seed}" / "project"
        copy_shuffled(original, project, seed=seed)
        (project.parent / "out").mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT)}
        # Started at once, waited for together.
        command = [sys.executable, "-c", DRIVER, json.dumps(COMMANDS)]
        runs.append(subprocess.Popen(command, cwd=project, env=environment))
    assert [run.wait(timeout=60) for run in runs] == [0, 0, 0]
    for name in COMMANDS:
        first, *others = [(tmp_path / f"run-{seed}/out/{name}").read_bytes() for seed in range(3)]
        assert len(first) > 50, name
        assert all(other == first for other in others), name
        assert str(tmp_path).encode() not in first, name
