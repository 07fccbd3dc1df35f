"""What names mean across the files of a project, and what expressions come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.model.names import ProjectPath
from analyzer.sources.outline.code import Code, Definition, External
from analyzer.sources.outline.values import Name
from tests.support import read_code, write_tree

FILES = {
    "app/__init__.py": "",
    "app/api/__init__.py": (
        "from .users import router as users_router\nfrom .more import *\nROUTERS = [users_router]\n"
        "ROUTERS.append(extra)\n"
    ),
    "app/api/more.py": "extra = make()\n",
    "app/api/users.py": (
        "from fastapi import APIRouter as R\n"
        "import fastapi\n"
        "from app.config import PREFIX, settings, get_settings\n"
        "router = R(prefix=f'{PREFIX}/users')\n"
        "api = router\n"
        "class Base:\n    kind = 'base'\n"
        "class View(Base):\n"
        "    def __init__(self):\n        self.router = R()\n"
        "    def run(self, app):\n        self.router.get(app)\n"
    ),
    "app/config.py": (
        "import os\n"
        "class Settings:\n    API: str = '/api'\n    V: int = 1\n"
        "settings = Settings()\n"
        "def get_settings():\n    return Settings()\n"
        "def nested():\n    s = get_settings()\n    return s\n"
        "PREFIX = settings.API + '/v' + str(settings.V)\n"
        "FROM_ENV = os.getenv('X', '/env')\n"
        "UNKNOWN = os.environ['X']\n"
        "TABLE = {'a': '/one', 'b': '/two'}\n"
        "PAIRS = [('x', 'y'), ('z', 'w')]\n"
    ),
    "app/circle.py": "from app.circle import a\nb = c\nc = b\n",
    "main.py": (
        "import app.api.users\n"
        "import app.api.users as u\n"
        "from app import api\n"
        "from app.api import users_router, ROUTERS, extra\n"
        "from app.config import *\n"
        "import nowhere.at.all as gone\n"
    ),
}


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Code:
    return read_code(write_tree(tmp_path_factory.mktemp("code"), FILES))


def meaning(code: Code, path: str, name: str, scope: tuple[str, ...] = ()) -> list[str]:
    found = code.find_meanings(ProjectPath(path), scope, name)
    return [
        one.dotted if isinstance(one, External) else f"{one.path}:{one.name}:{one.rest}"
        for one in found
    ]


@pytest.mark.parametrize(
    ("path", "name", "expected"),
    [
        ("main.py", "users_router", ["app/api/users.py:router:"]),
        ("main.py", "u.router", ["app/api/users.py:router:"]),
        ("main.py", "app.api.users.router", ["app/api/users.py:router:"]),
        ("main.py", "app.api.users", ["app/api/users.py::"]),
        ("main.py", "api.users_router", ["app/api/users.py:router:"]),
        ("main.py", "api.users", ["app/api/users.py::"]),
        ("main.py", "extra", ["app/api/more.py:extra:"]),
        ("main.py", "PREFIX", ["app/config.py:PREFIX:"]),
        ("main.py", "gone.thing", ["nowhere.at.all.thing"]),
        ("main.py", "print", []),
        ("app/api/users.py", "api.state", ["app/api/users.py:router:state"]),
        ("app/api/users.py", "R", ["fastapi.APIRouter"]),
        ("app/api/users.py", "fastapi.APIRouter", ["fastapi.APIRouter"]),
        ("app/api/users.py", "View.kind", ["app/api/users.py:kind:"]),
        ("app/circle.py", "a", []),
    ],
)
def test_meanings(path: str, name: str, expected: list[str], code: Code) -> None:
    assert meaning(code, path, name) == expected


def test_names_inside_of_functions(code: Code) -> None:
    users = "app/api/users.py"
    run = ("View", "run")
    assert meaning(code, users, "self.router", run) == [f"{users}:self.router:"]
    assert meaning(code, users, "self.kind", run) == [f"{users}:kind:"]
    assert meaning(code, users, "app", run) == [f"{users}:app:"]
    # A method does not see the names of its class.
    assert meaning(code, users, "kind", run) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("PREFIX", "/api/v1"),
        ("FROM_ENV", "/env"),
        ("UNKNOWN", None),
        ("settings.API", "/api"),
        ("settings.NOTHING", None),
        ("nothing", None),
    ],
)
def test_texts(name: str, expected: str | None, code: Code) -> None:
    assert code.find_text(ProjectPath("app/config.py"), (), Name(name)) == expected


def test_a_text_through_a_function_that_builds_the_settings(code: Code) -> None:
    found = code.find_text(ProjectPath("app/config.py"), ("nested",), Name("s.API"))
    assert found == "/api"


def test_items_with_those_added_later(code: Code) -> None:
    found = code.find_items(ProjectPath("main.py"), (), Name("ROUTERS"))
    assert [one.expression for one in found] == [Name("users_router"), Name("extra")]
    assert {one.path for one in found} == {"app/api/__init__.py"}


def test_classes_that_a_call_builds(code: Code) -> None:
    outline = code.outline_of(ProjectPath("app/config.py"))
    (call,) = {one.call for one in outline.calls if one.call.name == "get_settings"}
    (found,) = code.find_classes_built(ProjectPath("app/config.py"), (), call)
    assert (found.path, found.name) == ("app/config.py", "Settings")


def test_loops_over_tables(tmp_path: Path) -> None:
    text = (
        "T = {'a': '/one', 'b': '/two'}\n"
        "for key, value in T.items():\n    pass\n"
        "for number, (x, y) in enumerate([('p', 'q')]):\n    pass\n"
    )
    code = read_code(write_tree(tmp_path, {"a.py": text}))
    values = code.find_values(ProjectPath("a.py"), (), Name("value"))
    assert [getattr(one.expression, "value", None) for one in values] == ["/one", "/two"]


def test_modules_that_strings_name(code: Code) -> None:
    main = ProjectPath("main.py")
    assert code.find_module(main, "app.api") == "app/api/__init__.py"
    assert code.find_module(ProjectPath("app/api/users.py"), "..config") == "app/config.py"
    assert code.find_module(main, "app.no") is None
    assert code.find_module(main, "not a name") is None


def test_evidence(code: Code) -> None:
    assert code.line_text(ProjectPath("app/api/users.py"), 5) == "api = router"
    assert code.line_text(ProjectPath("app/api/users.py"), 99) == ""


def test_a_definition_knows_what_it_is(code: Code) -> None:
    (found,) = code.find_meanings(ProjectPath("main.py"), (), "api")
    assert found == Definition(ProjectPath("app/api/__init__.py"), "", None)
