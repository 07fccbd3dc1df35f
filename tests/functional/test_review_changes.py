"""`review` over scripted changes: exactly the findings beside each, and nothing is touched.

The cases stand in `review_cases/`, each a script of edits with what a review of it says.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from analyzer.model.rules import RULES
from analyzer.sources.git_tree import MANY_FILES
from tests.functional.review_cases import CASES, Case, Repository, shown_finding, snapshot
from tests.functional.review_cases.case import SELECT
from tests.functional.review_cases.faults import FAULTS
from tests.functional.review_cases.histories import move_below
from tests.functional.review_cases.modules import add_refunds
from tests.functional.review_cases.shop import OLD_FINDINGS, SHOP
from tests.functional.review_cases.shuffled import ShuffledCommandLine, shuffled_command_line
from tests.functional.review_cases.states import REFUNDS_FOUND
from tests.functional.running import ROOT, Invoke, assert_refused
from tests.functional.shapes import check_document


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The shop, committed; to be copied, not changed."""
    repository = Repository.start(tmp_path_factory.mktemp("start") / "shop", SHOP)
    # A copy of few files is a quick one.
    repository.git("gc", "-q")
    return repository


@pytest.fixture
def repo(start: Repository, tmp_path: Path) -> Repository:
    return start.copy(tmp_path / "shop")


@pytest.fixture(scope="module")
def shuffled() -> Iterator[ShuffledCommandLine]:
    with shuffled_command_line() as command_line:
        yield command_line


# How a change is told from another is no matter of order: a sample of them does.
_SHUFFLED_EACH = 4


def ends_of(dependencies: list[Mapping[str, Any]]) -> list[str]:
    return sorted(f"{one['from']} -> {one['to']}" for one in dependencies)


def shown_record(change: Mapping[str, Any]) -> str:
    before, after = (change[end] or "-" for end in ("before", "after"))
    return f"{change['artifact']} {change['field']}: {before} -> {after}"


def told_by(document: Mapping[str, Any]) -> dict[str, list[str]]:
    """Everything that a review says, as `expected_of` writes it."""
    told = {
        "findings": sorted(map(shown_finding, document["findings"])),
        "mended": sorted(map(shown_finding, document["mended"])),
        "records": sorted(map(shown_record, document["records"])),
        "unscanned": sorted(one["path"] for one in document["unscanned"]),
    }
    for end in ("added", "removed"):
        told[f"{end} dependencies"] = ends_of(document[end]["dependencies"])
        told[f"{end} artifacts"] = sorted(document[end]["artifacts"])
        told[f"{end} modules"] = sorted(document[end]["modules"])
    return {key: value for key, value in told.items() if value}


def expected_of(case: Case) -> dict[str, list[str]]:
    expected = {
        "findings": case.findings,
        "mended": case.mended,
        "records": case.records,
        "unscanned": case.unscanned,
    }
    for end, parts in (("added", case.added), ("removed", case.removed)):
        expected[f"{end} dependencies"] = parts.dependencies
        expected[f"{end} artifacts"] = parts.artifacts
        expected[f"{end} modules"] = parts.modules
    return {key: sorted(value) for key, value in expected.items() if value}


def review(repo: Repository, *options: str, select: str = SELECT) -> list[str]:
    return [
        "--project", str(repo.project), "review", "--base", repo.base, "--format", "json",
        "--select", select, *options,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=name,
            marks=[pytest.mark.xfail(reason=FAULTS[name])] if name in FAULTS else [],
        )
        for name, case in CASES.items()
    ],
)
def test_change(
    case: Case, repo: Repository, tmp_path: Path, invoke: Invoke, shuffled: ShuffledCommandLine
) -> None:
    unknown = set(case.select.split(",")) - set(RULES)
    if unknown:
        pytest.skip(f"no check answers to {', '.join(sorted(unknown))}")
    case.change(repo)
    before = snapshot(tmp_path)
    arguments = review(repo, *case.options, select=case.select)
    run = invoke(*arguments, cwd=tmp_path)
    assert snapshot(tmp_path) == before
    assert run.err == ""
    document = json.loads(run.out)
    assert told_by(document) == expected_of(case)
    check_document(document, body="review")
    assert document["complete"] == (not case.unscanned)
    severities = [one["severity"] for one in document["findings"]]
    counts = {one: severities.count(one) for one in ("error", "warning", "info")}
    assert document["summary"] == {**counts, "baselined": 0}
    assert run.code == (1 if counts["error"] else 0)
    ends = ["merge-base", "HEAD", repo.base] if case.options else ["rev-parse", repo.base]
    assert document["base"] == repo.git(*ends)
    assert document["head"] == repo.git("rev-parse", "HEAD")
    if list(CASES.values()).index(case) % _SHUFFLED_EACH:
        return
    # The same bytes in whatever order hashes and folders give their contents.
    output = tmp_path / "output.json"
    assert shuffled.run(*arguments, "--output", str(output), cwd=tmp_path) == run.code
    assert output.read_text(encoding="utf-8") == run.out
    output.unlink()
    assert snapshot(tmp_path) == before


