"""What starts a web application is named, also where that is another file than builds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.model.names import ArtifactId
from analyzer.questions.dependencies import show
from tests.functional.running import analyse_tree

_ROUTES = "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/a')\ndef a(): ...\n"
_FACTORY = (
    "from fastapi import FastAPI\nimport routes\n"
    "def create_app():\n    app = FastAPI()\n    app.include_router(routes.router)\n"
    "    return app\n"
)
_USE = "from factory import create_app\napp = create_app()\n"
_IMAGE = 'FROM python\nCMD ["gunicorn", "wsgi:app"]\n'


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"wsgi.py": _USE, "Dockerfile": _IMAGE},
            ["Dockerfile:2 wsgi.py", "wsgi.py:1 factory.py"],
        ),
        # What a web server is told comes before what only imports the application, if nearer.
        (
            {
                "wsgi.py": "import made\n",
                "made.py": _USE,
                "a.py": _USE,
                "run.sh": "python a.py\n",
                "Dockerfile": _IMAGE,
            },
            ["Dockerfile:2 wsgi.py", "wsgi.py:1 made.py", "made.py:1 factory.py"],
        ),
        ({"a.py": _USE, "run.sh": "python a.py\n"}, ["run.sh:1 a.py", "a.py:1 factory.py"]),
        # The file itself, where that is started.
        (
            {"wsgi.py": _USE, "Dockerfile": _IMAGE.replace("wsgi:app", "factory:create_app()")},
            ["Dockerfile:2 factory.py"],
        ),
        # Neither a test nor a file that only people start serves it.
        (
            {
                "tests/test_a.py": _USE,
                "by_hand.py": f"{_USE}if __name__ == '__main__':\n    print(app)\n",
                "Makefile": "test:\n\tpython tests/test_a.py\n",
            },
            [],
        ),
        ({"wsgi.py": _USE}, []),
    ],
)
def test_the_start_and_the_chain_from_it(
    files: dict[str, str], expected: list[str], tmp_path: Path
) -> None:
    tree = {"routes.py": _ROUTES, "factory.py": _FACTORY, **files}
    system = analyse_tree(tmp_path, tree, R="routes.py")
    (found,) = show(system, system.artifacts[ArtifactId("T-SVC-R-001")]).applications
    points = [f"{one.declared_at}:{one.line} {one.path}" for one in found.entry_points]
    links = [f"{one.importer}:{one.line} {one.imported}" for one in found.chain]
    assert points + links == expected
