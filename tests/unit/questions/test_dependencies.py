"""`show`, `deps` and `why` on tiny graphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.graph.system import System
from analyzer.model.answers import Dependency
from analyzer.model.names import ArtifactId
from analyzer.questions.dependencies import find_dependencies, find_why, show
from analyzer.questions.references import get_reference
from tests.functional.running import analyse_tree, record

# A -> free -> B -> C, and A -> C for type checkers only; two files of B import C.
FILES = {
    "a.py": "from typing import TYPE_CHECKING\nimport free\nif TYPE_CHECKING:\n    import c\n",
    "free.py": "def f():\n    import b\n",
    "b.py": "import c\n",
    "b2.py": "try:\n    import c\nexcept ImportError:\n    pass\n",
    "c.py": "",
    "lonely.py": "",
    "registry/B.yaml": record("T-SVC-B-001", "[b.py, b2.py]"),
}
FROM_A = ["A->B 2 runtime,function-level", "A->C 1 type-checking"]
TO_C = ["A->C 1 type-checking", "B->C 1 runtime,conditional"]


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> System:
    folder = tmp_path_factory.mktemp("dependencies")
    return analyse_tree(folder, FILES, A="a.py", C="c.py", L="lonely.py")


def shown(dependencies: tuple[Dependency, ...]) -> list[str]:
    return [
        f"{one.dependent[6]}->{one.depends_on[6]} {one.hops} {','.join(one.kinds)}"
        for one in dependencies
    ]


@pytest.mark.parametrize(
    ("letter", "options", "expected", "unregistered"),
    [
        ("A", "", FROM_A, ["free.py"]),
        ("B", "", ["B->C 1 runtime,conditional"], []),
        ("C", "", [], []),
        ("L", "transitive", [], []),
        ("A", "transitive", FROM_A, ["free.py"]),
        ("C", "reverse", TO_C, []),
        ("C", "reverse transitive", TO_C, []),
        ("B", "reverse", ["A->B 2 runtime,function-level"], ["free.py"]),
        ("A", "reverse transitive", [], []),
    ],
)
def test_deps(
    letter: str, options: str, expected: list[str], unregistered: list[str], system: System
) -> None:
    artifact = system.artifacts[ArtifactId(f"T-SVC-{letter}-001")]
    is_reverse, is_transitive = "reverse" in options, "transitive" in options
    answer = find_dependencies(system, artifact, is_reverse=is_reverse, is_transitive=is_transitive)
    assert shown(answer.dependencies) == expected
    assert [one.path for one in answer.unregistered] == unregistered
    if not is_transitive:
        same = show(system, artifact)
        assert answer.dependencies == (same.dependents if is_reverse else same.dependencies)


def test_transitive_goes_through_artifacts(tmp_path: Path) -> None:
    """An artifact is not among its own dependencies, though it reaches itself."""
    files = {"a.py": "import b\n", "b.py": "import free\n", "free.py": "import c\n"}
    system = analyse_tree(tmp_path, {**files, "c.py": "import a\n"}, A="a.py", B="b.py", C="c.py")
    artifact = system.artifacts[ArtifactId("T-SVC-A-001")]
    for is_reverse, expected in (
        (False, ["A->B 1 runtime", "A->C 3 runtime"]),
        (True, ["B->A 3 runtime", "C->A 1 runtime"]),
    ):
        answer = find_dependencies(system, artifact, is_reverse=is_reverse, is_transitive=True)
        assert shown(answer.dependencies) == expected
    assert shown(show(system, artifact).dependencies) == ["A->B 1 runtime"]


@pytest.mark.parametrize(
    ("source", "target", "files"),
    [
        ("a.py", "c.py", ["a.py", "c.py"]),
        ("T-SVC-A-001", "t-svc-b-001", ["a.py", "free.py", "b.py"]),
        ("free", "c", ["free.py", "b.py", "c.py"]),
        ("T-SVC-B-001", "c.py", ["b.py", "c.py"]),
        ("c.py", "a.py", []),
        ("lonely.py", "a.py", []),
    ],
)
def test_why(source: str, target: str, files: list[str], system: System) -> None:
    here = Path("/nowhere")
    ends = [
        get_reference(system, ref, project=here, working_directory=here) for ref in (source, target)
    ]
    answer = find_why(system, source=ends[0], target=ends[1])
    chain = answer.chain
    assert [link.importer for link in chain[:1]] + [link.imported for link in chain] == files
    # An id is spelt as its record spells it, everything else as the user wrote it.
    assert (answer.source, answer.target) == (source, target.replace("t-svc-b", "T-SVC-B"))


def test_of_equal_chains_the_first_in_order(tmp_path: Path) -> None:
    files = {"a.py": "import y\nimport x\n", "x.py": "import z\n", "y.py": "import z\n", "z.py": ""}
    system = analyse_tree(tmp_path, files, A="a.py", Z="z.py")
    (dependency,) = show(system, system.artifacts[ArtifactId("T-SVC-A-001")]).dependencies
    assert [link.imported for link in dependency.chain] == ["x.py", "z.py"]
