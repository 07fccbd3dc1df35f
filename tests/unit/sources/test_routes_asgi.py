"""What is hard to read in FastAPI code, one case each; the rest is in the functional test."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.model.routes import RouteFacts
from analyzer.sources.routes.asgi import find_asgi_routes
from tests.support import read_code, write_tree

ROUTER = """
from fastapi import APIRouter

router = APIRouter()


@router.get("/{name}")
def show_{name}():
    return ""
"""


def read(folder: Path, **files: str) -> RouteFacts:
    named = {name if "." in name else f"{name}.py": text for name, text in files.items()}
    return find_asgi_routes(read_code(write_tree(folder, named)))


def routes(facts: RouteFacts) -> list[str]:
    return [f"{one.method} {one.route} {one.handler} {one.application}" for one in facts.endpoints]


def router(name: str) -> str:
    return ROUTER.replace("{name}", name)


def test_modules_that_are_imported_by_names_in_a_list(tmp_path: Path) -> None:
    main = """
import importlib
from fastapi import FastAPI

app = FastAPI()
for name in ("users", "orders"):
    module = importlib.import_module(f"{name}")
    app.include_router(module.router, prefix=f"/{name}")
app.include_router(getattr(importlib.import_module("carts"), "router"))
app.include_router(importlib.import_module("tools").router)
"""
    facts = read(
        tmp_path,
        main=main,
        **{name: router(name) for name in ("users", "orders", "carts", "tools")},
    )

    assert routes(facts) == [
        "GET /carts show_carts main.py",
        "GET /orders/orders show_orders main.py",
        "GET /tools show_tools main.py",
        "GET /users/users show_users main.py",
    ]
    assert facts.unmounted == ()


def test_a_part_of_an_address_that_is_not_known_is_said_to_be_unknown(tmp_path: Path) -> None:
    main = """
from fastapi import FastAPI
from somewhere import prefix
from users import router

app = FastAPI()
app.include_router(router, prefix=f"/api{prefix}")
"""

    assert routes(read(tmp_path, main=main, users=router("users"))) == [
        "GET /api…/users show_users main.py"
    ]


def test_a_name_that_is_used_for_one_router_after_the_other(tmp_path: Path) -> None:
    main = """
from fastapi import APIRouter, FastAPI

app = FastAPI()
router = APIRouter(prefix="/first")


@router.get("/one")
def one():
    return 1


app.include_router(router)
router = APIRouter(prefix="/second")


@router.get("/two")
def two():
    return 2


app.include_router(router)
"""

    assert routes(read(tmp_path, main=main)) == [
        "GET /first/one one main.py",
        "GET /second/two two main.py",
    ]


def test_two_applications_in_one_file_keep_their_routers_apart(tmp_path: Path) -> None:
    main = """
from fastapi import FastAPI
import admin, users

app = FastAPI()
admin_app = FastAPI()
app.include_router(users.router)
admin_app.include_router(admin.router)


@admin_app.get("/only-admin")
def only_admin():
    return ""
"""
    facts = read(tmp_path, main=main, users=router("users"), admin=router("admin"))

    assert [one.name for one in facts.applications] == ["app", "admin_app"]
    assert routes(facts) == [
        "GET /admin show_admin main.py",
        "GET /only-admin only_admin main.py",
        "GET /users show_users main.py",
    ]


def test_routers_that_take_in_each_other_lead_nowhere(tmp_path: Path) -> None:
    main = """
from fastapi import APIRouter

one = APIRouter()
two = APIRouter()
one.include_router(two)
two.include_router(one)


@one.get("/one")
def show():
    return ""
"""
    facts = read(tmp_path, main=main)

    assert [(one.name, one.explanation) for one in facts.unmounted] == [
        ("one", "taken in by two (main.py:5), which is mounted nowhere"),
        ("two", "taken in by one (main.py:4), which is mounted nowhere"),
    ]


ADD = """def add(app, module):
    app.include_router(module.router)


