"""Who changed which files, from a real repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from analyzer.model.errors import AnalyzerError
from analyzer.model.history import History
from analyzer.sources.git_history import read_history
from analyzer.sources.git_repository import find_repository
from tests.support import git, write_tree


def commit(folder: Path, author: str, day: str, files: Mapping[str, str | None]) -> None:
    """Commit some files, those without a text as deleted ones."""
    write_tree(folder, {path: text for path, text in files.items() if text is not None})
    for path, text in files.items():
        if text is None:
            (folder / path).unlink()
    git(folder, "add", "-A")
    name, _, email = author.partition(" <")
    dates = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    who = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email.rstrip(">")}
    committer = {"GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@example.org"}
    subprocess.run(
        ["git", "-c", "commit.gpgsign=false", "commit", "-q", "-m", day],
        cwd=folder,
        check=True,
        env={**os.environ, **dates, **who, **committer},
    )


def read(project: Path, **options: int) -> History:
    return read_history(find_repository(project), **options)


def shown(history: History) -> list[str]:
    return [f"{one.author}: {' '.join(one.files)}" for one in history.commits]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    text = "".join(f"line {number}\n" for number in range(20))
    commit(tmp_path, "Old <old@x.org>", "2020-01-01", {"app/a.py": text, "b.py": "1"})
    commit(tmp_path, "Ann <ann@home>", "2023-06-01", {"app/a.py": text + "2\n"})
    commit(
        tmp_path, "Bob <bob@x.org>", "2023-07-01", {"app/a.py": None, "app/new.py": text + "2\n"}
    )
    commit(tmp_path, "Cyd <c@x.org>", "2023-08-01", {"app/new.py": text + "3\n", "b.py": "2"})
    commit(tmp_path, "dependabot[bot] <1+x@y.z>", "2023-09-01", {"b.py": "3"})
    commit(tmp_path, "Acme Bot <ci@x.org>", "2023-09-02", {"b.py": "4"})
    commit(tmp_path, "Abbott <abbott@x.org>", "2023-10-01", {"b.py": "5", "app/é x.py": ""})
    mailmap = "Ann Arbor <ann@x.org> <ann@home>\n"
    commit(tmp_path, "Dee <d@x.org>", "2023-12-01", {f"bulk/{n}": "" for n in range(5)})
    commit(tmp_path, "Eve <e@x.org>", "2024-01-15", {".mailmap": mailmap})
    return tmp_path


def test_the_year_before_the_head(repository: Path) -> None:
    history = read(repository, most_files=4)
    assert shown(history) == [
        "Eve <e@x.org>: .mailmap",
        "Abbott <abbott@x.org>: app/é x.py b.py",
        # A file that was renamed is known by the name that it has now.
        "Cyd <c@x.org>: app/new.py b.py",
        "Bob <bob@x.org>: app/new.py",
        "Ann Arbor <ann@x.org>: app/new.py",
    ]
    assert (history.since, history.until) == ("2023-01-15", "2024-01-15")
    assert (history.bots, history.bulk, history.most_files) == (2, 1, 4)
    assert not history.is_shallow
    assert history.head == git(repository, "rev-parse", "HEAD")


def test_how_far_back(repository: Path) -> None:
    assert len(read(repository, days=50).commits) == 2
    assert shown(read(repository, days=5000))[-1] == "Old <old@x.org>: app/new.py b.py"
    with pytest.raises(AnalyzerError, match="days are more than there are"):
        read(repository, days=10**7)


def test_a_project_below_its_repository(repository: Path) -> None:
    assert shown(read(repository / "app")) == [
        "Abbott <abbott@x.org>: é x.py",
        "Cyd <c@x.org>: new.py",
        "Bob <bob@x.org>: new.py",
        "Ann Arbor <ann@x.org>: new.py",
    ]


def test_a_merge_is_nobodys_change(repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "side", "HEAD~1")
    commit(repository, "Fay <f@x.org>", "2024-01-14", {"side.py": ""})
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "--no-ff", "-m", "Merge", "side")
    assert {str(one.author) for one in read(repository, days=10**4).commits} >= {"Fay <f@x.org>"}
    assert all(one.author.name != "t" for one in read(repository, days=10**4).commits)


def test_a_shallow_clone_says_so(repository: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{repository}", str(clone))
    assert read(clone).is_shallow


def test_nothing_is_committed(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    with pytest.raises(AnalyzerError, match="nothing is committed here yet"):
        read(tmp_path)
