"""`baseline`, and `check` with one: yesterday's debts are quiet, whatever git moves around."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.functional.running import Invoke, assert_refused, record
from tests.functional.shapes import check_document
from tests.support import git, write_tree

LONG = "".join(f"def step_{number}(): return {number}\n" for number in range(40))
TREE = {
    "analyzer.toml": 'entry-points = ["*/a.py"]\n',
    "app/__init__.py": "",
    "app/a.py": f"import app.free\nimport app.b\n{LONG}",
    "app/b.py": "import app.a\nimport app.other\n" + LONG.replace("step", "stage"),
    "app/free.py": LONG.replace("step", "pace"),
    "app/other.py": LONG.replace("step", "stride"),
    "registry/A.yaml": record("T-SVC-A-001", "[app/a.py, lib/a.py]"),
    "registry/B.yaml": record("T-SVC-B-001", "[app/b.py, lib/b.py]"),
}
BASE = "analyzer-baseline.json"
# What stands in the tree: each DEP001, the cycle, both REG006, and a REG003 for each lib/.
STANDING = 7


@pytest.fixture
def project(tmp_path: Path, invoke: Invoke) -> Path:
    """A repository whose findings are all in a baseline, which is committed."""
    write_tree(tmp_path, TREE)
    git(tmp_path, "init", "-q", "-b", "main")
    run = invoke("baseline", cwd=tmp_path)
    assert run.code == 0
    assert run.out.endswith(f"{BASE} accepts 7 findings: 7 new, 0 gone\n")
    commit(tmp_path)
    return tmp_path


def commit(project: Path) -> None:
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "Next")


def ask(invoke: Invoke, project: Path, *arguments: str) -> dict[str, Any]:
    run = invoke("check", *arguments, "--format", "json", cwd=project)
    document: dict[str, Any] = json.loads(run.out)
    check_document(document, body="check")
    return {**document, "code": run.code, "err": run.err}


def shown(findings: list[dict[str, Any]]) -> list[str]:
    return [f"{one['code']} {one['path']}" for one in findings]


def edit(project: Path, path: str, old: str, new: str) -> None:
    text = (project / path).read_text(encoding="utf-8")
    assert old in text
    (project / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def entry(project: Path, code: str, path: str) -> str:
    """The text at the end of an entry's subject, to write more behind it."""
    findings = json.loads((project / BASE).read_text(encoding="utf-8"))["findings"]
    (found,) = [one for one in findings.values() if (one["code"], one["path"]) == (code, path)]
    return f'"subject": {json.dumps(found["subject"])},'


def test_what_stood_then_is_counted_and_not_shown(project: Path, invoke: Invoke) -> None:
    document = ask(invoke, project)
    assert (document["findings"], document["code"], document["err"]) == ([], 0, "")
    assert document["summary"] == {"error": 0, "warning": 0, "info": 0, "baselined": STANDING}
    assert document["stale"] == []
    assert invoke("check", cwd=project).out == "No findings, 7 baselined\n"
    full = ask(invoke, project, "--no-baseline")
    assert (len(full["findings"]), full["summary"]["baselined"], full["code"]) == (STANDING, 0, 1)
    # What is not looked for is neither found nor gone.
    some = ask(invoke, project, "--select", "DEP001")
    assert (some["summary"]["baselined"], some["stale"]) == (2, [])


def test_a_swap_has_no_green_light(project: Path, invoke: Invoke) -> None:
    edit(project, "app/a.py", "import app.free", "import app.other")
    document = ask(invoke, project)
    assert shown(document["findings"]) == ["DEP001 app/a.py"]
    assert document["code"] == 1
    assert [(one["code"], one["subject"]) for one in document["stale"]] == [
        ("DEP001", "app/free.py")
    ]