def test_every_fault_has_a_case() -> None:
    assert set(FAULTS) <= set(CASES)


def test_the_debts_of_yesterday_are_there(repo: Repository, invoke: Invoke) -> None:
    """Or it would prove nothing that no case reports them."""
    run = invoke("check", "--select", SELECT, "--format", "json", cwd=repo.project)
    assert set(map(shown_finding, json.loads(run.out)["findings"])) == OLD_FINDINGS
    assert run.code == 1


@pytest.mark.parametrize(
    "base",
    [
        "main~1",
        "@~1",
        ":/Start",
        "v1",
        "heads/older",
        "HEAD^{}~1",
    ],
)
def test_revisions_as_git_spells_them(base: str, repo: Repository, invoke: Invoke) -> None:
    repo.git("tag", "--annotate", "--message", "One", "v1")
    repo.git("branch", "older")
    commit, repo.base = repo.base, base
    add_refunds(repo)
    repo.commit()
    document = json.loads(invoke(*review(repo), cwd=repo.project).out)
    assert document["base"] == commit
    assert len(document["findings"]) == 2


@pytest.mark.parametrize(
    "base",
    ["--output=made", "-x", "--", "--all", "nowhere", "", "HEAD:app", "HEAD:app/main.py", "a\nb"],
)
def test_a_base_that_is_no_commit(base: str, repo: Repository, invoke: Invoke) -> None:
    """A revision is data: none is an option of git."""
    before = snapshot(repo.root)
    repo.base = base
    assert_refused(invoke(*review(repo), cwd=repo.project))
    assert snapshot(repo.root) == before


def test_a_shallow_clone_without_the_base(repo: Repository, invoke: Invoke) -> None:
    """The message says what is missing, and the command that brings it."""
    repo.append("README.md", "More.\n")
    repo.commit()
    clone = Repository(repo.root.parent / "clone")
    repo.git("clone", "-q", "--depth", "1", repo.root.as_uri(), str(clone.root))
    clone.base = repo.base
    before = snapshot(clone.root)
    assert_refused(invoke(*review(clone), cwd=clone.root), repo.base, "shallow", "git fetch")
    assert snapshot(clone.root) == before


def test_a_shallow_clone_without_the_merge_base(repo: Repository, invoke: Invoke) -> None:
    """Both ends are there, and nothing says where they parted."""
    repo.git("switch", "-q", "-c", "feature")
    add_refunds(repo)
    repo.commit("Refunds")
    repo.git("switch", "-q", "main")
    repo.append("README.md", "More.\n")
    repo.commit("More")
    clone = Repository(repo.root.parent / "clone")
    source = repo.root.as_uri()
    repo.git("clone", "-q", "--depth", "1", "--no-single-branch", source, str(clone.root))
    clone.base = "origin/feature"
    run = invoke(*review(clone, "--merge-base"), cwd=clone.root)
    assert_refused(run, "shallow", "git fetch")


