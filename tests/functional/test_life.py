"""What starts things, what that reaches, and why: one small system, asked from all sides."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.functional.running import Invoke, assert_refused, record
from tests.functional.shapes import check_document
from tests.support import write_tree

FILES = {
    "Dockerfile": (
        'FROM python:3.12\nCOPY app /srv/app\nWORKDIR /srv\nCMD ["uvicorn", "app.main:app"]\n'
    ),
    "app/__init__.py": "",
    "app/main.py": (
        "from fastapi import FastAPI\n\n"
        "from app.api import users\n\n"
        "app = FastAPI()\n"
        "app.include_router(users.router, prefix='/v1')\n"
        "# app.include_router(old.router)\n"
    ),
    "app/api/users.py": (
        "from fastapi import APIRouter\n\n"
        "from app.services import mail\n\n"
        "router = APIRouter(prefix='/users')\n\n\n"
        "@router.get('/{user_id}')\n"
        "async def get_user(user_id: int):\n"
        "    return mail.send(user_id)\n"
    ),
    "app/api/old.py": (
        "from fastapi import APIRouter\n\n"
        "from app.services import legacy\n\n"
        "router = APIRouter()\n\n\n"
        "@router.get('/old')\n"
        "async def old():\n"
        "    return legacy\n"
    ),
    "app/services/mail.py": "def send(user_id):\n    return user_id\n",
    "app/services/legacy.py": "",
    "app/services/report.py": (
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import app.services.mail\n"
    ),
    "scripts/report.py": 'import app.services.report\n\nif __name__ == "__main__":\n    pass\n',
    "records/users.yaml": record("T-API-USR-001", "app/api/users.py", type="api-route"),
    "records/old.yaml": record("T-API-OLD-001", "app/api/old.py", type="api-route"),
    "records/mail.yaml": record("T-SVC-MAI-001", "app/services/mail.py"),
    "records/legacy.yaml": record("T-SVC-LEG-001", "app/services/legacy.py"),
    "records/report.yaml": record("T-SVC-REP-001", "app/services/report.py"),
    "analyzer.toml": 'registry = ["records"]\n',
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_tree(tmp_path, FILES)


def ask(invoke: Invoke, project: Path, *arguments: str) -> Any:
    run = invoke(*arguments, "--format", "json", cwd=project)
    assert run.err == ""
    return json.loads(run.out)


def test_status_counts_what_starts_things(project: Path, invoke: Invoke) -> None:
    found = ask(invoke, project, "status")
    assert found["entry_points"] == {"invoked": 1, "main-guard": 1, "web-application": 1}
    assert found["endpoints"] == {"total": 2, "mounted": 1, "doubtful": 0}
    text = invoke("status", cwd=project).out
    assert "Started     2 files by 3 entry points" in text
    assert "Routes      2 endpoints, 1 not mounted" in text


def test_show_lists_endpoints_and_what_is_not_mounted(project: Path, invoke: Invoke) -> None:
    found = ask(invoke, project, "show", "T-API-USR-001")
    assert found["endpoints"] == [
        {
            "artifact": "T-API-USR-001",
            "method": "GET",
            "path": "/v1/users/{user_id}",
            "handler": "get_user",
            "file": "app/api/users.py",
            "line": 8,
            "application": "app/main.py",
            "doubtful": False,
        }
    ]
    (application,) = found["applications"]
    assert application["path"] == "app/main.py"
    assert [one["declared_in"] for one in application["entry_points"]] == ["Dockerfile"]
    (router,) = ask(invoke, project, "show", "T-API-OLD-001")["unmounted"]
    assert (router["file"], router["line"], router["name"]) == ("app/api/old.py", 5, "router")
    assert "app/main.py:7" in router["explanation"]
    text = invoke("show", "T-API-USR-001", cwd=project).out
    assert "GET  /v1/users/{user_id}  app/api/users.py:8 get_user" in text
    assert "Mounted on app/main.py, which is started by" in text


def test_what_may_be_mounted_is_told_so(project: Path, invoke: Invoke) -> None:
    main = (project / "app/main.py").read_text()
    handed = "from app.api import old\nimport plugins\nplugins.load(old.router)\n"
    write_tree(project, {"app/main.py": main + handed})
    found = ask(invoke, project, "show", "T-API-OLD-001")
    assert [one["doubtful"] for one in (*found["endpoints"], *found["unmounted"])] == [True, True]
    assert ask(invoke, project, "status")["endpoints"] == {"total": 2, "mounted": 1, "doubtful": 1}
    text = invoke("show", "T-API-OLD-001", cwd=project).out
    assert "  (may be mounted)\napp/api/old.py:5: `router` may be mounted: app/main.py:" in text
    assert "2 endpoints, 0 not mounted, of 1 that is not known" in invoke("status", cwd=project).out
    assert "T-API-OLD-001" not in invoke("orphans", cwd=project).out
    assert len(ask(invoke, project, "impact", "T-API-OLD-001")["endpoints"]) == 1


def test_show_says_what_starts_an_artifact(project: Path, invoke: Invoke) -> None:
    write_tree(project, {"records/main.yaml": record("T-SVC-MAN-001", "app/main.py")})
    points = ask(invoke, project, "show", "T-SVC-MAN-001")["entry_points"]
    assert [(one["kind"], one["declared_in"], one["line"]) for one in points] == [
        ("invoked", "Dockerfile", 4),
        ("web-application", "app/main.py", 5),
    ]


def test_impact_names_endpoints(project: Path, invoke: Invoke) -> None:
    (endpoint,) = ask(invoke, project, "impact", "T-SVC-MAI-001")["endpoints"]
    assert (endpoint["method"], endpoint["path"]) == ("GET", "/v1/users/{user_id}")
    assert ask(invoke, project, "impact", "T-SVC-LEG-001")["endpoints"] == []
    assert len(ask(invoke, project, "impact", "app/main.py")["endpoints"]) == 1


def test_orphans_and_their_reasons(project: Path, invoke: Invoke) -> None:
    found = ask(invoke, project, "orphans")["orphans"]
    assert [(one["artifact"], one["reason"], one["confidence"]) for one in found] == [
        ("T-API-OLD-001", "unmounted-route", "certain"),
        ("T-SVC-LEG-001", "unreachable", "certain"),
        ("T-SVC-REP-001", "scripts-only", "certain"),
    ]


def test_the_whole_reasoning(project: Path, invoke: Invoke) -> None:
    found = ask(invoke, project, "orphans", "--explain", "T-SVC-MAI-001")
    check_document(found, body="orphans explained", command="orphans")
    assert found["orphans"] == []
    assert [(one["importer"], one["line"]) for one in found["chain"]] == [
        ("app/main.py", 3),
        ("app/api/users.py", 3),
    ]
    roles = [(one["link"]["importer"], one["role"]) for one in found["importers"]]
    assert roles == [("app/api/users.py", "live")]
    text = invoke("orphans", "--explain", "T-SVC-LEG-001", cwd=project).out
    assert text.startswith("T-SVC-LEG-001: unreachable (certain)\n")
    assert "dead       app/api/old.py:3: from app.services import legacy" in text


def test_fail_with_an_explanation(project: Path, invoke: Invoke) -> None:
    assert invoke("orphans", "--explain", "T-SVC-LEG-001", "--fail", cwd=project).code == 1
    assert invoke("orphans", "--explain", "T-SVC-MAI-001", "--fail", cwd=project).code == 0


def test_kinds(project: Path, invoke: Invoke) -> None:
    assert ask(invoke, project, "deps", "T-SVC-REP-001")["dependencies"][0]["kinds"] == [
        "type-checking"
    ]
    assert ask(invoke, project, "deps", "T-SVC-REP-001", "--kinds", "runtime")["dependencies"] == []
    without = ask(invoke, project, "impact", "T-SVC-MAI-001")["affected"]
    named = ask(invoke, project, "impact", "T-SVC-MAI-001", "--kinds", "runtime,type-checking")
    assert [one["artifact"] for one in without] == ["T-API-USR-001"]
    assert [one["artifact"] for one in named["affected"]] == ["T-API-USR-001", "T-SVC-REP-001"]
    assert invoke("why", "Dockerfile", "app/main.py", cwd=project).code == 0
    assert invoke("why", "Dockerfile", "app/main.py", "--kinds", "runtime", cwd=project).code == 1


@pytest.mark.parametrize("kinds", ["runtme", "", ","])
def test_wrong_kinds(kinds: str, project: Path, invoke: Invoke) -> None:
    assert_refused(invoke("deps", "T-SVC-REP-001", "--kinds", kinds, cwd=project), "--kinds")


def test_what_starts_and_what_is_not_mounted_is_listed_where_all_is_asked_for(
    project: Path, invoke: Invoke
) -> None:
    brief = invoke("status", cwd=project).out
    whole = invoke("-v", "status", cwd=project).out
    document = ask(invoke, project, "status")
    points = re.findall(r"^  \S+  [a-z-]+: .*\[\S+\]$", whole, re.MULTILINE)
    assert len(points) == sum(document["entry_points"].values()) > 0
    assert "(not mounted)" in whole
    assert "(not mounted)" not in brief