def test_mending_fails_nothing_unless_that_is_asked_for(project: Path, invoke: Invoke) -> None:
    edit(project, "app/b.py", "import app.other\n", "\n")
    document = ask(invoke, project)
    assert document["findings"] == []
    assert (document["summary"]["baselined"], document["code"]) == (STANDING - 1, 0)
    assert document["err"] == (
        f"analyzer: {BASE}: 1 entry is stale; `analyzer baseline --prune` takes them out\n"
    )
    assert invoke("check", cwd=project).out == (
        "No findings, 6 baselined\n\nStale: 1 finding of the baseline no longer there\n"
        "  DEP001  app/b.py: T-SVC-B-001 imports app/other.py, which no record covers\n"
    )
    summary = invoke("check", "--format", "markdown", cwd=project).out
    assert "### Stale: 1 finding of the baseline no longer there\n\n- DEP001 `app/b.py`" in summary
    assert ask(invoke, project, "--strict")["code"] == 1
    run = invoke("baseline", "--prune", cwd=project)
    assert run.out == (
        "- DEP001  app/b.py: T-SVC-B-001 imports app/other.py, which no record covers\n"
        f"{BASE} accepts 6 findings: 0 new, 1 gone\n"
    )
    after = ask(invoke, project, "--strict")
    assert (after["code"], after["stale"], after["err"]) == (0, [], "")


def test_pruning_accepts_nothing_new_and_writing_does(project: Path, invoke: Invoke) -> None:
    edit(project, "app/b.py", "import app.other\n", "import app.free\n")
    invoke("baseline", "--prune", cwd=project)
    assert shown(ask(invoke, project)["findings"]) == ["DEP001 app/b.py"]
    run = invoke("baseline", "--format", "json", cwd=project)
    document = json.loads(run.out)
    check_document(document, body="baseline")
    assert shown(document["added"]) == ["DEP001 app/b.py"]
    assert (document["removed"], document["entries"]) == ([], STANDING)
    assert ask(invoke, project)["code"] == 0


def test_the_same_tree_gives_the_same_bytes(project: Path, invoke: Invoke) -> None:
    before = (project / BASE).read_bytes()
    stamp = (project / BASE).stat().st_mtime_ns
    edit(project, "app/a.py", "import app.free", "\n\n'''Moved down.'''\nimport app.free")
    assert invoke("baseline", cwd=project).code == 0
    assert (project / BASE).read_bytes() == before
    assert (project / BASE).stat().st_mtime_ns == stamp
    (project / BASE).unlink()
    invoke("baseline", cwd=project)
    assert (project / BASE).read_bytes() == before


def test_what_people_have_added_stays_and_a_day_that_is_over_counts(
    project: Path, invoke: Invoke
) -> None:
    subject = entry(project, "DEP001", "app/a.py")
    told = f'{subject}\n      "owner": "payments",\n      "expires": "2001-02-03",'
    edit(project, BASE, subject, told)
    document = ask(invoke, project)
    (finding,) = document["findings"]
    assert finding["message"].endswith("(accepted until 2001-02-03, which is over)")
    assert (document["code"], document["summary"]["baselined"]) == (1, STANDING - 1)
    run = invoke("baseline", cwd=project)
    assert run.err == (
        f"analyzer: {BASE}: 1 entry expired, accepting nothing any more; mend what is found, or "
        "set another day\n"
    )
    text = (project / BASE).read_text(encoding="utf-8")
    assert '"owner": "payments",\n      "expires": "2001-02-03"' in text
    assert invoke("check", cwd=project).code == 1
    (project / BASE).write_text(text.replace("2001", "9001"), encoding="utf-8")
    assert invoke("check", cwd=project).code == 0


Move = Callable[[Path], None]


def move_in_git(project: Path) -> None:
    (project / "lib").mkdir()
    git(project, "mv", "app/a.py", "lib/a.py")
    git(project, "mv", "app/free.py", "app/free of charge.py")
    git(project, "mv", "app/free of charge.py", "app/gratis.py")
    edit(project, "lib/a.py", "import app.free", "import app.gratis")
    edit(project, "app/b.py", "import app.a", "import lib.a")


def move_by_hand(project: Path) -> None:
    move_in_git(project)
    git(project, "reset", "-q")


