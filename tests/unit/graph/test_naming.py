"""What a name in a record may mean in the code."""

from __future__ import annotations

import pytest

from analyzer.graph.naming import FileNames, ModuleNames
from analyzer.model.names import ProjectPath
from tests.support import scan, write_tree

FILES = tuple(
    map(
        ProjectPath,
        sorted(
            (
                "backend/app/api/guard.py",
                "backend/app/worker/pool.py",
                "backend/app/workers/deep/in.py",
                "backend/app/workers/mail.py",
                "guard/guard.py",
                "sdk/python/client.py",
                "workers",
            )
        ),
    )
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("guard.py", {"backend/app/api/guard.py", "guard/guard.py"}),
        ("api/guard.py", {"backend/app/api/guard.py"}),
        # Whole from the root, so that no other is meant.
        ("guard/guard.py", {"guard/guard.py"}),
        ("./guard/guard.py", {"guard/guard.py"}),
        ("pi/guard.py", set()),
        ("workers/*", {"backend/app/workers/deep/in.py", "backend/app/workers/mail.py"}),
        ("app/workers/", {"backend/app/workers/deep/in.py", "backend/app/workers/mail.py"}),
        ("sdk/*", {"sdk/python/client.py"}),
        ("*.py", {path for path in FILES if path.endswith(".py")}),
        ("gone.py", set()),
    ],
)
def test_files(name: str, expected: set[str]) -> None:
    assert FileNames(FILES).find(name) == expected


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> ModuleNames:
    tree = {
        "backend/app/__init__.py": "",
        "backend/app/models/__init__.py": "",
        "backend/app/models/tenant.py": "",
        "backend/app/models2.py": "",
        "backend/app/api/guard.py": "",
        "backend/app/backends/redis.py": "",
        "backend/app/backends/__init__.py": "",
        "backend/app/main.py": "import app.models\n",
        "scripts/click.py": "",
    }
    project = write_tree(tmp_path_factory.mktemp("names"), tree)
    return ModuleNames(scan(project, roots=["backend"]))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("app.models.tenant", {"models/tenant.py"}),
        ("app.models.tenant.Tenant", {"models/tenant.py"}),
        ("app.models.tenant.Tenant.name", {"models/tenant.py"}),
        ("models.tenant", {"models/tenant.py"}),
        ("app.models", {"models/__init__.py", "models/tenant.py"}),
        ("app.models.*", {"models/tenant.py"}),
        ("app.main.*", {"main.py"}),
        # A folder without an __init__ is a package as well.
        ("app.api.*", {"api/guard.py"}),
        ("app.api", {"api/guard.py"}),
        # One name behind a package may be its own; two cannot be.
        ("app.models.Tenant", {"models/__init__.py"}),
        ("app.models.gone.Tenant", set()),
        # The library, not a module of the project that happens to be called so.
        ("redis.asyncio", set()),
        ("click.command", set()),
        ("sqlalchemy.orm", set()),
    ],
)
def test_modules(modules: ModuleNames, name: str, expected: set[str]) -> None:
    assert modules.find(name) == {f"backend/app/{path}" for path in expected}


def test_only_names_below_a_package_of_the_project_are_its_own(modules: ModuleNames) -> None:
    assert modules.is_own("app.services.gone")
    assert not modules.is_own("sqlalchemy.orm")
