"""stdout, stderr, and what happens when either is taken away or the run is interrupted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.generate import generate_tree
from tests.functional.running import ROOT, Invoke
from tests.support import git, run_cli, write_tree


def start(
    *arguments: str, cwd: Path, stdout: int, temporary: Path | None = None
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "analyzer", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if temporary is not None:
        environment["TMPDIR"] = str(temporary)
    return subprocess.Popen(
        command,
        cwd=cwd,
        env=environment,
        stdout=stdout,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def test_stdout_is_json_whatever_is_wrong(shop: Path) -> None:
    """Broken code and broken records at once: the document is whole, stderr is silent."""
    write_tree(
        shop,
        {
            "backend/app/bad.py": "def (:\n",
            "backend/app/escapes.py": 's = "\\d"\nimport app.db\n',
            "docs/codebase-registry/artifacts/bad.yaml": "a: [\n",
            "docs/codebase-registry/artifacts/name.yaml": 'artifact_id: "\\a\\xe9\\U0001f600"\n',
        },
    )
    run = run_cli("-v", "check", "--format", "json", cwd=shop, PYTHONWARNINGS="always")
    document = json.loads(run.out)
    assert document["complete"] is False
    assert {"REG001", "SCN001"} <= {one["code"] for one in document["findings"]}
    assert run.err == ""
    assert run.code == 1
    # A terminal that cannot show a character gets an escape, not a traceback.
    plain = run_cli("check", cwd=shop, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert (plain.code, plain.err) == (1, "")


def test_no_colour_and_no_progress_where_nobody_looks(shop: Path, invoke: Invoke) -> None:
    for arguments in (["status"], ["check"], ["orphans"], ["--help"]):
        run = invoke(*arguments, cwd=shop)
        assert "\x1b" not in run.out
        assert "\r" not in run.out
        assert run.err == ""


def test_a_reader_that_goes_away(shop: Path) -> None:
    """`analyzer export | head -1`: more than a pipe holds, and nobody reads it."""
    files = {f"backend/app/gen/m{number}.py": "from app import db\n" * 20 for number in range(60)}
    write_tree(shop, files)
    run = start("export", "--level", "module", cwd=shop, stdout=subprocess.PIPE)
    assert run.stdout is not None
    assert run.stderr is not None
    assert run.stdout.readline() == b"{\n"
    run.stdout.close()
    errors = run.stderr.read()
    run.stderr.close()
    # Whether the last bytes were lost, and so 1, is for the system's pipe to say.
    assert run.wait(timeout=30) in (0, 1)
    assert errors == b""


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """5,000 modules: the analysis takes long enough to be interrupted anywhere."""
    project = tmp_path_factory.mktemp("big") / "project"
    generate_tree(project, modules=5000, seed=1, records=200)
    (project / "analyzer.toml").touch()
    return project


@pytest.mark.parametrize("delay", [0.15, 0.4, 0.8])
def test_interrupted(delay: float, big: Path) -> None:
    answer = big / "answer.json"
    answer.write_text("the old answer\n", encoding="utf-8")
    before = sorted(big.iterdir())
    run = start(
        "check", "--format", "json", "--output", "answer.json", cwd=big, stdout=subprocess.PIPE
    )
    time.sleep(delay)
    assert run.poll() is None, "ended before it could be interrupted"
    run.send_signal(signal.SIGINT)
    interrupted = time.monotonic()
    out, err = run.communicate(timeout=30)
    assert time.monotonic() - interrupted < 1
    assert (run.returncode, out, err) == (130, b"", b"analyzer: interrupted\n")
    assert answer.read_text(encoding="utf-8") == "the old answer\n"
    assert sorted(big.iterdir()) == before


def has_index(folder: Path) -> bool:
    """Whether the copy of the index is in it now: what is looked through comes and goes."""
    try:
        return any(folder.glob("**/index"))
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    ("ending", "code", "said"),
    [
        (signal.SIGINT, 130, b"analyzer: interrupted\n"),
        (signal.SIGTERM, 143, b"analyzer: ended by SIGTERM\n"),
        (signal.SIGHUP, 129, b"analyzer: ended by SIGHUP\n"),
    ],
)
def test_a_review_that_is_ended_leaves_nothing(
    ending: signal.Signals, code: int, said: bytes, reviewed: Path, tmp_path: Path
) -> None:
    """As a CI job that is cancelled: the base and the copy of the index are in no folder."""
    run = start(
        *("review", "--base", "HEAD"), cwd=reviewed, stdout=subprocess.PIPE, temporary=tmp_path
    )
    deadline = time.monotonic() + 20
    while not has_index(tmp_path):
        assert time.monotonic() < deadline
        assert run.poll() is None, "ended before it could be ended"
        time.sleep(0.001)
    # To the whole group and then again, as `timeout` and impatient people do.
    os.killpg(run.pid, ending)
    run.send_signal(ending)
    out, err = run.communicate(timeout=30)
    assert (run.returncode, out, err) == (code, b"", said)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that is large enough for processes of their own."""
    project = tmp_path_factory.mktemp("reviewed") / "project"
    generate_tree(project, modules=400, seed=1, records=50)
    git(project, "init", "--quiet")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "all")
    return project