def swap_names(project: Path) -> None:
    (project / "app/free.py").rename(project / "app/x")
    (project / "app/other.py").rename(project / "app/free.py")
    (project / "app/x").rename(project / "app/other.py")
    edit(project, "app/a.py", "import app.free", "import app.other")
    edit(project, "app/b.py", "import app.other", "import app.free")


def move_a_record(project: Path) -> None:
    (project / "registry/team").mkdir()
    git(project, "mv", "registry/A.yaml", "registry/team/first.yaml")


MOVES: dict[str, Move] = {
    "staged": move_in_git,
    "not even added": move_by_hand,
    "swapped": swap_names,
    "a record": move_a_record,
}


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("is_committed", [False, True])
def test_a_move_makes_nothing_new(
    name: str, is_committed: bool, project: Path, invoke: Invoke
) -> None:
    MOVES[name](project)
    if is_committed:
        commit(project)
    state = git(project, "status", "--porcelain"), (project / ".git/index").read_bytes()
    document = ask(invoke, project)
    # The record named both places: a file that moves between them leaves one finding and mends one.
    new = [one for one in document["findings"] if one["code"] != "REG003"]
    gone = [one for one in document["stale"] if one["code"] != "REG003"]
    assert (shown(new), gone) == ([], [])
    again = git(project, "status", "--porcelain"), (project / ".git/index").read_bytes()
    assert again == state


def test_later_changes_of_the_baseline_do_not_forget_earlier_moves(
    project: Path, invoke: Invoke
) -> None:
    """The file is touched after the move: by hand, for another entry, and by `--prune`."""
    move_a_record(project)
    move_in_git(project)
    commit(project)
    subject = entry(project, "DEP001", "app/b.py")
    edit(project, BASE, subject, f'{subject}\n      "reason": "later",')
    commit(project)
    assert shown(ask(invoke, project, "--select", "DEP")["findings"]) == []
    (project / "app/fresh.py").touch()
    edit(project, "app/b.py", "import app.other", "import app.other, app.fresh")
    assert shown(ask(invoke, project)["findings"]) == [
        "DEP001 app/b.py",
        "REG006 app/fresh.py",
        "REG003 registry/team/first.yaml",
    ]
    invoke("baseline", cwd=project)
    commit(project)
    document = ask(invoke, project, "--strict")
    assert (document["findings"], document["stale"], document["code"]) == ([], [], 0)


@pytest.mark.parametrize("way", ["committed", "not committed", "renamed again", "merged"])
def test_a_move_is_remembered_however_much_is_changed_later(
    way: str, project: Path, invoke: Invoke
) -> None:
    """At the commit that moved it, the file was much alike; now nothing of it is left."""
    if way == "merged":
        git(project, "checkout", "-q", "-b", "side")
    git(project, "mv", "app/free.py", "app/gratis.py")
    edit(project, "app/a.py", "app.free", "app.gratis")
    commit(project)
    if way == "merged":
        git(project, "checkout", "-q", "main")
        (project / "README.md").write_text("Of main.\n", encoding="utf-8")
        commit(project)
        git(project, "merge", "-q", "--no-ff", "--no-edit", "side")
    (project / "app/gratis.py").write_text("PRICE = 0\n", encoding="utf-8")
    if way != "not committed":
        commit(project)
    if way == "renamed again":
        git(project, "mv", "app/gratis.py", "app/gift.py")
        edit(project, "app/a.py", "app.gratis", "app.gift")
    document = ask(invoke, project)
    assert (document["findings"], document["stale"]) == ([], [])


def test_a_baseline_on_one_line_takes_its_entries_along(project: Path, invoke: Invoke) -> None:
    document = json.loads((project / BASE).read_text(encoding="utf-8"))
    (project / BASE).write_text(json.dumps(document), encoding="utf-8")
    commit(project)
    for old, new in (("free", "gratis"), ("other", "strange")):
        git(project, "mv", f"app/{old}.py", f"app/{new}.py")
        edit(project, "app/a.py" if old == "free" else "app/b.py", f"app.{old}", f"app.{new}")
    commit(project)
    for new in ("gratis", "strange"):
        (project / f"app/{new}.py").write_text("", encoding="utf-8")
    assert ask(invoke, project)["findings"] == []


