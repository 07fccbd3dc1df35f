"""A package's own re-export does not keep a module alive when nobody uses the name."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.model.configuration import Config
from analyzer.pipeline import analyse
from analyzer.questions.orphans import find_orphans
from tests.support import write_tree

RECORD = """\
artifact_id: X-BE-SVC-A-001
name: a.py
type: service
status: active
owner: me
purpose: p
authority_level: observe
execution_surface: server
"""
_TREE = {
    "registry/a.yaml": RECORD,
    "app/__init__.py": "",
    "app/services/__init__.py": "from .a import A\n",
    "app/services/a.py": "class A: ...\n",
}


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ({}, ["no-importers"]),
        ({"tests/test_a.py": "from app.services import A\n"}, ["tests-only"]),
        ({"app/use.py": "from app.services import A\n"}, []),
        # Whoever imports the package as a whole may use anything in it.
        ({"app/use.py": "import app.services\n"}, []),
        ({"app/use.py": "from app.services import a\n"}, []),
        (
            {"app/services/b.py": "B = 1\n", "app/use.py": "from app.services import b\n"},
            ["no-importers"],
        ),
    ],
)
def test_who_takes_the_name_decides(
    others: dict[str, str], expected: list[str], tmp_path: Path
) -> None:
    system = analyse(project=write_tree(tmp_path, {**_TREE, **others}), config=Config())
    orphans = find_orphans(system, find_mentions=lambda _: {}).orphans
    assert [one.reason.value for one in orphans] == expected


def test_the_explanation_names_the_line(tmp_path: Path) -> None:
    system = analyse(project=write_tree(tmp_path, _TREE), config=Config())
    (orphan,) = find_orphans(system, find_mentions=lambda _: {}).orphans
    assert "app/services/__init__.py:1 passes it on" in orphan.explanation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from app.kit import register\n\n\n@register\nclass A: ...\n", []),
        ("from app.kit import register\n\n\nclass A: ...\n\n\nregister(A)\n", []),
        ("from dataclasses import dataclass\n\n\n@dataclass\nclass A: ...\n", ["no-importers"]),
        ("class A:\n    @register\n    def a(self):\n        go()\n", ["no-importers"]),
    ],
)
def test_what_enters_itself_somewhere_is_used_by_being_imported(
    text: str, expected: list[str], tmp_path: Path
) -> None:
    others = {
        "app/services/a.py": text,
        "app/services/b.py": "B = 1\n",
        "app/kit.py": "def register(one):\n    return one\n",
        "app/use.py": "from app.services import b\n",
    }
    system = analyse(project=write_tree(tmp_path, {**_TREE, **others}), config=Config())
    found = find_orphans(system, find_mentions=lambda _: {}).orphans
    assert [one.reason for one in found] == expected


def test_a_module_that_two_packages_hand_on_is_run(tmp_path: Path) -> None:
    others = {
        "app/services/__init__.py": "from .deep import a\n",
        "app/services/deep/__init__.py": "from .er import a\n",
        "app/services/deep/er/__init__.py": "",
        "app/services/deep/er/a.py": "A = 1\n",
        "app/services/b.py": "B = 1\n",
        "app/use.py": "from app.services import b\n",
    }
    files = {**_TREE, **others}
    del files["app/services/a.py"]
    system = analyse(project=write_tree(tmp_path, files), config=Config())
    assert find_orphans(system, find_mentions=lambda _: {}).orphans == ()