"""


@pytest.mark.parametrize(
    ("rest", "explanation", "is_doubtful"),
    [
        ("", "only install() (main.py:6) takes it in, which nothing calls", False),
        # By its name in a string, too.
        ("CALLED = 'main.install'", "main.py:6 takes it into something that cannot be", True),
        ("import x\n\n\nx.start(install)", "main.py:6 takes it into something that cannot", True),
        ("import x\n\n\nx.show(router)", "main.py:13 hands it to x.show(), which cannot", True),
        (ADD + "import x\n\n\nx.start(add)", "main.py:11 takes in something that", True),
        (ADD, "only install() (main.py:6) takes it in", False),
    ],
)
def test_nothing_is_claimed_where_something_that_cannot_be_followed_may_mount_it(
    tmp_path: Path, rest: str, explanation: str, is_doubtful: bool
) -> None:
    main = """
from users import router


def install(target):
    target.include_router(router)



"""
    facts = read(tmp_path, main=main + rest + "\n", users=router("users"))

    (found,) = facts.unmounted
    assert found.explanation.startswith(explanation)
    assert found.is_doubtful == is_doubtful
    assert [one.is_doubtful for one in facts.endpoints] == [is_doubtful]


def test_decorators_of_other_libraries_are_no_routes(tmp_path: Path) -> None:
    main = """
import flask
from fastapi import FastAPI
from somewhere import client

web = FastAPI()
app = flask.Flask(__name__)


@app.get("/flask")
def in_flask():
    return ""


@client.get("/mocked")
def mocked():
    return ""
"""

    assert routes(read(tmp_path, main=main)) == []


def test_functions_that_call_themselves_and_names_that_change_all_the_time(tmp_path: Path) -> None:
    changes = "\n".join(f"    prefix = prefix.replace('{number}', '')" for number in range(400))
    main = f"""
from fastapi import APIRouter, FastAPI

app = FastAPI()


def deeper(router, level):
    router.include_router(deeper(APIRouter(prefix=level), level + "a"))
    router.include_router(deeper(APIRouter(prefix=level), level + "b"))
    return router


def build(prefix):
{changes}
    router = APIRouter(prefix=prefix)

    @router.get("/built")
    def built():
        return ""

    return router


app.include_router(deeper(APIRouter(), "/"))
app.include_router(build("/x"))
"""
    facts = read(tmp_path, main=main)

    assert [one.handler for one in facts.endpoints] == ["build.built"]


def test_a_file_that_is_no_python_costs_what_cannot_be_read(tmp_path: Path) -> None:
    broken = router("users") + "\n\ndef broken(:\n"
    main = """
from fastapi import FastAPI
from users import router

app = FastAPI()
app.include_router(router)
"""

    assert routes(read(tmp_path, main=main, users=broken)) == ["GET /users show_users main.py"]


def test_what_never_runs_mounts_nothing(tmp_path: Path) -> None:
    main = """
from typing import TYPE_CHECKING

from fastapi import FastAPI
import a, b, c, d, settings

app = FastAPI()
if False:
    app.include_router(a.router)
if TYPE_CHECKING:
    app.include_router(b.router)


def install():
    return app
    app.include_router(c.router)


install()
if settings.WITH_D:
    app.include_router(d.router)
"""
    facts = read(tmp_path, main=main, **{name: router(name) for name in "abcd"})

    assert [one.path for one in facts.unmounted] == ["a.py", "b.py", "c.py"]
    assert [one.handler for one in facts.endpoints if one.is_mounted] == ["show_d"]


PLUGINS = """
[project.entry-points."shop.plugins"]
users = "plugins:Users"
[project.entry-points."shop.routers"]
orders = "orders:router"
[project.entry-points."another.application"]
carts = "carts:Carts"
"""


def test_plugins_of_the_project_are_taken_in_where_its_code_loads_their_group(
    tmp_path: Path,
) -> None:
    main = """