def test_another_file_under_an_old_name_is_new(project: Path, invoke: Invoke) -> None:
    git(project, "mv", "app/other.py", "app/moved.py")
    edit(project, "app/b.py", "app.other", "app.moved")
    (project / "app/other.py").write_text(LONG.replace("step", "fresh"), encoding="utf-8")
    commit(project)
    assert shown(ask(invoke, project)["findings"]) == ["REG006 app/other.py"]


def test_without_git_nothing_is_renamed(tmp_path: Path, invoke: Invoke) -> None:
    write_tree(tmp_path, TREE)
    invoke("baseline", cwd=tmp_path)
    (tmp_path / "app/other.py").rename(tmp_path / "app/moved.py")
    edit(tmp_path, "app/b.py", "app.other", "app.moved")
    document = ask(invoke, tmp_path)
    assert shown(document["findings"]) == ["DEP001 app/b.py", "REG006 app/moved.py"]
    assert len(document["stale"]) == 2


def test_a_shallow_clone_says_what_it_cannot_know(
    project: Path, tmp_path_factory: pytest.TempPathFactory, invoke: Invoke
) -> None:
    git(project, "mv", "app/other.py", "app/moved.py")
    edit(project, "app/b.py", "app.other", "app.moved")
    commit(project)
    clone = tmp_path_factory.mktemp("clones") / "shallow"
    git(project, "clone", "-q", "--depth", "1", f"file://{project}", str(clone))
    document = ask(invoke, clone)
    assert shown(document["findings"]) == ["DEP001 app/b.py", "REG006 app/moved.py"]
    assert "this clone is shallow: files that were renamed earlier count as new" in document["err"]
    git(clone, "fetch", "-q", "--unshallow")
    assert ask(invoke, clone)["findings"] == []


def test_a_project_below_its_repository_and_a_file_of_another_name(
    tmp_path: Path, invoke: Invoke
) -> None:
    write_tree(tmp_path, {f"a b/{path}": text for path, text in TREE.items()})
    project = tmp_path / "a b"
    edit(project, "analyzer.toml", "entry", 'baseline = "ci/-accepted.json"\nentry')
    git(tmp_path, "init", "-q", "-b", "main")
    assert invoke("baseline", cwd=project).code == 0
    assert (project / "ci/-accepted.json").is_file()
    commit(tmp_path)
    git(project, "mv", "app/other.py", "app/moved.py")
    edit(project, "app/b.py", "app.other", "app.moved")
    assert ask(invoke, project)["findings"] == []
    # One that is named on the command line is looked for from where one stands.
    document = ask(invoke, project / "ci", "--baseline", "-accepted.json")
    assert (document["findings"], document["summary"]["baselined"]) == ([], STANDING)


def test_a_baseline_outside_of_the_project(tmp_path: Path, invoke: Invoke) -> None:
    """Whatever folder all of it stands in, the answer is the same."""
    files = TREE | {"analyzer.toml": 'baseline = "../b.json"\nentry-points = ["*/a.py"]\n'}
    project = write_tree(tmp_path / "project", files)
    document = json.loads(invoke("baseline", "--format", "json", cwd=project).out)
    assert (document["path"], document["entries"]) == ("../b.json", STANDING)
    assert (tmp_path / "b.json").is_file()
    assert ask(invoke, project)["summary"]["baselined"] == STANDING


def test_what_is_refused(project: Path, invoke: Invoke) -> None:
    both = invoke("check", "--baseline", BASE, "--no-baseline", cwd=project)
    assert_refused(both, "--baseline and --no-baseline exclude each other")
    missing = invoke("check", "--baseline", "other.json", cwd=project)
    assert_refused(missing, "other.json: there is no such baseline; `analyzer baseline` writes one")
    assert_refused(invoke("check", "--baseline", "app", cwd=project), "app: cannot be read: ")
    edit(project, BASE, '"code"', '"cod"')
    before = (project / BASE).read_bytes()
    for command in ("check", "baseline"):
        run = invoke(command, cwd=project)
        assert_refused(run, f'{BASE}:5: unknown key "cod"; did you mean "code"?')
    assert (project / BASE).read_bytes() == before
    (project / BASE).unlink()
    assert invoke("check", cwd=project).code == 1
    assert_refused(invoke("baseline", "--prune", cwd=project), "there is no such baseline")


