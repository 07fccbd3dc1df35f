"""The hook through pre-commit itself, the action's steps as shell, the job of GitLab as shell."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.functional.running import ROOT, record
from tests.support import git, write_tree

_TREE = {
    "app/__init__.py": "",
    "app/orders.py": "",
    "registry/orders.yaml": record("T-SVC-ORD-001", "app/orders.py"),
}
_TOOLS = str(Path(sys.executable).parent)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A clone, as shallow as the checkout of a pipeline, with a commit that adds a dependency."""
    origin = write_tree(tmp_path / "origin", _TREE)
    git(origin, "init", "-q", "-b", "main")
    git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "Start")
    write_tree(origin, {"app/orders.py": "import app.tax\n", "app/tax.py": ""})
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "Tax")
    git(tmp_path, "clone", "-q", "--depth=1", origin.as_uri(), "project")
    return tmp_path / "project"


def base_of(project: Path) -> str:
    return git(project.parent / "origin", "rev-parse", "HEAD~1")


def run(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{environment.pop('TOOLS', _TOOLS)}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=folder, env={**os.environ, **environment, "PATH": path},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def steps() -> dict[str, dict[str, Any]]:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert action["runs"]["using"] == "composite"
    return {step["name"]: step for step in action["runs"]["steps"]}


def run_step(name: str, project: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run one step with the variables that it names; all of them have to be given."""
    step = steps()[name]
    assert set(step["env"]) <= set(inputs)
    return run(step["run"], project, **inputs)


def inputs_of(project: Path, **more: str) -> dict[str, str]:
    return {
        "BASE": base_of(project), "EVENT_BASE": "", "PROJECT": ".", "ARGUMENTS": "", "SARIF": "",
        "GITHUB_EVENT_NAME": "push", "GITHUB_SHA": "", "GITHUB_OUTPUT": str(project.parent / "out"),
        "RUNNER_TEMP": str(project.parent), "GITHUB_STEP_SUMMARY": str(project.parent / "steps.md"),
        **more,
    }  # fmt: skip


def test_the_action_brings_the_base_and_reviews(project: Path) -> None:
    inputs = inputs_of(project, SARIF="out.sarif", ARGUMENTS="--select DEP001")
    assert run_step("Bring the base", project, **inputs).returncode == 0
    done = run_step("Review", project, **inputs)
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=app/orders.py,line=1,")
    assert "DEP001" in (project.parent / "steps.md").read_text(encoding="utf-8")
    sarif = json.loads((project / "out.sarif").read_text(encoding="utf-8"))
    assert [one["ruleId"] for one in sarif["runs"][0]["results"]] == ["DEP001"]


def test_the_action_lets_a_good_change_pass(project: Path) -> None:
    inputs = inputs_of(project, ARGUMENTS="--ignore ALL")
    assert run_step("Bring the base", project, **inputs).returncode == 0
    assert run_step("Review", project, **inputs).returncode == 0


@pytest.mark.parametrize("base", ["", "0" * 40])
def test_the_action_says_where_an_event_names_no_base(base: str, project: Path) -> None:
    """As of a schedule, and of the first push of a branch."""
    inputs = inputs_of(project, BASE="", EVENT_BASE=base)
    done = run_step("Bring the base", project, **inputs)
    assert done.returncode == 2
    assert done.stdout.startswith("::error title=analyzer::This event names no commit")


@pytest.mark.parametrize("is_merged", [True, False])
def test_a_pull_request_begins_where_it_is_merged(is_merged: bool, project: Path) -> None:
    """Its target has moved on since the event; of its own commit, the event says where."""
    origin = project.parent / "origin"
    event = base_of(project)
    git(origin, "checkout", "-qb", "topic")
    git(origin, "reset", "-q", "--hard", event)
    write_tree(origin, {"app/more.py": ""})
    git(origin, "add", "-A")
    git(origin, "commit", "-qm", "More")
    git(origin, "checkout", "-q", "--detach", "main")
    git(origin, "merge", "-q", "--no-ff", "-m", "Merge", "topic")
    merged = git(origin, "rev-parse", "HEAD")
    checked_out = merged if is_merged else git(origin, "rev-parse", "topic")
    git(project, "fetch", "-q", "--depth=1", "origin", checked_out)
    git(project, "checkout", "-q", checked_out)
    inputs = inputs_of(
        project, BASE="", EVENT_BASE=event, GITHUB_EVENT_NAME="pull_request", GITHUB_SHA=merged
    )
    done = run_step("Bring the base", project, **inputs)
    assert done.returncode == 0, done.stderr
    base = git(origin, "rev-parse", "main") if is_merged else event
    assert (project.parent / "out").read_text(encoding="utf-8") == f"base={base}\n"
    inputs["BASE"] = base
    done = run_step("Review", project, **inputs)
    annotations = [line for line in done.stdout.splitlines() if line.startswith("::")]
    assert len(annotations) == 1
    assert annotations[0].startswith("::error file=app/more.py,title=REG006 unregistered-module::")


def test_the_action_says_where_a_base_cannot_be_had(project: Path) -> None:
    inputs = inputs_of(project, BASE="1" * 40)
    assert run_step("Bring the base", project, **inputs).returncode != 0
    write_tree(project.parent, {"analyzer-summary.md": "# Of another use of the action\n"})
    done = run_step("Review", project, **inputs)
    assert not (project.parent / "steps.md").exists()
    assert (done.returncode, done.stdout) == (2, "")
    assert "git fetch" in done.stderr


def test_nothing_of_an_input_is_run(project: Path) -> None:
    """Inputs reach the shell as variables only, never as text of the script."""
    inputs = inputs_of(project, ARGUMENTS="$(touch hacked) `touch hacked`", BASE="$(touch hacked)")
    run_step("Bring the base", project, **inputs)
    run_step("Review", project, **inputs)
    assert not (project / "hacked").exists()
    assert not any("${{" in step.get("run", "") for step in steps().values())


# Answers as GitHub would of these comments, and writes down what it is asked.
_GH = """#!/bin/sh
echo "$@" >> "$0.log"
case "$*" in
  *--paginate*) printf %s "$COMMENTS" | jq -r "$5" ;;
  *) exit "$WRITES" ;;
