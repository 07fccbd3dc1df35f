"""What may be used in a way that cannot be followed is `likely` an orphan, never `certain`."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.model.configuration import Config
from analyzer.pipeline import analyse
from analyzer.questions.orphans import find_orphans
from tests.support import write_tree
from tests.unit.questions.test_idle_reexports import RECORD


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        # The package may do something with what it passes on.
        (
            {
                "app/services/__init__.py": "from .a import A\nA()\n",
                "app/services/a.py": "A = int\n",
            },
            "likely",
        ),
        # `from shared import a` may mean the one or the other.
        (
            {
                "svc1/shared/__init__.py": "",
                "svc1/shared/a.py": "",
                "svc2/shared/__init__.py": "",
                "svc2/shared/a2.py": "",
                "svc3/main.py": "from shared import a\n",
            },
            "likely",
        ),
        ({"app/a.py": ""}, "certain"),
    ],
)
def test_confidence(files: dict[str, str], expected: str, tmp_path: Path) -> None:
    system = analyse(
        project=write_tree(tmp_path, {"registry/a.yaml": RECORD, **files}), config=Config()
    )
    (orphan,) = find_orphans(system, find_mentions=lambda _: {}).orphans
    assert orphan.confidence.value == expected


@pytest.mark.parametrize(
    ("main", "expected"),
    [
        ("import api, plugins\nplugins.load(api.router)\n", []),
        (
            "import plugins\nfor one in plugins.names:\n    app.include_router(one())\n",
            ["no-importers"],
        ),
        ("import api\n", ["unmounted-route"]),
        ("", ["unmounted-route"]),
    ],
)
def test_a_route_that_may_be_mounted_is_judged_by_its_imports(
    main: str, expected: list[str], tmp_path: Path
) -> None:
    files = {
        "registry/a.yaml": RECORD.replace("type: service", "type: api-route") + "path: api.py\n",
        "api.py": (
            "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/a')\ndef a(): ...\n"
        ),
        "main.py": f"from fastapi import FastAPI\napp = FastAPI()\n{main}",
    }
    config = Config(entry_points=("main.py",))
    system = analyse(project=write_tree(tmp_path, files), config=config)
    found = find_orphans(system, find_mentions=lambda _: {}).orphans
    assert [one.reason.value for one in found] == expected


def test_importing_anything_inside_of_a_package_uses_its_init(tmp_path: Path) -> None:
    record = RECORD + "path: app/pkg/__init__.py\n"
    files = {"app/pkg/__init__.py": "", "app/pkg/b.py": "", "app/use.py": "import app.pkg.b\n"}
    system = analyse(
        project=write_tree(tmp_path, {"registry/a.yaml": record, **files}), config=Config()
    )
    assert find_orphans(system, find_mentions=lambda _: {}).orphans == ()
