"""What a change can affect: how far, which tests, whom to tell."""

from __future__ import annotations

from pathlib import Path

from analyzer.graph.system import System
from analyzer.model.answers import ImpactAnswer
from analyzer.questions.impact import find_impact
from analyzer.questions.references import get_reference
from tests.functional.running import analyse_tree, record

CHECKED = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\n"


def ask(system: System, *refs: str) -> ImpactAnswer:
    here = Path("/nowhere")
    return find_impact(
        system, [get_reference(system, ref, project=here, working_directory=here) for ref in refs]
    )


def distances(answer: ImpactAnswer) -> dict[str, int]:
    return {one.artifact.id[6:-4]: one.distance for one in answer.affected}


def test_distance_counts_artifacts_not_links(tmp_path: Path) -> None:
    """D is far by links and near by artifacts: code of no artifact, or of its own, is free."""
    system = analyse_tree(
        tmp_path,
        {
            "a.py": "",
            "b.py": "import a\n",
            "c.py": "import b\n",
            "free1.py": "import a\n",
            "free2.py": "import free1\n",
            "d/inner.py": "import free2\n",
            "d/outer.py": "import d.inner\nimport c\n",
            "e.py": "import d.outer\n",
        },
        A="a.py",
        B="b.py",
        C="c.py",
        D="d",
        E="e.py",
    )
    answer = ask(system, "a.py")
    assert distances(answer) == {"B": 1, "D": 1, "C": 2, "E": 2}
    chains = {
        str(one.artifact.id): [link.importer for link in one.chain] for one in answer.affected
    }
    assert chains["T-SVC-D-001"] == ["d/inner.py", "free2.py", "free1.py"]
    # The nearest by artifacts, not the shortest by links: that would be e, d.outer, c, b.
    assert chains["T-SVC-E-001"] == ["e.py", "d/outer.py", "d/inner.py", "free2.py", "free1.py"]
    expected = "b.py c.py d/inner.py d/outer.py e.py free1.py free2.py"
    assert list(answer.modules) == expected.split()


def test_what_changes_is_not_affected(tmp_path: Path) -> None:
    """Neither by another change nor by itself in a cycle; distances are from the nearest."""
    system = analyse_tree(
        tmp_path,
        {"a.py": "import c\n", "b.py": "import a\n", "c.py": "import b\n", "d.py": "import c\n"},
        A="a.py",
        B="b.py",
        C="c.py",
        D="d.py",
    )
    assert distances(ask(system, "T-SVC-A-001")) == {"B": 1, "C": 2, "D": 3}
    both = ask(system, "b.py", "T-SVC-A-001")
    assert distances(both) == {"C": 1, "D": 2}
    assert [(one.ref, one.path, one.artifact) for one in both.changed] == [
        ("T-SVC-A-001", "a.py", "T-SVC-A-001"),
        ("b.py", "b.py", "T-SVC-B-001"),
    ]


def test_a_package_init_counts_only_where_it_changed_itself(tmp_path: Path) -> None:
    system = analyse_tree(
        tmp_path,
        {
            "pkg/__init__.py": "from pkg.mod import x\nfrom pkg.other import y\n",
            "pkg/mod.py": "x = 1\n",
            "pkg/other.py": "y = 1\n",
            "user.py": "from pkg import x\n",
            "above.py": "import user\n",
        },
        U="user.py",
        V="above.py",
        O="pkg/other.py",
    )
    # `user` takes x: a change of the package's own file reaches it, one of `other` does not.
    init = ask(system, "pkg/__init__.py")
    assert distances(init) == {"U": 1, "V": 2}
    assert [link.kind.value for link in init.affected[0].chain] == ["parent-init"]
    other = ask(system, "pkg/other.py")
    assert distances(other) == {}
    assert other.modules == ("pkg/__init__.py",)
    assert distances(ask(system, "pkg/mod.py")) == {"U": 1, "V": 2}


def test_imports_for_type_checkers_carry_nothing(tmp_path: Path) -> None:
    system = analyse_tree(
        tmp_path,
        {"a.py": "", "b.py": CHECKED, "test_b.py": CHECKED, "c.py": "def f():\n    import a\n"},
        A="a.py",
        B="b.py",
        C="c.py",
    )
    answer = ask(system, "a.py")
    assert distances(answer) == {"C": 1}
    assert (answer.tests, answer.modules) == ((), ("c.py",))


def test_which_tests_to_run(tmp_path: Path) -> None:
    """Those that reach the change, through helpers too, and those below a conftest that does."""
    system = analyse_tree(
        tmp_path,
        {
            "a.py": "",
            "b.py": "import a\n",
            "tests/helpers.py": "import b\n",
            "tests/test_direct.py": "import a\n",
            "tests/test_through.py": "from tests import helpers\n",
            "tests/test_not.py": "",
            "tests/db/conftest.py": "import a\n",
            "tests/db/test_rows.py": "",
            "tests/db/deep/rows_test.py": "",
            "tests/db/support.py": "",
            "tests/dbx/test_near.py": "",
        },
        B="b.py",
        H="tests/helpers.py",
    )
    below = ("tests/db/deep/rows_test.py", "tests/db/test_rows.py")
    answer = ask(system, "a.py")
    assert answer.tests == (*below, "tests/test_direct.py", "tests/test_through.py")
    # Test code is no production: it is not affected, and no way to what is.
    assert distances(answer) == {"B": 1}
    assert answer.modules == ("b.py",)
    # A test that changed itself is to be run, and so is everything below a changed conftest.
    assert ask(system, "tests/test_not.py").tests == ("tests/test_not.py",)
    assert ask(system, "tests/db/conftest.py").tests == below


def test_a_conftest_at_the_top_means_all_tests(tmp_path: Path) -> None:
    files = {"conftest.py": "import a\n", "a.py": "", "test_x.py": "", "deep/er/test_y.py": ""}
    answer = ask(analyse_tree(tmp_path, files), "a.py")
    assert answer.tests == ("deep/er/test_y.py", "test_x.py")


def test_owners_to_tell(tmp_path: Path) -> None:
    files = {"a.py": "", "b.py": "import a\n", "c.py": "import a\n", "d.py": "import a\n"}
    for letter, owner in (("A", "one"), ("B", "two"), ("C", ""), ("D", "two")):
        id_ = f"T-SVC-{letter}-001"
        files[f"registry/{letter}.yaml"] = record(id_, f"{letter.lower()}.py", owner=owner)
    answer = ask(analyse_tree(tmp_path, files), "a.py")
    # Owners by name, what nobody owns at the end; the changed artifact's own is not among them.
    assert [(one.owner, list(one.artifacts)) for one in answer.owners] == [
        ("two", ["T-SVC-B-001", "T-SVC-D-001"]),
        (None, ["T-SVC-C-001"]),
    ]


def test_files_that_are_no_python(tmp_path: Path) -> None:
    system = analyse_tree(tmp_path, {"a.sh": "", "b.py": "", "notes.txt": ""}, A="a.sh")
    answer = ask(system, "a.sh", "notes.txt")
    assert [(one.path, one.artifact) for one in answer.changed] == [
        ("a.sh", "T-SVC-A-001"),
        ("notes.txt", None),
    ]
    assert (answer.affected, answer.modules, answer.tests) == ((), (), ())