esac
"""
_MARKER = "<!-- analyzer review of . -->"


@pytest.mark.skipif(shutil.which("jq") is None, reason="gh has it built in")
@pytest.mark.parametrize(
    ("bodies", "asked"),
    [
        ([], "--method POST repos/a/b/issues/7/comments"),
        (["Coverage", f"> {_MARKER}"], "--method POST repos/a/b/issues/7/comments"),
        (["x", f"{_MARKER}\n# Old", "Last"], "--method PATCH repos/a/b/issues/comments/1"),
    ],
)
@pytest.mark.parametrize("may_write", [True, False])
def test_the_comment(bodies: list[str], asked: str, may_write: bool, project: Path) -> None:
    """Its own is edited, nobody else's; a token that may not write fails nothing."""
    tools = project.parent / "tools"
    write_tree(tools, {"gh": _GH})
    (tools / "gh").chmod(0o755)
    write_tree(project.parent, {"analyzer-summary.md": "# It\n"})
    comments = [{"id": number, "body": body} for number, body in enumerate(bodies)]
    inputs = {
        "GH_TOKEN": "x", "MARKER": _MARKER, "NUMBER": "7", "REPOSITORY": "a/b",
        "RUNNER_TEMP": str(project.parent), "COMMENTS": json.dumps(comments),
        "WRITES": "0" if may_write else "1",
    }  # fmt: skip
    done = run_step("Comment", project, TOOLS=str(tools), **inputs)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("::notice ") is not may_write
    last = (tools / "gh.log").read_text(encoding="utf-8").splitlines()[-1]
    file = project.parent / "analyzer-comment.md"
    assert last == f"api --silent {asked} -F body=@{file}"
    assert file.read_text(encoding="utf-8") == f"{_MARKER}\n# It\n"


def test_the_job_of_gitlab(project: Path) -> None:
    job = yaml.safe_load((ROOT / "docs/gitlab-ci.yml").read_text(encoding="utf-8"))["analyzer"]
    install, *bring = job["before_script"]
    # Whoever owns that name on the index would run in the pipeline.
    assert install.endswith(' "$ANALYZER"')
    assert job["variables"]["ANALYZER"].startswith("git+https://")
    script = "\n".join([*bring, *job["script"]])
    done = run(script, project, CI_MERGE_REQUEST_DIFF_BASE_SHA=base_of(project))
    assert done.returncode == 1, done.stderr
    head = git(project, "rev-parse", "HEAD")
    merged = {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA": head}
    assert (
        run(script, project, **merged, CI_MERGE_REQUEST_DIFF_BASE_SHA=base_of(project)).returncode
        == 0
    )
    assert run(script, project, CI_MERGE_REQUEST_DIFF_BASE_SHA=base_of(project)).returncode == 1
    reports = job["artifacts"]["reports"]
    quality = json.loads((project / reports["codequality"]).read_text(encoding="utf-8"))
    assert "unregistered-dependency" in {one["check_name"] for one in quality}
    assert "<testsuite" in (project / reports["junit"]).read_text(encoding="utf-8")


def test_the_hook(project: Path, tmp_path: Path) -> None:
    """Through pre-commit, with the manifest of this repository and the tool that is installed."""
    manifest = tmp_path / "manifest"
    manifest.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", manifest)
    git(manifest, "init", "-q")
    git(manifest, "add", "-A")
    git(manifest, "commit", "-qm", "Hooks")
    hooks = [{"id": "analyzer-review", "language": "system"}]
    config = {
        "repos": [
            {"repo": str(manifest), "rev": git(manifest, "rev-parse", "HEAD"), "hooks": hooks}
        ]
    }
    write_tree(project, {".pre-commit-config.yaml": yaml.safe_dump(config)})
    git(project, "add", "-A")
    home = {"PRE_COMMIT_HOME": str(tmp_path / "home")}
    done = run("pre-commit run analyzer-review", project, **home)
    assert (done.returncode, "Passed" in done.stdout) == (0, True), done.stdout + done.stderr
    write_tree(project, {"app/orders.py": "import app.tax\nimport app.more\n", "app/more.py": ""})
    git(project, "add", "-A")
    done = run("pre-commit run analyzer-review", project, **home)
    assert done.returncode == 1
    assert "app/more.py, which no record covers" in done.stdout
