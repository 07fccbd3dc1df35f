"""Programs that Python code starts, one call a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.model.configuration import DEFAULT_TESTS
from analyzer.model.globs import build_matcher
from analyzer.sources.files import list_files
from analyzer.sources.import_resolver import build_program_resolver
from analyzer.sources.invocations import build_commands
from analyzer.sources.program_runs import find_program_runs
from analyzer.sources.roots import RootTable
from tests.support import read_code, write_tree

_HEAD = """import asyncio, os, runpy, subprocess, sys
import uvicorn
from pathlib import Path
from subprocess import run as start
HERE = Path(__file__).parent
COMMAND = ["python", "scripts/job.py"]
"""
_FILES = {
    "app/__init__.py": "",
    "app/main.py": "",
    "app/worker/__main__.py": "",
    "scripts/job.py": "",
    "scripts/other.sh": "",
    "tests/test_x.py": "",
}
_JOB = ["scripts/job.py:7"]
_MAIN = ["app/main.py:7"]


@pytest.mark.parametrize(
    ("statement", "started"),
    [
        ("subprocess.run([sys.executable, 'scripts/job.py'])", _JOB),
        ("subprocess.run([\n    sys.executable,\n    'scripts/job.py',\n])", ["scripts/job.py:9"]),
        ("subprocess.Popen(['python3', '-m', 'app.main', '--all'], cwd='.')", _MAIN),
        ("subprocess.check_call(args=[sys.executable, str(HERE / 'job.py')])", _JOB),
        ("subprocess.check_output([sys.executable, HERE / 'job.py'])", _JOB),
        ("subprocess.call(['python', 'job.py'], cwd=HERE)", _JOB),
        ("subprocess.call(['python', 'job.py'], cwd='app')", []),
        ("subprocess.run(COMMAND)", ["scripts/job.py:6"]),
        ("subprocess.run([*COMMAND, '-v'])", ["scripts/job.py:6"]),
        ("start('bash scripts/other.sh', shell=True)", ["scripts/other.sh:7"]),
        ("subprocess.run(f'python scripts/job.py {x}', shell=True)", _JOB),
        ("os.system('cd scripts && python job.py')", _JOB),
        ("os.execv(sys.executable, ['python', '-m', 'app.worker'])", ["app/worker/__main__.py:7"]),
        ("os.execlp('python', 'python', 'scripts/job.py')", _JOB),
        ("asyncio.create_subprocess_exec(sys.executable, 'scripts/job.py')", _JOB),
        ("asyncio.create_subprocess_shell('python -m app.main')", _MAIN),
        ("runpy.run_path('scripts/job.py')", _JOB),
        ("runpy.run_module('app.worker', run_name='__main__')", ["app/worker/__main__.py:7"]),
        ("uvicorn.run('app.main:app', reload=True)", _MAIN),
        ("uvicorn.run(app)", []),
        ("subprocess.run(['pytest', 'tests/test_x.py'])", ["tests/test_x.py:7 test"]),
        ("subprocess.run(['git', 'status'])\nos.system(x)\nsubprocess.run(y)", []),
        ("run = print\nrun(['python', 'scripts/job.py'])", []),
    ],
)
def test_a_call(tmp_path: Path, statement: str, started: list[str]) -> None:
    project = write_tree(tmp_path, {**_FILES, "scripts/start.py": f"{_HEAD}{statement}\n"})
    listing = list_files(project=project, is_excluded=lambda _: False)
    table = RootTable(
        files=listing.files, aliases={}, configured=(), is_test=build_matcher(DEFAULT_TESTS)
    )
    commands = build_commands(
        project=project, files=listing.files, resolve_module=build_program_resolver(table)
    )
    found = find_program_runs(read_code(project), commands)
    assert {one.link.importer for one in found} <= {"scripts/start.py"}
    assert [
        f"{one.link.imported}:{one.link.line}{' test' if one.is_test_run else ''}" for one in found
    ] == started
