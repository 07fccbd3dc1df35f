"""`registry progress` as people and programs call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.functional.running import ROOT, Invoke, assert_expected, assert_refused
from tests.support import copy_asset

LIST = "registry/BACKLOG.md"
START, END = "<!-- analyzer: progress -->", "<!-- /analyzer -->"


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    """A copy of a small shop whose backlog document contradicts itself wherever it can."""
    return copy_asset("backlog_claims", tmp_path)


def write(invoke: Invoke, project: Path, *more: str) -> tuple[int, str, str]:
    run = invoke("registry", "progress", "--write", LIST, *more, cwd=project)
    return run.code, run.out, run.err


def test_the_whole_answer_for_people_and_programs(claims: Path, invoke: Invoke) -> None:
    run = invoke("registry", "progress", cwd=claims)
    assert_expected("progress/answer.txt", run.out)
    assert (run.code, run.err) == (0, "")
    run = invoke("registry", "progress", "--format", "json", cwd=claims)
    assert_expected("progress/answer.json", run.out)
    assert (run.code, run.err) == (0, "")
    document = json.loads(run.out)
    assert document["command"] == "registry progress"
    keys = "wave title claimed_total claimed_registered claimed_status listed records located"
    assert set(keys.split()) <= set(document["waves"][0])
    assert {"where", "claim", "found"} <= set(document["discrepancies"][0])


def test_the_bundled_example_in_numbers(invoke: Invoke) -> None:
    run = invoke("--project", "examples/aos", "registry", "progress", "--format", "json", cwd=ROOT)
    document = json.loads(run.out)
    assert [
        (one["wave"], one["claimed_registered"], one["listed"], one["records"], one["completion"])
        for one in document["waves"]
    ] == [(1, 58, 0, 58, 100), (2, 20, 22, 22, 100), (3, 9, 9, 9, 100), (4, 20, 12, 12, 100)]
    told = [
        (one["line"], one["claim"], one["found"])
        for one in document["discrepancies"]
        if one["topic"] in ("count", "sum")
    ]
    assert told == [
        (33, "Wave 2: Registered 20", "22 listed, 22 of them registered"),
        (120, "Wave 4: Registered 20", "12 listed, 12 of them registered"),
        (215, "Wave 2: Registered 20", "22 listed, 22 of them registered"),
        (215, "Wave 2: Total 20", "22 listed"),
        (217, "Wave 4: Registered 20", "12 listed, 12 of them registered"),
        (217, "Wave 4: Total 20", "12 listed"),
        (218, "Total: Registered 111", "its rows add up to 107, to 101 once they are right"),
        (218, "Total: Total 111", "its rows add up to 107, to 101 once they are right"),
    ]
    assert document["next"] == []


def test_a_document_is_brought_up_to_date_and_stays_so(claims: Path, invoke: Invoke) -> None:
    page = claims / LIST
    head, tracking, rest = page.read_text(encoding="utf-8").partition("## Tracking\n")
    naming = rest.index("## Naming")
    marked = f"{head}{tracking}\n{START}\n{rest[:naming]}{END}\n\n{rest[naming:]}"
    page.write_bytes(marked.replace("\n", "\r\n").encode())
    before = page.read_bytes()
    changes = (
        f"{LIST}:82: Wave 1: Total 4 -> 3\n"
        f"{LIST}:83: Wave 2: Completion 60% -> 50%\n"
        f"{LIST}:83: Wave 2: Registered 3 -> 4\n"
        f"{LIST}:83: Wave 2: Status COMPLETE -> IN PROGRESS\n"
        f"{LIST}:83: Wave 2: Total 5 -> 8\n"
        f"{LIST}:84: Wave 3: Registered 2 -> 1\n"
        f"{LIST}:84: Wave 3: Status COMPLETE -> IN PROGRESS\n"
        f"{LIST}:85: a row for Wave 5 is missing below\n"
        f"{LIST}:86: Total: Completion 80% -> 61%\n"
        f"{LIST}:86: Total: Registered 9 -> 8\n"
        f"{LIST}:86: Total: Total 11 -> 13\n"
    )
    outside = f"{LIST}: outside of the marks and not so: lines 11, 13, 15, 18, 37, 57, 59\n"
    advice = f"Run `analyzer registry progress --write {LIST}`.\n"
    assert write(invoke, claims, "--check") == (1, f"{changes}{advice}{outside}", "")
    assert page.read_bytes() == before
    assert write(invoke, claims) == (0, f"{changes}{LIST}: 11 corrected\n{outside}", "")
    after = page.read_bytes()
    table = (
        "| Wave | Status | Registered | Total | Completion |\n"
        "|------|--------|------------|-------|------------|\n"
        "| Wave 1 | COMPLETE | 3 | 3 | 100% |\n"
        "| Wave 2 | IN PROGRESS | 4 | 8 | 50% |\n"
        "| Wave 3 | IN PROGRESS | 1 | 2 | 50% |\n"
        "| Wave 4 | PLANNED | 0 | 0 | 0% |\n"
        "| Wave 5 |  |  |  |  |\n"
        "| **Total** | **IN PROGRESS** | **8** | **13** | **61%** |\n"
    )
    first = before.index(b"| Wave | Status")
    last = before.index(b"\r\n<!-- /analyzer")
    assert after == before[:first] + table.replace("\n", "\r\n").encode() + before[last:]
    assert write(invoke, claims) == (0, f"{LIST}: 0 corrected\n{outside}", "")
    assert write(invoke, claims, "--check") == (0, outside, "")
    assert page.read_bytes() == after


def test_with_marks_around_everything_no_figure_is_wrong(claims: Path, invoke: Invoke) -> None:
    page = claims / LIST
    page.write_text(f"{START}\n\n{page.read_text(encoding='utf-8')}\n{END}\n", encoding="utf-8")
    assert write(invoke, claims)[0] == 0
    answer = json.loads(invoke("registry", "progress", "--format", "json", cwd=claims).out)
    topics = {one["topic"] for one in answer["discrepancies"] if one["path"] == LIST}
    assert topics == {
        "target", "listed-twice", "shared-id", "excluded", "convention", "priority", "wave"
    }  # fmt: skip
    assert write(invoke, claims, "--check") == (0, "", "")


def test_what_cannot_be_written_says_what_to_do(claims: Path, invoke: Invoke) -> None:
    run = invoke("registry", "progress", "--write", LIST, cwd=claims)
    lines = "around what is to be kept up to date, such as all of it, or lines 5-15, 18, 35-37, 50,"
    assert_refused(run, f"{LIST}: it has no marks; put {START} and {END}", lines)
    run = invoke("registry", "progress", "--write", "gone.md", cwd=claims)
    assert_refused(run, "gone.md: cannot be read: No such file or directory; check --write")
    assert_refused(invoke("registry", "progress", "--check", cwd=claims), "--check needs --write")
    for more in (["--format", "json"], ["--output", "x"]):
        run = invoke("registry", "progress", "--write", LIST, *more, cwd=claims)
        assert_refused(run, "--write takes no --format or --output")


def test_without_a_backlog_document_it_says_so(shop: Path, invoke: Invoke) -> None:
    (shop / "docs/codebase-registry/BACKLOG.md").unlink()
    run = invoke("registry", "progress", cwd=shop)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(
        "No backlog document: no Markdown file of the registry has a heading such as "
    )
    # Records may still name waves, and nobody contradicts them.
    assert "\n2 (no section)" in run.out
    assert run.out.endswith("\nContradictions (0)\n")


def test_the_documentation_quotes_what_is_printed(invoke: Invoke) -> None:
    page = (ROOT / "docs/registry.md").read_text(encoding="utf-8")
    command = "$ analyzer --project examples/aos registry progress\n"
    quoted = page.partition(command)[2].partition("```")[0]
    first, mark, last = quoted.partition("...\n")
    out = invoke("--project", "examples/aos", "registry", "progress", cwd=ROOT).out
    # A page stands elsewhere than the example, whose registry is outside of it.
    out = out.replace("../../registry_data", "registry_data")
    assert mark
    assert out.startswith(first)
    assert out.endswith(last)
