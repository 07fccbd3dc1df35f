"""What a project declares to be started from outside, and what it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model.entry_points import EntryPoint
from analyzer.model.names import ProjectPath
from analyzer.sources.entry_points import find_console_scripts, find_entry_points
from tests.support import ASSETS, write_tree


def find(project: Path) -> tuple[EntryPoint, ...]:
    files = [
        ProjectPath(file.relative_to(project).as_posix())
        for file in sorted(project.rglob("*"))
        if file.is_file()
    ]

    def resolve(name: str, folder: ProjectPath) -> ProjectPath | None:
        stem = f"{folder}/{name.replace('.', '/')}".removeprefix("./")
        for path in (f"{stem}/__init__.py", f"{stem}.py"):
            if path in files:
                return ProjectPath(path)
        return None

    found = find_entry_points(project=project, files=files, resolve_module=resolve)
    scripts = find_console_scripts(project=project, files=files, resolve_module=resolve)
    assert set(scripts.values()) <= {one.path for one in found}
    return found


def lines(found: tuple[EntryPoint, ...]) -> list[str]:
    return [f"{one.path} | {one.how} | {one.declared_at}:{one.line}" for one in found]


def test_every_kind_of_declaration() -> None:
    found = find(ASSETS / "invocations_entry_points")
    assert [(one.path, one.how, one.declared_at, one.line) for one in found] == [
        ("cfg/cfgpkg/run.py", 'console script "cfg-run"', "cfg/setup.cfg", 8),
        (
            "flask_app/migrations/env.py",
            "Alembic environment of flask_app/migrations/alembic.ini",
            "flask_app/migrations/alembic.ini",
            None,
        ),
        (
            "flask_app/migrations/versions/a1.py",
            "Alembic migration of flask_app/migrations/alembic.ini",
            "flask_app/migrations/alembic.ini",
            None,
        ),
        ("migrations/env.py", "Alembic environment of alembic.ini", "alembic.ini", 2),
        ("migrations/versions/001_start.py", "Alembic migration of alembic.ini", "alembic.ini", 2),
        ("old/oldpkg/other.py", 'plugin "old" of other.plugins', "old/setup.py", 8),
        ("old/oldpkg/tool.py", 'console script "old-tool"', "old/setup.py", 7),
        ("shop/__init__.py", 'published in "shop"', "pyproject.toml", None),
        ("shop/cli.py", 'console script "shop"', "pyproject.toml", 5),
        ("shop/fixtures.py", 'plugin "shop_fixtures" of pytest', "pyproject.toml", 12),
        ("shop/gui.py", 'GUI script "shop-window"', "pyproject.toml", 9),
        ("shop/plugin.py", 'plugin "shop" of other.plugins', "pyproject.toml", 15),
        ("shop/plugin.py", 'plugin "thing" of some.app', "pyproject.toml", 21),
        ("shop/poetry.py", 'console script "shop-poetry"', "pyproject.toml", 18),
        ("site/manage.py", "Django's manage.py", "site/manage.py", None),
        (
            "site/site_pkg/management/commands/import_all.py",
            'Django command "import_all"',
            "site/site_pkg/management/commands/import_all.py",
            None,
        ),
        ("site/site_pkg/settings.py", "Django settings of site/manage.py", "site/manage.py", 4),
        (
            "site/site_pkg/settings.py",
            "Django settings of site/site_pkg/wsgi.py",
            "site/site_pkg/wsgi.py",
            5,
        ),
        ("site/site_pkg/wsgi.py", "Django's WSGI application", "site/site_pkg/wsgi.py", None),
    ]


def test_a_command_that_two_packages_declare_is_no_certain_one(tmp_path: Path) -> None:
    declaration = '[project.scripts]\ntool = "x:main"\n'
    files = {"a/pyproject.toml": declaration, "b/pyproject.toml": declaration}
    write_tree(tmp_path, {**files, "a/x.py": "", "b/x.py": ""})
    paths = [ProjectPath(path) for path in (*files, "a/x.py", "b/x.py")]

    def resolve(name: str, folder: ProjectPath) -> ProjectPath | None:
        return ProjectPath(f"{folder}/{name}.py")

    found = find_console_scripts(project=tmp_path, files=paths, resolve_module=resolve)
    assert found == {}
    entry_points = find_entry_points(project=tmp_path, files=paths, resolve_module=resolve)
    assert [one.path for one in entry_points] == ["a/x.py", "b/x.py"]


def test_setup_py_with_the_text_of_an_ini_file(tmp_path: Path) -> None:
    text = 'R = "\\d"\nsetup(entry_points="""\n[console_scripts]\ntool = x:main\n""")\n'
    assert lines(find(write_tree(tmp_path, {"setup.py": text, "x.py": ""}))) == [
        'x.py | console script "tool" | setup.py:4'
    ]


@settings(max_examples=80)
@given(
    st.sampled_from(
        ["pyproject.toml", "setup.cfg", "setup.py", "alembic.ini", "manage.py", "wsgi.py"]
    ),
    st.lists(
        st.sampled_from(
            [
                *(
                    "[project.scripts]\n",
                    "[tool.poetry]\n",
                    "[options.entry_points]\n",
                    "[alembic]\n",
                    "[core]\nversion_locations = a:b %(x)s\n",
                ),
                *("[tool.setuptools]\n", "packages = [1, {include = 2}]\n", "packages = find:\n"),
                *("packages=find_packages(1)", '["x"]'),
                *('a = "x:y"\n', "scripts = 1\n", "console_scripts =\n  a = x:y\n", "setup(", ")"),
                *("entry_points=", "{'console_scripts': [", "'a=x:y'", "]}", "%(here)s", "**x"),
                *("script_location = x\n", "execute_from_command_line", "get_wsgi_application"),
                *("'DJANGO_SETTINGS_MODULE', 'x'", "\n", "(" * 300),
            ]
        )
        | st.text(max_size=8),
        max_size=25,
    ).map("".join),
)
def test_no_text_is_too_broken(
    tmp_path_factory: pytest.TempPathFactory, name: str, text: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "any-entry-point"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8", newline="")
    (folder / "x.py").touch()
    try:
        found = find(folder)
    finally:
        (folder / name).unlink()
    assert {one.path for one in found} <= {"x.py", name}


def test_each_of_many_scripts_has_its_line(tmp_path: Path) -> None:
    """With as many steps for each one as there are lines this took minutes."""
    scripts = "".join(f'run-{one} = "shop.cli:main"\n' for one in range(10_000))
    tree = {"pyproject.toml": f"[project.scripts]\n{scripts}", "shop/cli.py": ""}
    found = {one.how: one.line for one in find(write_tree(tmp_path, tree))}
    assert len(found) == 10_000
    assert found['console script "run-9999"'] == 10_001
