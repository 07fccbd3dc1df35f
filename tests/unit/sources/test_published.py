"""Which packages a project is installed as, as each build tool is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.model.entry_points import EntryKind
from tests.support import write_tree
from tests.unit.sources.test_entry_points import find

CODE = dict.fromkeys(
    (
        "lib/__init__.py",
        "lib/inner/__init__.py",
        "lib/inner/deep.py",
        "other/__init__.py",
        "src/shop/__init__.py",
        "src/shop/api/__init__.py",
        "src/space/part/__init__.py",
        "single.py",
    ),
    "",
)
ALL = ["lib/__init__.py", "other/__init__.py", "src/shop/__init__.py"]
NAME = '[project]\nname = "shop"\n'
FIND = "[tool.setuptools.packages.find]\n"


def published(folder: Path, files: dict[str, str]) -> list[tuple[str, int | None]]:
    found = find(write_tree(folder, {**CODE, **files}))
    return [(one.path, one.line) for one in found if one.kind is EntryKind.PUBLISHED]


@pytest.mark.parametrize(
    ("text", "expected", "line"),
    [
        (NAME, ALL, None),
        ('[tool.poetry]\nname = "shop"\n', ALL, None),
        ("[tool.ruff]\n", [], None),
        (f'{NAME}[tool.mypy]\npackages = ["x"]\n{FIND}where = ["src"]\n',
         ["src/shop/__init__.py", "src/space/part/__init__.py"], 5),
        (f'{FIND}where = ["src"]\nnamespaces = false\n', ["src/shop/__init__.py"], 1),
        (f'{FIND}include = ["lib*", "other"]\nexclude = ["other*"]\n', ["lib/__init__.py"], 1),
        (f'{FIND}include = ["lib.*"]\n', ["lib/inner/__init__.py"], 1),
        ('[tool.setuptools]\npackages = ["lib", "lib.inner"]\n', ["lib/__init__.py"], 2),
        (('[tool.setuptools]\npackages = ["lib", "shop.api"]\n'
         'package-dir = {"" = "src", "lib" = "other"}\n'),
         ["other/__init__.py", "src/shop/api/__init__.py"], 2),
        ('[tool.setuptools]\npy-modules = ["single", "gone"]\n', ["single.py"], 2),
        ('[tool.poetry]\nname = "x"\npackages = [{ include = "shop", from = "src" }]\n',
         ["src/shop/__init__.py"], 3),
        (('[[tool.poetry.packages]]\ninclude = "lib/**/*.py"\n'
         '[[tool.poetry.packages]]\ninclude = "other"\nformat = "sdist"\n'),
         ["lib/__init__.py"], 1),
        (('[tool.hatch.build]\npackages = ["lib"]\n'
         '[tool.hatch.build.targets.wheel]\npackages = ["src/shop"]\n'),
         ["src/shop/__init__.py"], 4),
        ('[tool.hatch.build]\nonly-include = ["src"]\n',
         ["src/shop/__init__.py", "src/space/part/__init__.py"], 2),
    ],
)  # fmt: skip
def test_pyproject(tmp_path: Path, text: str, expected: list[str], line: int | None) -> None:
    assert published(tmp_path, {"pyproject.toml": text}) == [(path, line) for path in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("setup(name='x', packages=find_packages())", ["lib/__init__.py", "other/__init__.py"]),
        ("setup(packages=find_packages('src'))", ["src/shop/__init__.py"]),
        ("setup(packages=find_packages(exclude=['lib', 'lib.*']))", ["other/__init__.py"]),
        ("setup(packages=setuptools.find_namespace_packages(where='src', include=['space.*']))",
         ["src/space/part/__init__.py"]),
        ("P = ['shop']\nsetup(packages=P, package_dir={'': 'src'})", ["src/shop/__init__.py"]),
        ("setup(py_modules=['single'])", ["single.py"]),
        ("setup(name='x')", []),
        ("find_packages()\nother(packages=['lib'])", []),
        ("setup(packages=find_packages() + more)", []),
    ],
)  # fmt: skip
def test_setup_py(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert published(tmp_path, {"setup.py": text}) == [(path, 1) for path in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("packages = find:\n", ["lib/__init__.py", "other/__init__.py"]),
        ("packages = find:\n[options.packages.find]\nexclude = lib*\n", ["other/__init__.py"]),
        ("packages = find_namespace:\n[options.packages.find]\nwhere = src\n",
         ["src/shop/__init__.py", "src/space/part/__init__.py"]),
        ("packages =\n  shop\n  shop.api\npackage_dir =\n  = src\n", ["src/shop/__init__.py"]),
        ("py_modules = single\n", ["single.py"]),
        ("zip_safe = false\n", []),
    ],
)  # fmt: skip
def test_setup_cfg(tmp_path: Path, text: str, expected: list[str]) -> None:
    files = {"setup.cfg": f"[metadata]\nname = x\n[options]\n{text}"}
    assert published(tmp_path, files) == [(path, 4) for path in expected]


def test_setuptools_believes_pyproject_first(tmp_path: Path) -> None:
    """As built with setuptools: the other two are read, and overruled."""
    files = {
        "pyproject.toml": f'{NAME}{FIND}include = ["lib*"]\n',
        "setup.cfg": "[options]\npackages = single\n",
        "setup.py": "setup(name='other', packages=['other'])",
    }
    assert published(tmp_path, files) == [("lib/__init__.py", 3)]
    files["pyproject.toml"] = NAME
    assert published(tmp_path, files) == [("other/__init__.py", 1)]


def test_the_package_that_its_own_folder_is(tmp_path: Path) -> None:
    text = '[tool.setuptools]\npackages = ["lib", "lib.inner"]\npackage-dir = {"lib" = "."}\n'
    assert published(tmp_path, {"lib/pyproject.toml": text}) == [("lib/__init__.py", 2)]
