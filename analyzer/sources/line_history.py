"""Since when the lines of a file say what they say, and which files were renamed since."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ProjectPath
from analyzer.model.renames import Renames
from analyzer.sources.git import knowing_untracked
from analyzer.sources.git_repository import GitError, Repository, find_repository, path_of

_BLAMED = re.compile(rb"([0-9a-f]{40,64}) \d+ (\d+)(?: \d+)?")
_UNCOMMITTED = re.compile(rb"0+")
# Of more names than this git compares only those whose files are the same to the byte.
_MOST_COMPARED = 1000


def find_renames_since(*, project: Path, file: Path, lines: Collection[int]) -> dict[int, Renames]:
    """Find the files that bear another name than when lines of a file were last changed.

    A file counts as renamed where git thinks so: the old and the new one are much alike. The work
    tree counts as it is, committed or not. A line that is not committed speaks of the work tree
    itself, so no file was renamed since; nor was any where there is no git, no repository or no
    history. Of a shallow clone only renames since the oldest commit that is there are known.

    Args:
        project: the folder that the paths are relative to.
        file: the file whose lines are meant.
        lines: 1-based.

    Returns:
        For each line that is committed its renames.
    """
    found: dict[int, Renames] = {}
    try:
        repository = find_repository(project)
        by_commit: dict[str, list[int]] = defaultdict(list)
        for line, commit in _blame(repository, file):
            if line in lines:
                by_commit[commit].append(line)
        if by_commit:
            with knowing_untracked(repository) as environment:
                for commit, committed in sorted(by_commit.items()):
                    renames = _find_renames(repository, commit, environment)
                    found |= dict.fromkeys(committed, renames)
    except AnalyzerError:
        return {}
    return found


def _blame(repository: Repository, file: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are committed, each with the commit that it came with."""
    # Whatever the user has configured: every commit counts.
    plain = ("-c", "blame.ignoreRevsFile=", "--literal-pathspecs")
    for text in repository.run(*plain, "blame", "--porcelain", "--", str(file)).split(b"\n"):
        match = _BLAMED.fullmatch(text)
        if match is not None and not _UNCOMMITTED.fullmatch(match[1]):
            yield int(match[2]), match[1].decode()


def _find_renames(repository: Repository, commit: str, environment: Mapping[str, str]) -> Renames:
    """The files that bear another name in the work tree than in a commit.

    Files that have swapped names are told from files that were changed, where they are not too
    much alike for git. What git calls a copy is a rename where nothing of the file is left under
    the old name: another file stands there now.
    """
    try:
        out = repository.run(
            "diff", "--name-status", "-z", "--relative", "--no-ext-diff", "--no-textconv",
            "--ignore-submodules", "--break-rewrites", "--find-renames", f"-l{_MOST_COMPARED}",
            "--diff-filter=BCMR", commit, "--", environment=environment,
        )  # fmt: skip
    except GitError:
        return {}
    renamed: dict[ProjectPath, ProjectPath] = {}
    copied: dict[ProjectPath, ProjectPath] = {}
    rewritten: set[ProjectPath] = set()
    fields = iter(out.split(b"\0"))
    for status in fields:
        if not status:
            break
        path = path_of(next(fields))
        if status.startswith(b"M"):
            # A number says how little of the file is left.
            rewritten |= {path} if status != b"M" else set()
            continue
        found = renamed if status.startswith(b"R") else copied
        found.setdefault(path, path_of(next(fields)))
    return {path: copied[path] for path in rewritten & set(copied)} | renamed
