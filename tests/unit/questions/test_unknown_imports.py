"""What an import by a partly known name may mean is never an orphan beyond doubt."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.model.answers import Orphan
from analyzer.model.configuration import Config
from analyzer.pipeline import analyse
from analyzer.questions.orphans import find_orphans
from tests.support import write_tree
from tests.unit.questions.test_idle_reexports import RECORD

_MAIN = """\
import importlib, os, pkgutil, sys
from importlib import import_module
from pathlib import Path
from fastapi import FastAPI
app = FastAPI()
"""


def _orphans(folder: Path, files: dict[str, str], *, path: str = "api/f.py") -> list[Orphan]:
    record = {"registry/a.yaml": f"{RECORD}path: {path}\n", path: ""}
    system = analyse(project=write_tree(folder, {**record, **files}), config=Config())
    return list(find_orphans(system, find_mentions=lambda _: {}).orphans)


_BELOW_API = 'something below "api" that is not known'


@pytest.mark.parametrize("init", [{"api/__init__.py": ""}, {}])
@pytest.mark.parametrize(
    ("code", "what"),
    [
        ('importlib.import_module(f"api.{sys.argv[1]}")', _BELOW_API),
        ('import_module("api." + sys.argv[1])', _BELOW_API),
        ('import_module("." + sys.argv[1], "api")', _BELOW_API),
        ('import_module("." + sys.argv[1], package="api")', _BELOW_API),
        ('import_module("api.%s" % sys.argv[1])', _BELOW_API),
        ('import_module("api.{}".format(sys.argv[1]))', _BELOW_API),
        ('import_module(".".join(["api", sys.argv[1]]))', _BELOW_API),
        ('__import__(f"api.{sys.argv[1]}")', _BELOW_API),
        ('for m in Path("api").glob("*.py"): import_module(f"api.{m.stem}")', _BELOW_API),
        ('for m in os.listdir("api"): import_module("api." + m[:-3])', _BELOW_API),
        ('name = f"api.{sys.argv[1]}"; import_module(name)', _BELOW_API),
        # A setting has a default, and another value somewhere.
        ("import_module(f\"api.{os.environ.get('API', 'g')}\")", _BELOW_API),
        ('import_module(f"api.{sys.argv[1]}.routes")', None),
        ('import_module(f"{sys.argv[1]}.f")', '"….f", of which the rest is not known'),
        ('import_module(f"api.f_{sys.argv[1]}")', None),
        ('import_module(f"app.{sys.argv[1]}")', None),
        ('import_module(f"{sys.argv[1]}.routes")', None),
        ("import_module(sys.argv[1])", None),
        ('import_module(sys.argv[1] + "." + sys.argv[2])', None),
        ('import_module("." + sys.argv[1], sys.argv[2])', None),
        # All that it may be is known, and it is not that.
        ('for name in ["g", "h"]: import_module(f"api.{name}")', None),
    ],
)
def test_a_partly_known_name_casts_doubt_on_what_it_may_mean(
    code: str, what: str | None, init: dict[str, str], tmp_path: Path
) -> None:
    (orphan,) = _orphans(tmp_path, {"main.py": f"{_MAIN}{code}\n", **init})
    why = "nothing imports it, and nothing starts it"
    if what is None:
        assert (orphan.confidence.value, orphan.explanation) == ("certain", why)
    else:
        said = f"{why}; but main.py:6 imports {what}"
        assert (orphan.confidence.value, orphan.explanation) == ("likely", said)


def test_the_name_may_come_from_another_file(tmp_path: Path) -> None:
    files = {
        "main.py": f"{_MAIN}from loading import load\nload(f'api.{{sys.argv[1]}}')\n",
        "loading.py": "import importlib\ndef load(name):\n    importlib.import_module(name)\n",
    }
    (orphan,) = _orphans(tmp_path, files)
    assert orphan.confidence.value == "likely"
    assert "loading.py:3 imports something below" in orphan.explanation


def test_a_package_may_import_what_is_in_it(tmp_path: Path) -> None:
    loader = "import importlib\ndef load(name):\n    importlib.import_module(f'.{name}', {})\n"
    for folder, package in (("a", "__package__"), ("b", "__name__"), ("c", '"api"')):
        files = {
            "main.py": f"{_MAIN}import api\n",
            "api/__init__.py": loader.replace("{}", package),
        }
        (orphan,) = _orphans(tmp_path / folder, files)
        said = f"api/__init__.py:3 imports {_BELOW_API}"
        assert (orphan.confidence.value, said in orphan.explanation) == ("likely", True)


def test_tests_and_the_artifact_itself_cast_no_doubt(tmp_path: Path) -> None:
    loading = "import importlib, sys\nimportlib.import_module(f'api.{sys.argv[1]}')\n"
    files = {"main.py": _MAIN, "tests/test_f.py": loading, "api/f.py": loading}
    (orphan,) = _orphans(tmp_path, files)
    assert orphan.confidence.value == "certain"


@pytest.mark.parametrize(
    "code",
    [
        'for m in pkgutil.iter_modules(api.__path__): import_module("api." + m.name)',
        'for _, name, _ in pkgutil.iter_modules(api.__path__): import_module(f"api.{name}")',
        'for m in pkgutil.walk_packages(api.__path__, "api."): import_module(m.name)',
        'for m in pkgutil.iter_modules(api.__path__, api.__name__ + "."): import_module(m.name)',
        (
            'for m in sorted((Path(__file__).parent / "api").glob("*.py")):\n'
            '    import_module(f"api.{m.stem}")'
        ),
        '[import_module("api." + m.name) for m in pkgutil.iter_modules(["api"])]',
    ],
)
def test_what_a_loop_over_a_package_imports_is_used(code: str, tmp_path: Path) -> None:
    """The last one: that folder is not known, so that nothing is claimed beyond doubt."""
    files = {"main.py": f"{_MAIN}import api\n{code}\n", "api/__init__.py": ""}
    found = _orphans(tmp_path, files)
    if "iter_modules([" in code:
        assert [one.confidence.value for one in found] == ["likely"]
    else:
        assert found == []


def test_a_route_that_may_be_mounted_is_no_orphan_beyond_doubt(tmp_path: Path) -> None:
    route = "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/x')\ndef x(): ...\n"
    main = f"{_MAIN}for name in sys.argv:\n    app.include_router(load(name).router)\n"
    (orphan,) = _orphans(tmp_path, {"main.py": main, "api/f.py": route})
    assert orphan.confidence.value == "likely"
    assert orphan.explanation == (
        "nothing imports it, and nothing starts it; but `router` of it may be mounted: "
        "main.py:7 takes in something that cannot be followed"
    )


def test_a_route_that_only_a_function_mounts_that_nothing_calls_is_likely_an_orphan(
    tmp_path: Path,
) -> None:
    route = "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/x')\ndef x(): ...\n"
    main = f"{_MAIN}from api import f\ndef later():\n    app.include_router(f.router)\n"
    record = RECORD.replace("type: service", "type: api-route")
    files = {"registry/a.yaml": f"{record}path: api/f.py\n", "main.py": main, "api/f.py": route}
    system = analyse(project=write_tree(tmp_path, files), config=Config())
    (orphan,) = find_orphans(system, find_mentions=lambda _: {}).orphans
    assert (orphan.reason.value, orphan.confidence.value) == ("unmounted-route", "likely")
    assert orphan.explanation == (
        "`router`: only later() (main.py:8) takes it in, which nothing calls; "
        "production does import it (main.py:6)"
    )