def test_both_sides_of_a_merge_conflict_are_kept(project: Path, invoke: Invoke) -> None:
    """Git leaves out of it what two new entries share: there is no text to cut and keep."""
    for branch, module in (("other", "c1"), ("main", "c2")):
        git(project, "checkout", "-q", "-B", branch, "main")
        (project / f"app/{module}.py").touch()
        invoke("baseline", cwd=project)
        subject = entry(project, "DEP001", "app/a.py")
        if branch == "main":
            edit(project, BASE, subject, f'{subject}\n      "reason": "soon",')
        commit(project)
    with pytest.raises(subprocess.CalledProcessError):
        git(project, "merge", "other")
    text = (project / BASE).read_text(encoding="utf-8")
    assert text.count("<<<<<<< ") == 1
    line = text[: text.index("<<<<<<< ")].count("\n") + 1
    for command in (["check"], ["review", "--base", "HEAD"]):
        refused = invoke(*command, cwd=project)
        advice = "a merge conflict; `analyzer baseline --prune` keeps the entries of both sides"
        assert_refused(refused, f"{BASE}:{line}: {advice}")
    # In the middle of a merge, too, what moves takes its entries along.
    git(project, "mv", "app/other.py", "app/moved.py")
    edit(project, "app/b.py", "app.other", "app.moved")
    run = invoke("baseline", "--prune", cwd=project)
    assert run.out == f"{BASE} accepts {STANDING + 2} findings: 0 new, 0 gone\n"
    assert '"reason": "soon"' in (project / BASE).read_text(encoding="utf-8")
    document = ask(invoke, project, "--strict")
    assert (document["findings"], document["stale"], document["code"]) == ([], [], 0)


def test_a_review_leaves_out_what_the_baseline_accepts(project: Path, invoke: Invoke) -> None:
    """What a change brings in may be accepted as well: then it is counted, and does not fail."""
    edit(project, "app/b.py", "import app.other", "import app.other, app.free")

    def review(*arguments: str) -> tuple[list[str], int, int]:
        run = invoke("review", "--base", "HEAD", *arguments, "--format", "json", cwd=project)
        document = json.loads(run.out)
        check_document(document, body="review")
        assert run.err == ""
        return shown(document["findings"]), document["summary"]["baselined"], run.code

    assert review() == (["DEP001 app/b.py"], 0, 1)
    invoke("baseline", cwd=project)
    assert review() == ([], 1, 0)
    assert review("--no-baseline") == (["DEP001 app/b.py"], 0, 1)
    assert invoke("review", "--base", "HEAD", cwd=project).out.splitlines() == [
        "No new findings, 1 baselined",
        "Tell",
        "  team: T-SVC-B-001 (touched), T-SVC-A-001",
    ]
    # Old debts whose day is over are the business of `check`.
    subject = entry(project, "DEP001", "app/a.py")
    edit(project, BASE, subject, f'{subject}\n      "expires": "2001-02-03",')
    assert review() == ([], 1, 0)
    assert len(ask(invoke, project)["findings"]) == 1


def test_an_incomplete_tree_proves_nothing_gone(project: Path, invoke: Invoke) -> None:
    edit(project, "app/b.py", "import app.a\n", "import app.a\ndef (:\n")
    document = ask(invoke, project)
    assert shown(document["findings"]) == ["SCN001 app/b.py"]
    # Nor of the cycle, which stands in another file and passes through this one.
    assert document["stale"] == []
    before = (project / BASE).read_bytes()
    run = invoke("baseline", "--require-complete", cwd=project)
    assert (run.code, run.out) == (3, "")
    assert run.err == (f"analyzer: {BASE}: not written, since part of the code could not be read\n")
    assert (project / BASE).read_bytes() == before
