"""Who changed which files in the last year: one `git log`, read while it runs."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterator

from analyzer.model.errors import AnalyzerError
from analyzer.model.history import Author, Commit, History
from analyzer.model.names import ProjectPath
from analyzer.sources.git import find_head, is_shallow
from analyzer.sources.git_repository import Repository, path_of

DAYS = 365
"""How far back it goes from the commit that is checked out, whatever day it is today."""
MOST_FILES = 100
"""A commit that changes more files of the project moves, formats or imports: nobody learns from it
who knows them."""

# `[bot]` is GitHub's own mark; the others are accounts that forges and services commit with.
_BOT = re.compile(
    r"\[bot\]|(?:^|[\s_.-])bot(?:$|[\s@_.-])|^(?:dependabot|renovate|greenkeeper|pre-commit-ci|"
    r"github-actions|semantic-release|weblate|snyk|codecov|pyup)\b",
    re.IGNORECASE,
)
_HEADER = b"\x01"
# Beyond these git compares only files that are the same to the byte.
_MOST_COMPARED = 400


def read_history(
    repository: Repository, *, days: int = DAYS, most_files: int = MOST_FILES
) -> History:
    """Read the commits of the last year, merges left out.

    The year ends with the commit that is checked out, so the answer is the same tomorrow. A file
    that was renamed on the way is called what it is called now. Commits of bots and bulk commits
    are counted only.

    Args:
        repository: of the project; what is outside of the project is left out.
        days: how far it goes back.
        most_files: a commit that changes more files of the project is a bulk commit.

    Raises:
        AnalyzerError: nothing is committed yet.
    """
    head = find_head(repository)
    stamp = int(repository.run("log", "-1", "--no-show-signature", "--format=%ct", head))
    until = datetime.datetime.fromtimestamp(stamp, datetime.UTC)
    try:
        since = until - datetime.timedelta(days=days)
    except OverflowError:
        raise AnalyzerError(f"{days} days are more than there are; name fewer") from None
    commits: list[Commit] = []
    bots = bulk = 0
    for commit in _read(repository, head, since):
        if _BOT.search(commit.author.name) or _BOT.search(commit.author.email):
            bots += 1
        elif len(commit.files) > most_files:
            bulk += 1
        elif commit.files:
            commits.append(commit)
    return History(
        head=head,
        since=since.date().isoformat(),
        until=until.date().isoformat(),
        commits=tuple(commits),
        bots=bots,
        bulk=bulk,
        most_files=most_files,
        is_shallow=is_shallow(repository),
    )


def _read(repository: Repository, head: str, since: datetime.datetime) -> Iterator[Commit]:
    """The commits, the newest first."""
    fields = repository.stream(
        "-c", "core.quotePath=false", "log", "--no-show-signature", "--no-merges", "--use-mailmap",
        "--format=%x01%aN%x01%aE", "--name-status", "-z", "--relative", "--no-ext-diff",
        "--no-textconv", "--ignore-submodules", "--no-color", "--find-renames",
        f"-l{_MOST_COMPARED}", f"--since={since.isoformat()}", head, "--", ".",
    )  # fmt: skip
    # The name that a file had when a commit was made -> the one that it has now.
    now: dict[ProjectPath, ProjectPath] = {}
    renamed: dict[ProjectPath, ProjectPath] = {}
    author: Author | None = None
    files: set[ProjectPath] = set()
    for field in fields:
        status = field.lstrip(b"\n")
        if status.startswith(_HEADER):
            if author is not None:
                yield Commit(author, tuple(sorted(files)))
            now |= renamed
            author, files, renamed = _author(status), set(), {}
        elif status:
            path = path_of(next(fields))
            if status.startswith((b"R", b"C")):
                before, path = path, path_of(next(fields))
                if status.startswith(b"R"):
                    renamed[before] = now.get(path, path)
            files.add(now.get(path, path))
    if author is not None:
        yield Commit(author, tuple(sorted(files)))


def _author(header: bytes) -> Author:
    _, name, email = header.split(_HEADER)[:3]
    return Author(os.fsdecode(name).strip(), os.fsdecode(email).strip())
