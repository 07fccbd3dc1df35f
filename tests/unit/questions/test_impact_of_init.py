"""A change of a package's `__init__` affects all that executes it on the way to something else."""

from __future__ import annotations

from pathlib import Path

from analyzer.model.configuration import Config
from analyzer.pipeline import analyse
from analyzer.questions.impact import find_impact
from analyzer.questions.references import get_reference
from tests.support import write_tree

_RECORD = """\
artifact_id: X-BE-SVC-{0}-001
name: {1}
type: service
status: active
owner: me
purpose: p
authority_level: observe
execution_surface: server
path: {1}
"""


def test_importers_of_anything_inside_execute_the_init(tmp_path: Path) -> None:
    files = {
        "registry/a.yaml": _RECORD.format("A", "a.py"),
        "registry/b.yaml": _RECORD.format("B", "b.py"),
        "registry/c.yaml": _RECORD.format("C", "c.py"),
        "pkg/__init__.py": "from . import other\n",
        "pkg/mod.py": "",
        "pkg/other.py": "",
        "a.py": "\nfrom pkg.mod import x\n",
        "b.py": "import a\n",
        "c.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pkg.mod\n",
        "tests/test_mod.py": "import pkg.mod\n",
    }
    system = analyse(project=write_tree(tmp_path, files), config=Config())

    def impact(ref: str) -> tuple[object, object]:
        found = get_reference(system, ref, project=tmp_path, working_directory=tmp_path)
        answer = find_impact(system, [found])
        affected = [
            (one.artifact.id, one.distance, [f"{link.importer}:{link.line}" for link in one.chain])
            for one in answer.affected
        ]
        return affected, answer.tests

    assert impact("pkg/__init__.py") == (
        [("X-BE-SVC-A-001", 1, ["a.py:2"]), ("X-BE-SVC-B-001", 2, ["b.py:1", "a.py:2"])],
        ("tests/test_mod.py",),
    )
    # What the `__init__` itself imports is not what the importers of `pkg.mod` use.
    assert impact("pkg/other.py") == ([], ())
