"""The survey of what is no import: in this process or in one of its own, the same comes out."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from analyzer.model.configuration import DEFAULT_TESTS
from analyzer.model.survey import Survey
from analyzer.sources import survey
from analyzer.sources.files import list_files
from analyzer.sources.survey import SurveyRequest, started_survey
from tests.support import ASSETS, write_tree


def build_request(project: Path) -> SurveyRequest:
    return SurveyRequest(
        project=str(project),
        listing=list_files(project=project, is_excluded=lambda _: False),
        configured_roots=(),
        tests=DEFAULT_TESTS,
        task_decorators=(),
    )


def make(project: Path) -> Survey:
    with started_survey(build_request(project)) as finish:
        return finish()


ASSET_NAMES = ["shop", "web_fastapi", "web_flask", "web_django", "tasks_celery", "invocations"]


@pytest.mark.parametrize("asset", ASSET_NAMES)
def test_a_process_of_its_own_finds_the_same(asset: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = make(ASSETS / asset)
    assert here != Survey()
    monkeypatch.setattr(survey, "_FEWEST_FILES", 0)
    assert make(ASSETS / asset) == here
    assert multiprocessing.active_children() == []


def test_where_the_process_fails_everything_is_read_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = make(ASSETS / "web_flask")
    parent, real = os.getpid(), survey.survey_programs

    def fail_in_child(request: SurveyRequest) -> survey.ProgramSurvey:
        if os.getpid() != parent:
            raise RuntimeError
        return real(request)

    monkeypatch.setattr(survey, "_FEWEST_FILES", 0)
    monkeypatch.setattr(survey, "survey_programs", fail_in_child)
    assert make(ASSETS / "web_flask") == here


SELF = {
    "a command": (
        "import subprocess\nx = 'python'\n{x = x + ' y.py'}subprocess.run(x, shell=True)\n"
    ),
    "a path": (
        "import os, subprocess\nx = 'a'\n{x = os.path.join(x, 'b')}subprocess.run(['sh', x])\n"
    ),
    "a route": (
        "from fastapi import FastAPI\napp = FastAPI()\nx = '/a'\n{x = x + '/b'}"
        "@app.get(x)\ndef f(): ...\n"
    ),
    "a rule": (
        "from flask import Flask\napp = Flask('x')\nx = '/a'\n{x = x + '/b'}"
        "@app.route(x)\ndef f(): ...\n"
    ),
    "a task": (
        "from celery import Celery\napp = Celery()\n{x = x + 'b'}@app.task(name=x)\ndef f(): ...\n"
    ),
    "a circle": (
        "import importlib\na = b or c or d\nb = c or d or a\nc = d or a or b\nd = a or b or c\n"
        "importlib.import_module(a)\n"
    ),
}


@pytest.mark.parametrize("case", SELF)
def test_what_is_assigned_from_itself_ends(case: str, tmp_path: Path) -> None:
    """Each further assignment once doubled the time: with twelve this test would not end."""
    start, brace, rest = SELF[case].partition("{")
    statement, _, end = rest.partition("}")
    text = start + f"{statement}\n" * 12 + end if brace else start
    assert make(write_tree(tmp_path, {"app/a.py": text, "y.py": ""})).links == ()


def test_where_no_process_can_be_had_everything_is_read_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = make(ASSETS / "web_flask")

    def refuse(_: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(survey, "_FEWEST_FILES", 0)
    monkeypatch.setattr(multiprocessing.context.ForkProcess, "start", refuse)
    assert make(ASSETS / "web_flask") == here


def test_leaving_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "_FEWEST_FILES", 0)
    with started_survey(build_request(ASSETS / "web_django")):
        assert len(multiprocessing.active_children()) == 2
    assert multiprocessing.active_children() == []


def test_routers_that_only_tests_mount_are_mounted_nowhere(tmp_path: Path) -> None:
    files = {
        "app/api.py": (
            "from fastapi import APIRouter\n\nrouter = APIRouter()\n\n\n"
            "@router.get('/x')\ndef x():\n    pass\n"
        ),
        "app/main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
        "tests/test_api.py": (
            "from fastapi import FastAPI\n\nfrom app.api import router\n\n"
            "app = FastAPI()\napp.include_router(router)\n"
        ),
    }
    routes = make(write_tree(tmp_path, files)).routes
    assert [one.path for one in routes.applications] == ["app/main.py"]
    assert [(one.route, one.application) for one in routes.endpoints] == [("/x", None)]
    assert [one.path for one in routes.unmounted] == ["app/api.py"]