from importlib.metadata import entry_points

from fastapi import FastAPI
from registry import registry

app = FastAPI()


def load():
    for found in entry_points().select(group="shop.plugins"):
        registry.add(found.load())


def install(api):
    for plugin in registry.all():
        api.include_router(plugin.router, prefix="/plugins")
    for found in entry_points(group="shop.routers"):
        router = found.load()
        api.include_router(router)


load()
install(app)
"""
    plugin = "import {0}\nclass {1}:\n    router = {0}.router\n"
    facts = read(
        tmp_path,
        main=main,
        registry="from somewhere import registry\n",
        plugins=plugin.format("users", "Users"),
        users=router("users"),
        orders=router("orders"),
        carts=plugin.format("tools", "Carts"),
        tools=router("tools"),
        **{"pyproject.toml": PLUGINS},
    )

    assert routes(facts) == [
        "GET /orders show_orders main.py",
        "GET /tools show_tools None",
        "GET /plugins/users show_users main.py",
    ]
    # Others may have registered it as well.
    assert [(one.path, one.is_doubtful) for one in facts.unmounted] == [("tools.py", True)]


def test_a_function_that_is_a_plugin_may_run(tmp_path: Path) -> None:
    main = """
from users import router


def install(target):
    target.include_router(router)
"""
    declared = '[project.entry-points."host"]\nusers = "main:install"\n'
    facts = read(tmp_path, main=main, users=router("users"), **{"pyproject.toml": declared})

    assert [one.is_doubtful for one in facts.unmounted] == [True]


@pytest.mark.parametrize(
    ("inside", "rest", "is_mounted"),
    [
        ("    app.include_router(router)", "", False),
        ("    from users import router as r\n    app.include_router(r)", "", False),
        ("    app.include_router(router)", "later()", True),
        ("    app.include_router(router)", "CALLED = ['later']", True),
        ("    app.include_router(router)", "import x\nx.start(on_startup=[later])", True),
        ("    made = FastAPI()\n    made.include_router(router)\n    return made", "", True),
    ],
)
def test_what_only_a_function_mounts_that_nothing_calls_is_not_mounted(
    inside: str, rest: str, is_mounted: bool, tmp_path: Path
) -> None:
    main = "from fastapi import FastAPI\nfrom users import router\napp = FastAPI()\n\n\n"
    text = f"{main}def later():\n{inside}\n\n\n{rest}\n"
    facts = read(tmp_path, main=text, users=router("users"))

    assert [one.is_mounted for one in facts.endpoints] == [is_mounted]
    line = 7 + inside.count("\n")
    assert [one.explanation for one in facts.unmounted] == (
        [] if is_mounted else [f"only later() (main.py:{line}) takes it in, which nothing calls"]
    )


@pytest.mark.parametrize(
    "around",
    [
        "@app.on_event('startup')\ndef later():\n{}",
        "class Site:\n    def later(self):\n    {}",
    ],
)
def test_what_a_framework_may_call_is_called(around: str, tmp_path: Path) -> None:
    main = "from fastapi import FastAPI\nfrom users import router\napp = FastAPI()\n\n\n"
    text = main + around.format("    app.include_router(router)\n")
    facts = read(tmp_path, main=text, users=router("users"))

    assert [one.is_mounted for one in facts.endpoints] == [True]


def test_a_console_script_is_called(tmp_path: Path) -> None:
    main = "from fastapi import FastAPI\nfrom users import router\napp = FastAPI()\n\n\n"
    text = f"{main}def serve():\n    app.include_router(router)\n"
    package = '[project]\nname = "x"\n[project.scripts]\nserve-it = "main:serve"\n'
    write_tree(tmp_path, {"pyproject.toml": package})
    facts = read(tmp_path, main=text, users=router("users"))

    assert [one.is_mounted for one in facts.endpoints] == [True]
