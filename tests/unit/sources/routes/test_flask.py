"""Flask: what is found statically is what the running applications answer to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from analyzer.model.routes import Application, RouteFacts
from analyzer.sources.routes.flask import find_flask_routes
from tests.support import ASSETS, read_code, write_tree

PROJECT = ASSETS / "web_flask"


@pytest.fixture(scope="module")
def facts() -> RouteFacts:
    return find_flask_routes(read_code(PROJECT))


def endpoints(project: Path) -> list[str]:
    """The endpoints of a project as `method route handler application`."""
    return [
        f"{one.method} {one.route} {one.handler} {one.application}"
        for one in find_flask_routes(read_code(project)).endpoints
    ]


def unmounted(project: Path) -> list[str]:
    return [
        f"{one.path}:{one.line} {one.name}: {one.explanation}"
        for one in find_flask_routes(read_code(project)).unmounted
    ]


@pytest.mark.parametrize(
    ("started", "application", "count"),
    [
        ("shop.wsgi:application", "shop/factory.py", 105),
        ("console.main:app", "console/main.py", 9),
    ],
)
def test_endpoints_are_those_of_the_running_application(
    facts: RouteFacts, started: str, application: str, count: int
) -> None:
    dump = subprocess.run(
        [sys.executable, "-B", "dump_routes.py", started],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert dump.returncode == 0, dump.stderr
    running = {tuple(one) for one in json.loads(dump.stdout)}
    found = {
        (one.method, one.route, one.path, one.handler)
        for one in facts.endpoints
        if one.application == application
    }
    assert found == running
    assert len(running) == count


def test_applications(facts: RouteFacts) -> None:
    assert [(one.path, one.name, one.framework) for one in facts.applications] == [
        ("console/main.py", "app", "Flask"),
        ("shop/factory.py", "create_app", "Flask"),
    ]
    assert isinstance(facts.applications[0], Application)


def test_unmounted_blueprints_say_why(facts: RouteFacts) -> None:
    reports = "shop/views/reports.py"
    assert [(f"{one.path}:{one.line} {one.name}", one.explanation) for one in facts.unmounted] == [
        (
            "shop/api/resources.py:5 lost_api",
            "shop/factory.py:42 would mount it but is commented out: lost_api.init_app(app)",
        ),
        (
            f"{reports}:3 reports",
            (
                "shop/factory.py:37 would mount it but is commented out: "
                'app.register_blueprint(reports.reports, url_prefix="/reports")'
            ),
        ),
        (f"{reports}:4 old_area", "no register_blueprint takes it in"),
        (f"{reports}:5 inner", f"taken in by old_area ({reports}:4), which is mounted nowhere"),
        (f"{reports}:6 forgotten", "no register_blueprint takes it in"),
        (
            f"{reports}:7 unused_helper",
            f"only mount_never() ({reports}:35) takes it in, which nothing calls",
        ),
    ]
    assert [
        f"{one.method} {one.route} {one.handler}" for one in facts.endpoints if not one.is_mounted
    ] == [
        "GET /lost/lost Lost.get",
        "GET /reports/daily daily",
        "GET /old/inner/deep deep",
        "DELETE /forgotten forgotten_page",
        "GET /forgotten forgotten_page",
        "GET /never never",
    ]


@pytest.mark.parametrize(
    ("route", "handler", "declared"),
    [
        # A decorator of Flask: its own line, twice.
        ("GET /home", "shop/views/pages.py:18 home", "shop/views/pages.py:18"),
        ("GET /", "shop/views/pages.py:17 home", "shop/views/pages.py:17"),
        # A call: the handler where it is defined, the address where it stands.
        ("GET /imprint", "shop/views/pages.py:25 imprint", "shop/views/pages.py:87"),
        ("GET /items/", "shop/views/pages.py:46 Readable.get", "shop/views/pages.py:93"),
        # Wrappers of the project: the statement that gives the address, however deep it goes.
        ("GET /tenant-admin/audit", "shop/api/ext.py:38 Audit.get", "shop/api/ext.py:44"),
        ("GET /wrapped/v2/simple", "shop/wrappers.py:39 simple", "shop/wrappers.py:39"),
        ("GET /wrapped/got", "shop/wrappers.py:49 got", "shop/wrappers.py:49"),
        ("GET /wrapped/added/things", "shop/wrappers.py:59 thing", "shop/wrappers.py:68"),
    ],
)
def test_evidence(facts: RouteFacts, route: str, handler: str, declared: str) -> None:
    assert [
        (f"{one.path}:{one.line} {one.handler}", f"{one.declared_in}:{one.declared_line}")
        for one in facts.endpoints
        if f"{one.method} {one.route}" == route and one.application == "shop/factory.py"
    ] == [(handler, declared)]


def test_of_a_function_with_two_texts_the_last_is_the_route(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "app.py": (
                "from flask import Flask\n"
                "import settings\n"
                "app = Flask(__name__)\n"
                "def scoped(rule):\n"
                "    if settings.MULTI:\n"
                "        return '/<org>{}'.format(rule)\n"
                "    return rule\n"
                "@app.route(scoped('/login'))\n"
                "def login(): ...\n"
            )
        },
    )
    assert endpoints(tmp_path) == ["GET /login login app.py"]


def test_what_is_not_known_is_said(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "app.py": (
                "import sys\n"
                "from flask import Flask, Blueprint\n"
                "from graphs import GraphView, health\n"
                "app = Flask(__name__)\n"
                "bp = Blueprint('bp', __name__, url_prefix=sys.argv[1])\n"
                "@bp.get('/a')\n"
                "def a(): ...\n"
                "@app.route(f'/{sys.argv[2]}/b')\n"
                "def b(): ...\n"
                "@app.route(sys.argv[3])\n"
                "def c(): ...\n"
                "@app.route('/d', methods=sys.argv)\n"
                "def d(): ...\n"
                "app.add_url_rule('/graph', view_func=GraphView.as_view('graph'))\n"
                "app.add_url_rule('/health', view_func=health, methods=['GET'])\n"
                "app.register_blueprint(bp)\n"
            )
        },
    )
    assert endpoints(tmp_path) == [
        "GET …/a a app.py",
        "GET /…/b b app.py",
        "ANY /d d app.py",
        "ANY /graph GraphView app.py",
        "GET /health health app.py",
    ]


@pytest.mark.parametrize(
    "register",
    [
        # Which blueprints are found is only known when it runs.
        "for bp in discover():\n    app.register_blueprint(bp)\n",
        "def mount(bp):\n    app.register_blueprint(bp)\nfor one in discover():\n    mount(one)\n",
        # Which application takes it in is only known when it runs.
        "from pages import bp\ndef setup(app):\n    app.register_blueprint(bp)\nload(setup)\n",
        "from pages import bp\nfrom smorest import Api\nApi(app).register_blueprint(bp)\n",
        "from pages import bp\nload(bp)\n",
    ],
)
def test_no_claim_where_the_program_cannot_be_followed(tmp_path: Path, register: str) -> None:
    start = "from flask import Flask\nfrom plugins import discover, load\napp = Flask(__name__)\n"
    page = (
        "from flask import Blueprint\nbp = Blueprint('bp', __name__)\n"
        "@bp.get('/page')\ndef page(): ...\n"
    )
    write_tree(tmp_path, {"app.py": start + register, "pages.py": page})
    assert endpoints(tmp_path) == ["GET /page page None"]
    facts = find_flask_routes(read_code(tmp_path))
    assert [one.is_doubtful for one in facts.endpoints] == [True]
    assert [one.is_doubtful for one in facts.unmounted] == [True]
    write_tree(tmp_path, {"app.py": start})
    assert unmounted(tmp_path) == ["pages.py:2 bp: no register_blueprint takes it in"]


def test_plugins_of_the_project_are_taken_in_where_its_code_loads_their_group(
    tmp_path: Path,
) -> None:
    write_tree(
        tmp_path,
        {
            "setup.cfg": "[options.entry_points]\nshop.areas =\n    pages = pages:bp\n",
            "app.py": (
                "from flask import Flask\n"
                "from importlib.metadata import entry_points\n"
                "app = Flask(__name__)\n"
                "for found in entry_points()['shop.areas']:\n"
                "    app.register_blueprint(found.load(), url_prefix='/areas')\n"
            ),
            "pages.py": (
                "from flask import Blueprint\nbp = Blueprint('bp', __name__)\n"
                "@bp.get('/page')\ndef page(): ...\n"
            ),
        },
    )
    assert endpoints(tmp_path) == ["GET /areas/page page app.py"]
    assert unmounted(tmp_path) == []


def test_what_never_runs_mounts_nothing(tmp_path: Path) -> None:
    page = (
        "from flask import Blueprint\nbp = Blueprint('{0}', __name__)\n"
        "@bp.get('/{0}')\ndef {0}(): ...\n"
    )
    main = (
        "import a, b, settings\n"
        "from flask import Flask\n"
        "app = Flask(__name__)\n"
        "if False:\n"
        "    app.register_blueprint(a.bp)\n"
        "    app.add_url_rule('/never', view_func=print)\n"
        "if settings.WITH_B:\n"
        "    app.register_blueprint(b.bp)\n"
    )
    pages = {f"{name}.py": page.format(name) for name in "ab"}
    write_tree(tmp_path, {"app.py": main, **pages})
    assert endpoints(tmp_path) == ["GET /a a None", "GET /b b app.py"]
    assert unmounted(tmp_path) == ["a.py:2 bp: no register_blueprint takes it in"]


def test_calls_without_end_come_to_an_end(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "app.py": (
                "from flask import Flask\n"
                "app = Flask(__name__)\n"
                "def view(): ...\n"
                "def add(app, rule):\n"
                "    app.add_url_rule(rule, view_func=view)\n"
                "    add(app, rule + '/x')\n"
                "    add(app, rule + '/y')\n"
                "def grow(text):\n"
                "    return grow(text + 'a') + grow(text + 'b')\n"
                "add(app, '/start')\n"
                "@app.route(grow('/'))\n"
                "def grown(): ...\n"
                "def first(): return second()\n"
                "def second(): return first()\n"
                "first().register_blueprint(second())\n"
            )
        },
    )
    found = endpoints(tmp_path)
    assert "GET /start view app.py" in found
    assert len(found) < 20


def test_other_programs_have_no_routes_of_flask(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "main.py": (
                "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/x')\ndef x(): ...\n"
            )
        },
    )
    assert find_flask_routes(read_code(tmp_path)) == RouteFacts()


@pytest.mark.parametrize(
    ("rest", "is_mounted"), [("", False), ("later()\n", True), ("x.start(later)\n", True)]
)
def test_what_only_a_function_registers_that_nothing_calls_is_not_mounted(
    rest: str, is_mounted: bool, tmp_path: Path
) -> None:
    pages = (
        "from flask import Blueprint\nbp = Blueprint('pages', __name__)\n"
        "@bp.get('/pages')\ndef pages():\n    return ''\n"
    )
    main = (
        "import x\nfrom flask import Flask\nfrom pages import bp\napp = Flask(__name__)\n\n\n"
        "def later():\n    app.register_blueprint(bp)\n\n\n"
    )
    files = {"main.py": main + rest, "pages.py": pages}
    found = find_flask_routes(read_code(write_tree(tmp_path, files)))
    assert [one.is_mounted for one in found.endpoints] == [is_mounted]
    assert [one.explanation for one in found.unmounted] == (
        [] if is_mounted else ["only later() (main.py:8) takes it in, which nothing calls"]
    )
