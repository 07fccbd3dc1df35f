"""OWN002, and how the owners of records are found again in CODEOWNERS and in git."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.checks import run_checks
from analyzer.config import load_config
from analyzer.graph.system import System
from analyzer.model.codeowners import Dialect
from analyzer.model.errors import AnalyzerError
from analyzer.model.findings import Finding
from analyzer.model.names import ProjectPath
from analyzer.model.owners import Owners
from analyzer.sources.codeowners import parse_codeowners
from tests.functional.running import Invoke, analyse_tree, build_invoke, record
from tests.support import git, write_tree


@pytest.fixture
def invoke(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Invoke:
    return build_invoke(monkeypatch, capfdbinary)


def find(system: System, folder: Path) -> tuple[Finding, ...]:
    return run_checks(system, load_config(project=folder, file=None), select=["OWN002"])


def shown(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{one.path}:{one.line} {one.message}" for one in findings]


OWNED = {
    "a.py": "",
    "b.py": "",
    "lib/x.py": "",
    "lib/y.py": "",
    "lib/z.py": "",
    "lib/free.py": "",
    "registry/A.yaml": record("T-SVC-A-001", "a.py", owner="sales"),
    "registry/B.yaml": record("T-SVC-B-001", "b.py", owner="Platform"),
    "registry/L.yaml": record("T-SVC-L-001", "lib", owner="libs"),
    "registry/N.yaml": record("T-SVC-N-001", "lib/free.py", owner=""),
}


def test_once_for_each_set_of_others(tmp_path: Path) -> None:
    text = "*.py @acme/PLATFORM\n/lib/ @x @libs\n/lib/y.py @y\n/lib/z.py @y\n/lib/x.py\n/a.py @b\n"
    system = analyse_tree(tmp_path, OWNED | {"docs/CODEOWNERS": text})
    assert shown(find(system, tmp_path)) == [
        'registry/A.yaml:5 owner is "sales", but docs/CODEOWNERS:6 gives a.py to @b',
        (
            'registry/L.yaml:5 owner is "libs", but docs/CODEOWNERS:3 gives lib/y.py and 1 more of '
            "its files to @y"
        ),
    ]
    (first, _) = find(system, tmp_path)
    assert (first.artifact, first.owner, first.chain) == ("T-SVC-A-001", "sales", ())


def test_nothing_without_the_file_or_where_it_names_nobody(tmp_path: Path) -> None:
    assert find(analyse_tree(tmp_path / "1", OWNED), tmp_path / "1") == ()
    nobody = OWNED | {"CODEOWNERS": "* @x\n/a.py\n/b.py\n/lib/\n"}
    assert find(analyse_tree(tmp_path / "2", nobody), tmp_path / "2") == ()


def test_sections_count_together(tmp_path: Path) -> None:
    text = "* @admin\n[A] @sales\n/a.py\n[B]\n/a.py @c\n/b.py @c\n"
    files = {"a.py": "", "b.py": "", "CODEOWNERS": text}
    files |= {name: OWNED[name] for name in ("registry/A.yaml", "registry/B.yaml")}
    assert shown(find(analyse_tree(tmp_path, files), tmp_path)) == [
        (
            'registry/B.yaml:5 owner is "Platform", but CODEOWNERS:1, CODEOWNERS:6 give b.py to '
            "@admin, @c"
        )
    ]


def test_names_are_mapped_by_the_configuration(tmp_path: Path) -> None:
    config = '[owners]\nSales = "@acme/revenue"\nplatform = ["@acme/infra", "@ann"]\n'
    files = OWNED | {"analyzer.toml": config, "CODEOWNERS": "/a.py @Acme/Revenue\n/b.py @ann\n"}
    assert find(analyse_tree(tmp_path, files), tmp_path) == ()
    # A handle in the mapping is meant alone.
    files["CODEOWNERS"] = "/a.py @acme/sales\n/b.py @other/ann\n"
    assert [one.artifact for one in find(analyse_tree(tmp_path, files), tmp_path)] == [
        "T-SVC-A-001"
    ]


@pytest.mark.parametrize("value", ["3", "[1]", "{a = 1}"])
def test_a_mapping_to_no_handles_is_refused(value: str, tmp_path: Path) -> None:
    write_tree(tmp_path, {"analyzer.toml": f"[owners]\nsales = {value}\n"})
    with pytest.raises(AnalyzerError) as error:
        load_config(project=tmp_path, file=None)
    assert str(error.value) == (
        'analyzer.toml:2: wrong value for "owners.sales": expected is a handle, or several'
    )


def owners(codeowners: str, **mapping: tuple[str, ...]) -> Owners:
    path = ProjectPath(".github/CODEOWNERS")
    return Owners(mapping, parse_codeowners(codeowners.encode(), path=path, dialect=Dialect.GITHUB))


def test_handles_of_an_owner() -> None:
    known = owners("/a @acme/backend @b\n/b @other/BackEnd x@y.org\n", ops=("@acme/sre", "o@x.org"))
    assert known.handles_of("backend") == ("@acme/backend", "@other/BackEnd")
    assert known.handles_of("acme/backend") == ("@acme/backend",)
    assert known.handles_of("Ops") == ("@acme/sre",)
    assert known.handles_of("@who/ever") == ("@who/ever",)
    assert known.handles_of("ann@x.org") == ("ann@x.org",)
    assert known.handles_of("front") == ()
    # What is no single word would write rules of its own.
    assert known.handles_of("@a\n*\t@evil") == ()
    assert owners("", front=("f@x.org", "Fay")).handles_of("front") == ("f@x.org",)


def test_authors_of_an_owner() -> None:
    known = owners("", ops=("@acme/Sre", "o@x.org", "Olga Opal"))

    def is_author(owner: str, name: str, email: str) -> bool:
        return known.is_author(owner, name=name, email=email)

    assert is_author("ops", "olga opal", "other@x.org")
    assert is_author("ops", "O", "O@X.org")
    assert is_author("ops", "O", "12+sre@users.noreply.github.com")
    assert is_author("ann", "Ann Arbor", "ann@x.org")
    assert is_author("ann@x.org", "Ann Arbor", "ann@x.org")
    assert not is_author("ops", "Ann Arbor", "ann@x.org")


def test_a_review_knows_the_file_at_the_base_of_a_project_below_its_repository(
    tmp_path: Path, invoke: Invoke
) -> None:
    files = {"CODEOWNERS": "/app/*.py @others\n", "app/a.py": "", "app/b.py": ""}
    files["app/registry/A.yaml"] = record("T-SVC-A-001", "a.py", owner="sales")
    write_tree(tmp_path, files)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "Start")
    added = record("T-SVC-B-001", "b.py", owner="sales")
    write_tree(tmp_path, {"app/registry/B.yaml": added})
    run = invoke("--project", "app", "review", "--base", "HEAD", "--select", "OWN002", cwd=tmp_path)
    assert run.out.splitlines()[1:2] == [
        '     5  warning  OWN002  owner is "sales", but ../CODEOWNERS:1 gives b.py to @others'
    ]
    assert "1 new finding" in run.out
