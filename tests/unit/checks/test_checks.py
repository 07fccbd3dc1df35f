"""Each check on a tiny project: what it finds, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.checks import run_checks, split_codes
from analyzer.config import load_config
from analyzer.graph.system import System
from analyzer.model.configuration import OFF, Config, Scope
from analyzer.model.errors import AnalyzerError
from analyzer.model.findings import Finding, Severity
from analyzer.model.names import ArtifactId
from analyzer.model.rules import RULES
from tests.functional.running import analyse_tree, record
from tests.support import write_tree


def find(
    system: System,
    code: str,
    *,
    include: tuple[str, ...] | None = None,
    exclude: tuple[str, ...] = (),
) -> tuple[Finding, ...]:
    return run_checks(system, Config(scope=Scope(include, exclude)), select=[code])


def shown(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{one.path}:{one.line} {one.artifact}" for one in findings]


# DEP001


def test_imports_of_unregistered_modules(tmp_path: Path) -> None:
    """Once a file and module, at the strongest evidence; whatever the kind of import is."""
    system = analyse_tree(
        tmp_path,
        {
            "app/__init__.py": "",
            "app/a.py": "def f():\n    import app.free\nimport app.free\nimport app.b\n",
            "app/b.py": "import typing\nif typing.TYPE_CHECKING:\n    import app.free\n",
            "app/free.py": "import app.deeper\n",
            "app/deeper.py": "",
        },
        A="app/a.py",
        B="app/b.py",
    )
    findings = find(system, "DEP001")
    # What unregistered code imports is no artifact's dependency.
    assert shown(findings) == ["app/a.py:3 T-SVC-A-001", "app/b.py:3 T-SVC-B-001"]
    assert findings[0].message == "T-SVC-A-001 imports app/free.py, which no record covers"
    assert (findings[0].owner, findings[0].severity) == ("team", Severity.ERROR)
    (link,) = findings[0].chain
    assert (link.importer, link.imported) == ("app/a.py", "app/free.py")


def test_what_may_be_unregistered(tmp_path: Path) -> None:
    """Modules out of scope, package inits, mocks, and whatever tests import."""
    system = analyse_tree(
        tmp_path,
        {
            "app/__init__.py": "",
            "app/a.py": "import app\nimport lib.far\nimport app.mock_mail\n",
            "app/mock_mail.py": "",
            "app/free.py": "",
            "lib/__init__.py": "",
            "lib/far.py": "",
            "tests/test_a.py": "import app.free\n",
        },
        A="app/a.py",
        T="tests/test_a.py",
    )
    assert find(system, "DEP001") == ()
    assert shown(find(system, "DEP001", include=("lib/*.py",))) == ["app/a.py:2 T-SVC-A-001"]


# DEP005


def cycle_tree(folder: Path, imports: dict[str, str]) -> System:
    """Artifacts of one letter and the text of each, such as `{"A": "import b\\n"}`."""
    files = {f"{letter.lower()}.py": text for letter, text in imports.items()}
    return analyse_tree(folder, files, **{letter: f"{letter.lower()}.py" for letter in imports})


def test_what_opens_a_knot(tmp_path: Path) -> None:
    """A -> B -> C -> D -> A is the ring; C -> E -> C is the shortest way round in it."""
    system = cycle_tree(
        tmp_path,
        {
            "A": "import b\n",
            "B": "import c\n",
            "C": "import d\n\nimport e\n",
            "D": "import a\n",
            "E": "\ndef f():\n    import c\n",
            "X": "import a\n",
        },
    )
    ring, short = find(system, "DEP005")
    assert ring.message == (
        "T-SVC-A-001 -> T-SVC-B-001 -> T-SVC-C-001 -> T-SVC-D-001 -> T-SVC-A-001 depend on each "
        "other; T-SVC-A-001 -> T-SVC-B-001 is one of 2 whose removal opens a knot of 5 artifacts, "
        "the fewest that do"
    )
    # The import inside of a function goes first, whatever its id.
    assert (short.path, short.line, short.artifact) == ("e.py", 3, "T-SVC-E-001")
    assert [(one.importer, one.imported, one.line) for one in short.chain] == [
        ("e.py", "c.py", 3),
        ("c.py", "e.py", 3),
    ]


def test_one_dependency_that_is_part_of_all_cycles(tmp_path: Path) -> None:
    system = cycle_tree(
        tmp_path, {"A": "import b\nimport c\n", "B": "import c\n", "C": "import a\n"}
    )
    (finding,) = find(system, "DEP005")
    assert finding.message == (
        "T-SVC-C-001 -> T-SVC-A-001 -> T-SVC-C-001 depend on each other; "
        "without T-SVC-C-001 -> T-SVC-A-001 none of 3 artifacts is in a cycle any more"
    )


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("", ["a.py", "d.py"]),
        ("[rules.dependency-cycle]\nmax-length = 4\n", ["a.py", "d.py"]),
        ("[rules.dependency-cycle]\nmax-length = 3\n", ["a.py"]),
        ("[rules.dependency-cycle]\nmax-length = 2\n", ["a.py"]),
        # The code outweighs the name.
        ("[rules.dependency-cycle]\nmax-length = 9\n[rules.DEP005]\nmax-length = 3\n", ["a.py"]),
    ],
)
def test_the_longest_cycle_that_is_told(table: str, found: list[str], tmp_path: Path) -> None:
    texts = {"A": "import b\n", "B": "import a\n"}
    texts |= {"D": "import e\n", "E": "import f\n", "F": "import g\n", "G": "import d\n"}
    write_tree(tmp_path, {"analyzer.toml": table})
    system = cycle_tree(tmp_path, texts)
    config = load_config(project=tmp_path, file=None)
    assert [one.path for one in run_checks(system, config, select=["DEP005"])] == found


def test_mending_what_is_reported_makes_nothing_new(tmp_path: Path) -> None:
    """Three cycles through B, which lose one import after the other."""
    texts = {"A": "import b\n", "B": "import c\nimport d\nimport a\n"}
    texts |= {"C": "import b\n", "D": "import b\n"}
    known = {one.fingerprint for one in find(cycle_tree(tmp_path / "0", texts), "DEP005")}
    assert len(known) == 3
    for number, letter in enumerate("ABB", start=1):
        text = texts[letter].partition("\n")[2]
        texts[letter] = text
        left = {
            one.fingerprint for one in find(cycle_tree(tmp_path / f"{number}", texts), "DEP005")
        }
        assert left < known
        known = left
    assert known == set()


def test_each_knot_is_one_finding(tmp_path: Path) -> None:
    system = cycle_tree(
        tmp_path,
        {"A": "import b\n", "B": "import a\n", "C": "import a\nimport d\n", "D": "import c\n"},
    )
    assert shown(find(system, "DEP005")) == ["a.py:1 T-SVC-A-001", "c.py:2 T-SVC-C-001"]


def test_a_cycle_through_code_of_no_artifact(tmp_path: Path) -> None:
    files = {"a.py": "import free\n", "free.py": "import other\n", "other.py": "import b\n"}
    system = analyse_tree(tmp_path, {**files, "b.py": "import a\n"}, A="a.py", B="b.py")
    (finding,) = find(system, "DEP005")
    assert [one.imported for one in finding.chain] == ["free.py", "other.py", "b.py", "a.py"]


@pytest.mark.parametrize(
    "back",
    ["from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\n", "import free\n", ""],
)
def test_what_makes_no_cycle(back: str, tmp_path: Path) -> None:
    """Imports for type checkers, and a way round within unregistered code or one artifact."""
    files = {
        "a.py": "import b\nimport a2\n",
        "a2.py": "import a\n",
        "b.py": back,
        "free.py": "import more\n",
        "more.py": "import free\n",
        "registry/A.yaml": record("T-SVC-A-001", "[a.py, a2.py]"),
    }
    system = analyse_tree(tmp_path, files, B="b.py")
    assert system.artifacts[ArtifactId("T-SVC-A-001")].files == ("a.py", "a2.py")
    assert find(system, "DEP005") == ()


def test_a_type_checking_import_beside_a_real_one_makes_a_cycle(tmp_path: Path) -> None:
    both = (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\n"
        "def f():\n    import a\n"
    )
    system = cycle_tree(tmp_path, {"A": "import b\n", "B": both})
    (finding,) = find(system, "DEP005")
    assert [(one.line, one.kind.value) for one in finding.chain] == [
        (5, "function-level"),
        (1, "runtime"),
    ]


# REG006

SCOPED = {
    "app/__init__.py": "",
    "app/a.py": "",
    "app/free.py": "",
    "app/mocks/fake.py": "",
    "app/mail_mock.py": "",
    "app/test_free.py": "",
    "app/sub/deeper.py": "",
    "lib/far.py": "",
    "tests/helpers.py": "",
    "conftest.py": "",
}


@pytest.mark.parametrize(
    ("include", "exclude", "found"),
    [
        (None, (), "app/free.py"),
        (("app/**",), (), "app/free.py app/sub/deeper.py"),
        (("/lib/", "app/sub/*.py"), (), "app/sub/deeper.py lib/far.py"),
        (("**",), (), "app/free.py app/sub/deeper.py lib/far.py"),
        (("**",), ("lib/**", "**/deeper.py"), "app/free.py"),
        (("app/*.py", "!app/free.py"), (), ""),
        ((), (), ""),
        (None, ("free.py",), ""),
    ],
)
def test_unregistered_modules(
    include: tuple[str, ...] | None, exclude: tuple[str, ...], found: str, tmp_path: Path
) -> None:
    system = analyse_tree(tmp_path, SCOPED, A="app/a.py")
    findings = find(system, "REG006", include=include, exclude=exclude)
    assert [one.path for one in findings] == found.split()
    about = {(one.artifact, one.line, one.severity) for one in findings}
    assert about <= {(None, None, Severity.WARNING)}


def test_a_folder_that_is_registered_covers_what_is_in_it(tmp_path: Path) -> None:
    assert find(analyse_tree(tmp_path, SCOPED, A="app", L="lib/far.py"), "REG006") == ()


def test_a_document_takes_files_out_of_scope(tmp_path: Path) -> None:
    backlog = (
        "### Wave 1: One\n\n## Not Registered\n\n"
        "| Category | Reason |\n|--|--|\n| Free (`fre*.py`) | By design |\n"
    )
    files = {**SCOPED, "registry/BACKLOG.md": backlog}
    assert find(analyse_tree(tmp_path, files, A="app/a.py"), "REG006") == ()


# SCN001


def test_unscanned_files(tmp_path: Path) -> None:
    files = {"a.py": "\n\ndef (:\n", "b.py": "from .... import x\n", "c.py": "import a\n"}
    findings = find(analyse_tree(tmp_path, files, A="a.py"), "SCN001")
    assert [(one.path, one.line, one.artifact, one.owner) for one in findings] == [
        ("a.py", 3, "T-SVC-A-001", "team"),
        ("b.py", 1, None, None),
    ]
    assert [one.message.partition(":")[0] for one in findings] == [
        "syntax-error",
        "relative-import-beyond-root",
    ]


# All of them


def test_every_rule_has_a_check_and_a_case(tmp_path: Path) -> None:
    """One tree with a mistake of each kind: no code without a case, no finding without a rule."""
    system = analyse_tree(
        tmp_path,
        {
            "app/a.py": "import app.b\nimport app.free\n",
            "app/b.py": "import app.a  # analyzer: ignore[DEP001]\n",
            "app/free.py": "",
            "app/bad.py": "def (:\n",
            "main.py": "import app.a\nif __name__ == '__main__':\n    app.a.run()\n",
            "idle.py": "import dead\n",
            "dead.py": "",
            "tested.py": "",
            "tests/test_tested.py": "import tested\n",
            "tool.py": "",
            "scripts/use.py": "import tool\nif __name__ == '__main__':\n    tool.run()\n",
            "api.py": (
                "from fastapi import APIRouter\nrouter = APIRouter()\n"
                "@router.get('/x')\ndef x(): ...\n"
            ),
            "web.py": "from fastapi import FastAPI\napp = FastAPI()\n",
            "registry/U.yaml": record("T-BE-API-U-001", "api.py", type="api-route"),
            "registry/V.yaml": record("T-SVC-V-001", "web.py", owner=""),
            "one/same.py": "",
            "two/same.py": "",
            "registry/P.yaml": "artifact_id: T-SVC-P-001\n",
            "registry/Q.yaml": record("T-SVC-A-001", "app/a.py"),
            "registry/R.yaml": record("T-SVC-R-001", name="same.py"),
            "registry/S.yaml": record("lower case", "app/b.py"),
            "app/c.py": "import app.d\n",
            "app/d.py": "",
            "CODEOWNERS": "/idle.py @others\n",
            "registry/X.yaml": record("T-SVC-X-001", "app/c.py", wave=1, product="p")
            + "dependencies: [T-SVC-Z-001]\n",
            "registry/Y.yaml": record(
                "T-SVC-Y-001", "app/d.py", wave=2, product="q", authority_level="mutate"
            )
            + "forbidden_callers: [c.py]\n",
        },
        A="app/a.py",
        B="app/b.py",
        G="app/gone.py",
        I="idle.py",
        D="dead.py",
        T="tested.py",
        L="tool.py",
    )
    findings = run_checks(system, Config())
    assert {one.code for one in findings} == set(RULES)
    assert all(one.name == RULES[one.code].name for one in findings)
    assert list(findings) == sorted(findings, key=Finding.sort_key)


def test_a_fingerprint_holds_no_line(tmp_path: Path) -> None:
    """Code that moves down, and an import that is written another way, make no new finding."""
    files = {
        "app/a.py": "import app.b\nimport app.free\n",
        "app/b.py": "import app.a\n",
        "app/free.py": "",
        "registry/P.yaml": "artifact_id: T-SVC-P-001\nname: p\n",
    }
    before = run_checks(analyse_tree(tmp_path / "1", files, A="app/a.py", B="app/b.py"), Config())
    files |= {
        "app/a.py": "'''Moved.'''\n\nfrom app import free\nimport app.b\n",
        "registry/P.yaml": "# Moved.\n\nartifact_id: T-SVC-P-001\nname: p\n",
    }
    after = run_checks(analyse_tree(tmp_path / "2", files, A="app/a.py", B="app/b.py"), Config())
    assert [one.line for one in before] != [one.line for one in after]
    assert {one.fingerprint for one in before} == {one.fingerprint for one in after}
    assert len({one.fingerprint for one in before}) == len(before)


def test_severity_and_selection(tmp_path: Path) -> None:
    start = "import app.a\nif __name__ == '__main__':\n    app.a.run()\n"
    files = {"app/a.py": "import app.free\n", "app/free.py": "", "main.py": start}
    system = analyse_tree(tmp_path, files, A="app/a.py")
    found = run_checks(system, Config(severities={"unregistered-module": Severity.INFO}))
    assert [(one.code, one.severity) for one in found] == [
        ("DEP001", Severity.ERROR),
        ("REG006", Severity.INFO),
    ]
    # The code outweighs the name.
    both = Config(severities={"unregistered-module": Severity.INFO, "REG006": OFF})
    assert [one.code for one in run_checks(system, both)] == ["DEP001"]
    kept = run_checks(system, Config(), select=["REG", "DEP"], ignore=["DEP"])
    assert [one.code for one in kept] == ["REG006"]
    assert run_checks(system, Config(), select=["REG006"], ignore=["ALL"]) == ()


def test_split_codes() -> None:
    assert split_codes("") == ()
    assert split_codes(" DEP001, REG ,ALL,") == ("DEP001", "REG", "ALL")
    with pytest.raises(AnalyzerError, match='"DEP9" fits no finding code; there are REG001'):
        split_codes("DEP,DEP9")


def test_checks_work_on_an_empty_project(tmp_path: Path) -> None:
    write_tree(tmp_path, {"readme.md": ""})
    assert run_checks(analyse_tree(tmp_path, {}), Config()) == ()