def test_a_repository_without_commits(tmp_path: Path, invoke: Invoke) -> None:
    repo = Repository(tmp_path)
    repo.git("init", "-q", "-b", "main")
    for path, text in SHOP.items():
        repo.write(path, text)
    for repo.base in ("HEAD", "main"):
        assert_refused(invoke(*review(repo), cwd=tmp_path), "nothing is committed here yet")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("app/services/inventory.py", "; renamed to app/services/inventory.py"),
        ("app/stock.py", "; a file of that name stands at app/stock.py"),
    ],
)
def test_a_record_that_a_rename_has_left_behind(
    place: str, said: str, repo: Repository, invoke: Invoke
) -> None:
    repo.move("app/services/stock.py", place)
    findings = json.loads(invoke(*review(repo), cwd=repo.project).out)["findings"]
    messages = [one["message"] for one in findings if one["code"] == "REG003"]
    assert messages == [f'no file at "app/services/stock.py"{said}']


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read everything")
def test_what_stands_in_a_folder_that_cannot_be_read(repo: Repository, invoke: Invoke) -> None:
    """It may be there still: nothing in it is mended or gone."""
    folder = repo.project / "app/services"
    folder.chmod(0)
    try:
        document = json.loads(invoke(*review(repo), cwd=repo.project).out)
    finally:
        folder.chmod(0o755)
    assert document["mended"] == []
    assert document["removed"]["modules"] == document["removed"]["dependencies"] == []


def test_a_project_in_a_folder_that_the_base_has_not(repo: Repository, invoke: Invoke) -> None:
    repo.start_here()
    start = repo.base
    move_below(repo)
    repo.base = start
    run = invoke(*review(repo), cwd=repo.project)
    assert run.err == (
        "analyzer: systems/shop: the base has no such folder, so everything in it counts as added\n"
    )


def test_a_registry_named_on_the_command_line(repo: Repository, invoke: Invoke) -> None:
    """It comes with the change: at the base there is none, which is no mistake of anybody."""
    repo.move("registry", "records")
    repo.delete("analyzer.toml")
    repo.start_here()
    repo.move("records", "elsewhere")
    repo.commit()
    run = invoke("--registry", "elsewhere", *review(repo), cwd=repo.project)
    assert run.err == ""
    assert set(map(shown_finding, json.loads(run.out)["findings"])) == {
        one.replace("registry/", "elsewhere/") for one in OLD_FINDINGS
    }


def test_as_a_hook_of_git(repo: Repository, tmp_path: Path) -> None:
    """Git tells its hooks where things are, by variables that hold for no other repository."""
    move_below(repo)
    repo.git("worktree", "add", "-q", "-b", "feature", "../../../linked")
    linked = Repository(tmp_path / "linked", project="systems/shop")
    hook = repo.root / ".git/hooks/pre-commit"
    command = shlex.join(
        [sys.executable, "-m", "analyzer", *review(linked), "--output", str(tmp_path / "out.json")]
    )
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {command}\n")
    hook.chmod(0o755)
    add_refunds(linked)
    linked.git("add", "--all")
    linked.git("commit", "-q", "-m", "Refunds", check=False)
    document = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert sorted(map(shown_finding, document["findings"])) == sorted(REFUNDS_FOUND)
    # The hook has kept the commit from being made.
    assert linked.git("rev-parse", "HEAD") == linked.git("rev-parse", "main")


def test_no_object_is_left_behind(tmp_path: Path, invoke: Invoke) -> None:
    """Elsewhere it would not be seen: what git writes down of an untracked file is an empty one."""
    files = {path: text or "# Empty\n" for path, text in SHOP.items()}
    repo = Repository.start(tmp_path / "shop", files)
    add_refunds(repo)
    before = snapshot(repo.root)
    assert invoke(*review(repo), cwd=repo.project).code == 1
    assert snapshot(repo.root) == before


def test_no_repository(tmp_path: Path, invoke: Invoke) -> None:
    folder = Repository(tmp_path)
    for path, text in SHOP.items():
        folder.write(path, text)
    assert_refused(invoke(*review(folder), cwd=tmp_path), "git")


def test_of_many_files_by_processes_that_leave_nothing(repo: Repository, tmp_path: Path) -> None:
    """Where there are many files, the base is written and compared while the head is analysed."""
    for number in range(MANY_FILES):
        repo.write(f"data/{number}.csv", "1,2\n")
    repo.start_here()
    add_refunds(repo)
    scratch = tmp_path / "scratch"
    scratch.mkdir()

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "analyzer", *arguments, *review(repo)],
            env={**os.environ, "TMPDIR": str(scratch)},
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip

    found = run()
    assert (found.returncode, found.stderr) == (1, "")
    document = json.loads(found.stdout)
    assert sorted(map(shown_finding, document["findings"])) == sorted(REFUNDS_FOUND)
    assert not list(scratch.iterdir())
    refused = run("--registry", "nowhere")
    assert refused.returncode == 2
    assert "there is no such registry" in refused.stderr
    assert not list(scratch.iterdir())
