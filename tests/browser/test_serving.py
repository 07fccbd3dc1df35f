"""`explore --serve`: on this machine only, anew after each change, and never a traceback."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from analyzer.cli.serving import ShownPage, Stamps
from analyzer.model.errors import AnalyzerError
from tests.functional.running import ROOT, record
from tests.support import run_cli, write_tree

_PATIENCE_S = 20
# The page waits a tenth of what it waits for people.
_IMPATIENT = "const wait = setTimeout; window.setTimeout = (call, ms) => wait(call, ms / 10)"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(
        tmp_path / "project",
        {
            "analyzer.toml": "",
            "a.py": "import b\n",
            "b.py": "",
            "c.py": "",
            "registry/a.yaml": record("T-SVC-AAA-001", "a.py"),
            "registry/b.yaml": record("T-SVC-BBB-001", "b.py"),
        },
    )


Serve = Callable[..., tuple[subprocess.Popen[str], str]]


@pytest.fixture
def serve(project: Path) -> Iterator[Serve]:
    """Start the command; it has printed its address."""
    started: list[subprocess.Popen[str]] = []

    def start(*options: str) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "analyzer", "explore", "--serve", *options],
            cwd=project,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stderr is not None
        line = process.stderr.readline()
        address = re.fullmatch(
            r"analyzer: (http://127\.0\.0\.1:\d+/) shows the page; Ctrl-C ends it\n", line
        )
        assert address is not None, line
        return process, address[1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def _ask(url: str, **headers: str) -> str:
    asked = urllib.request.Request(url, headers=headers)  # noqa: S310 - our own server
    with urllib.request.urlopen(asked, timeout=_PATIENCE_S) as answer:  # noqa: S310
        text: str = answer.read().decode()
        return text


def _wait_for_problem(address: str, fits: Callable[[str | None], bool]) -> str | None:
    end = time.monotonic() + _PATIENCE_S
    while True:
        problem: str | None = json.loads(_ask(f"{address}version"))["problem"]
        if fits(problem):
            return problem
        assert time.monotonic() < end, problem
        time.sleep(0.1)


def test_page_follows_code_configuration_and_registry(
    browser: Browser, serve: Serve, project: Path
) -> None:
    process, address = serve()
    page = browser.new_page()
    page.add_init_script(_IMPATIENT)
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.goto(f"{address}#view=artifacts")
    cells = page.locator("tbody td:first-child")
    expect(cells).to_have_text(["T-SVC-AAA-001", "T-SVC-BBB-001"])

    (project / "registry" / "c.yaml").write_text(record("T-SVC-CCC-001", "c.py"))
    expect(cells).to_have_text(["T-SVC-AAA-001", "T-SVC-BBB-001", "T-SVC-CCC-001"], timeout=15_000)
    # The state stands in the address, and stays.
    assert page.url == f"{address}#view=artifacts"

    (project / "c.py").write_text("import a\n")
    used = page.locator("tbody tr:first-child td:nth-child(8)")
    expect(used).to_have_text("1", timeout=15_000)

    (project / "analyzer.toml").write_text("[scope\n")
    word = page.locator("#word")
    expect(word).to_contain_text(
        "This page is the last good one: analyzer.toml:1: not readable as TOML", timeout=15_000
    )
    expect(cells).to_have_count(3)
    (project / "analyzer.toml").write_text("")
    expect(word).to_have_text("", timeout=15_000)

    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=_PATIENCE_S)
    assert process.returncode == 130
    assert out == ""
    assert err.splitlines()[-1] == "analyzer: interrupted"
    assert "Traceback" not in err
    expect(word).to_contain_text("The server has ended", timeout=15_000)
    page.close()
    # What the browser itself says about a server that is gone.
    assert [text for text in wrong if "ERR_CONNECTION_REFUSED" not in text] == []


def test_it_answers_this_machine_only_and_keeps_the_last_good_page(
    serve: Serve, project: Path
) -> None:
    _, address = serve()
    before = _ask(address)
    # So a change between the page and its first question is no change that it never hears of.
    known = json.loads(_ask(f"{address}version"))["version"]
    assert f'data-served="{known}"' in before
    assert before.startswith("<!doctype html>")
    for url, headers in (
        (address, {"Host": "elsewhere.example"}),
        (f"{address}etc/passwd", {}),
        (f"{address}../../etc/passwd", {}),
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            _ask(url, **headers)
        assert refused.value.code in {403, 404}
        refused.value.close()

    # A browser names no port where it is that of the web.
    for host in ("127.0.0.1", "localhost"):
        assert _ask(address, Host=host) == before

    registry = project / "registry"
    registry.rename(project / "elsewhere")
    problem = _wait_for_problem(address, lambda one: one is not None)
    assert problem is not None
    assert problem.startswith("no registry found")
    assert _ask(address) == before
    (project / "elsewhere").rename(registry)
    _wait_for_problem(address, lambda one: one is None)
    assert _ask(address) == before


def test_a_port_in_use_is_told_in_one_line(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = run_cli("explore", "--serve", "--port", str(port), cwd=project)
    assert run.code == 2
    assert run.err == (
        f"analyzer: port {port}: cannot be listened on: Address already in use; name another "
        "with --port, or none\n"
    )


def test_a_project_that_was_away_is_looked_at_again_when_it_is_back() -> None:
    """As it was before: what was wrong is wrong no more."""
    states: list[Stamps | None] = [{"a": (1, 1)}, None, {"a": (1, 1)}]

    def find() -> Stamps:
        found = states.pop(0)
        if found is None:
            raise AnalyzerError("the project is not there")
        return found

    page = ShownPage(lambda: "page", find, look_every_s=0)
    assert page.look()[1] == "the project is not there"
    assert page.look()[1] is None
