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
        "BASE": base_of(project), "PROJECT": ".", "ARGUMENTS": "", "SARIF": "",
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


def test_the_action_says_where_a_base_cannot_be_had(project: Path) -> None:
    inputs = inputs_of(project, BASE="0" * 40)
    assert run_step("Bring the base", project, **inputs).returncode != 0
    done = run_step("Review", project, **inputs)
    assert (done.returncode, done.stdout) == (2, "")
    assert "git fetch" in done.stderr


def test_nothing_of_an_input_is_run(project: Path) -> None:
    """Inputs reach the shell as variables only, never as text of the script."""
    inputs = inputs_of(project, ARGUMENTS="$(touch hacked) `touch hacked`", BASE="$(touch hacked)")
    run_step("Bring the base", project, **inputs)
    run_step("Review", project, **inputs)
    assert not (project / "hacked").exists()
    assert not any("${{" in step.get("run", "") for step in steps().values())


def test_a_token_that_may_not_comment_fails_nothing(project: Path) -> None:
    tools = project.parent / "tools"
    write_tree(tools, {"gh": '#!/bin/sh\necho "$@" > "$0.log"\nexit 1\n'})
    (tools / "gh").chmod(0o755)
    write_tree(project.parent, {"analyzer-summary.md": "# It\n"})
    inputs = {
        "GH_TOKEN": "x",
        "NUMBER": "7",
        "REPOSITORY": "a/b",
        "RUNNER_TEMP": str(project.parent),
    }
    done = run_step("Comment", project, TOOLS=str(tools), **inputs)
    assert done.returncode == 0
    assert done.stdout.startswith("::notice ")
    assert (tools / "gh.log").read_text(encoding="utf-8").startswith("pr comment 7 --repo a/b ")


def test_the_job_of_gitlab(project: Path) -> None:
    job = yaml.safe_load((ROOT / "docs/gitlab-ci.yml").read_text(encoding="utf-8"))["analyzer"]
    bring, review = job["before_script"][-1], job["script"][0]
    base = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base_of(project)}
    assert run(bring, project, **base).returncode == 0
    assert run(review, project, **base).returncode == 1
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