def test_nohup(shop: Path) -> None:
    """A hang-up that is ignored from the start stays ignored."""
    run = subprocess.Popen(
        [*("nohup", sys.executable, "-c"), HANG_UP_WHILE_ANALYSING, "status"],
        cwd=shop,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, err = run.communicate(timeout=30)
    assert (run.returncode, err.replace(b"nohup: ignoring input\n", b"")) == (0, b"")
    assert out.startswith(b"Code ")


HANG_UP_WHILE_ANALYSING = """
import os, signal, sys
class Finder:
    def find_spec(name, path=None, target=None):
        if name == "analyzer.pipeline":
            os.kill(os.getpid(), signal.SIGHUP)
sys.meta_path.insert(0, Finder)
from analyzer.__main__ import run
run()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_killed(big: Path) -> None:
    """A run that is killed leaves no process that works on."""
    run = start("status", cwd=big, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while len(children := find_copies(run.pid)) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    run.kill()
    run.wait(timeout=30)
    killed = time.monotonic()
    while any(is_running(child) for child in children):
        assert time.monotonic() - killed < 2
        time.sleep(0.02)
    assert run.stderr is not None
    run.stderr.close()


def find_copies(process: int) -> list[str]:
    """The children of a process that run the same command: git, which it asks too, is none."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    commands = {child: Path(f"/proc/{child}/cmdline") for child in children}
    return [child for child, file in commands.items() if b"-m\0analyzer" in read_if_there(file)]


def is_running(process: str) -> bool:
    """Whether a process has not ended; a zombie has, and only its parent does not know yet."""
    stat = read_if_there(Path(f"/proc/{process}/stat"))
    return stat != b"" and b") Z " not in stat


def read_if_there(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


INTERRUPT_WHILE_LOADING = """
import os, signal, sys
class Finder:
    def find_spec(name, path=None, target=None):
        if name == "analyzer.cli.app":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder)
from analyzer.__main__ import run
run()
"""


def test_interrupted_while_modules_are_loaded() -> None:
    run = subprocess.run(
        [sys.executable, "-c", INTERRUPT_WHILE_LOADING],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (130, b"", b"analyzer: interrupted\n")


def test_a_file_is_replaced_whole(shop: Path, invoke: Invoke) -> None:
    """Its mode stays, a link stays a link, and nothing is left beside it."""
    target = shop / "answers" / "status.json"
    target.parent.mkdir()
    target.write_text("old " * 10_000, encoding="utf-8")
    target.chmod(0o640)
    (shop / "latest.json").symlink_to(target)
    assert invoke("status", "--format", "json", "-o", "latest.json", cwd=shop).code == 0
    assert json.loads(target.read_text(encoding="utf-8"))["command"] == "status"
    assert target.stat().st_mode & 0o777 == 0o640
    assert (shop / "latest.json").is_symlink()
    assert [file.name for file in target.parent.iterdir()] == ["status.json"]
    # A device cannot be replaced, only written to.
    assert invoke("status", "--output", "/dev/null", cwd=shop).code == 0


def test_interrupted_while_a_class_is_made(shop: Path) -> None:
    """Python 3.11 raises a RuntimeError there, whatever a handler has raised."""
    run = subprocess.run(
        [sys.executable, "-c", INTERRUPT_WHILE_A_CLASS_IS_MADE, "status"],
        cwd=shop,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=30,
    )
    assert (run.returncode, run.stdout, run.stderr) == (130, b"", b"analyzer: interrupted\n")


INTERRUPT_WHILE_A_CLASS_IS_MADE = """
import os, signal, sys
class Named:
    def __set_name__(self, owner, name):
        os.kill(os.getpid(), signal.SIGINT)
class Finder:
    def find_spec(name, path=None, target=None):
        if name == "analyzer.pipeline":
            type("Made", (), {"named": Named()})
sys.meta_path.insert(0, Finder)
from analyzer.__main__ import run
run()
"""
