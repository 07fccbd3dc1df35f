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
