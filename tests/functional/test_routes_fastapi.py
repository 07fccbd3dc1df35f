"""The endpoints found in FastAPI and Starlette code are those of the running applications."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from analyzer.model.names import ProjectPath
from analyzer.model.routes import RouteFacts
from analyzer.sources.routes.asgi import find_asgi_routes
from tests.support import ASSETS, read_code

ASSET = ASSETS / "web_fastapi"
APPLICATIONS = {"shop.main:app": "shop/main.py", "console.main:app": "console/main.py"}


@pytest.fixture(scope="module")
def facts() -> RouteFacts:
    return find_asgi_routes(read_code(ASSET))


@pytest.fixture(scope="module")
def running() -> dict[str, list[tuple[str, ...]]]:
    """What the applications answer to when they are started for real."""
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "dump_routes.py", *APPLICATIONS],
        cwd=ASSET,
        env={**os.environ, "PYTHONPATH": str(ASSET), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return {
        name: sorted(tuple(row) for row in rows) for name, rows in json.loads(result.stdout).items()
    }


@pytest.mark.parametrize("name", sorted(APPLICATIONS))
def test_endpoints_equal_those_of_the_running_application(
    name: str, facts: RouteFacts, running: dict[str, list[tuple[str, ...]]]
) -> None:
    found = [
        (one.method, one.route, _module_of(one.path), one.handler)
        for one in facts.endpoints
        if one.application == APPLICATIONS[name]
    ]

    assert sorted(found) == sorted(set(running[name]))
    assert len(found) == len(set(found))


def test_handlers_stand_where_they_are_said_to_stand(facts: RouteFacts) -> None:
    for one in facts.endpoints:
        if one.handler != "<lambda>":
            lines = (ASSET / one.path).read_text().splitlines()
            line = lines[one.line - 1].strip()
            name = one.handler.split(".")
            assert line.startswith("@") or any(part in line for part in name), one


def test_what_leads_to_no_application_is_told_with_the_reason(facts: RouteFacts) -> None:
    told = [
        f"{one.path}:{one.line} {one.name}{'?' * one.is_doubtful}: {one.explanation}"
        for one in facts.unmounted
    ]
    assert told == [
        "shop/views/forgotten.py:5 outer: no include_router takes it in",
        (
            "shop/views/forgotten.py:6 inner: taken in by outer (shop/views/forgotten.py:5), which "
            "is mounted nowhere"
        ),
        (
            "shop/views/handed.py:4 leaflets?: "
            "shop/views/handed.py:12 hands it to publish(), which cannot be followed"
        ),
        (
            "shop/views/lonely.py:3 router?: "
            "shop/views/plugins.py:13 takes in something that cannot be followed"
        ),
        (
            "shop/views/retired.py:3 router: shop/main.py:67 would mount it but is commented out: "
            'app.include_router(retired_router, prefix="/retired")'
        ),
    ]
    assert [
        (one.method, one.route, one.handler, one.is_doubtful)
        for one in facts.endpoints
        if not one.is_mounted
    ] == [
        ("GET", "/outer/in/inner", "read_inner", False),
        ("GET", "/leaflets", "list_leaflets", True),
        ("GET", "/lonely", "lonely", True),
        ("GET", "/list", "list_retired", False),
    ]


def test_applications_are_the_outermost_ones(facts: RouteFacts) -> None:
    assert [(one.path, one.name, one.framework) for one in facts.applications] == [
        ("console/main.py", "create_app", "FastAPI"),
        ("shop/main.py", "app", "FastAPI"),
        ("shop/views/plugins.py", "plugins_app", "FastAPI"),
    ]


def _module_of(path: ProjectPath) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
