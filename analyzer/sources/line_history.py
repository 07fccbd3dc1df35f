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


def find_renames_since(
    *, project: Path, file: Path, lines: Mapping[int, Collection[str]]
) -> dict[int, Renames]:
    """Find the files that bear another name than when lines of a file were last changed.

    A file counts as renamed where git thinks so: the old and the new one are much alike, now or at
    the commit that renamed it. The work tree counts as it is, committed or not. A line that is not
    committed speaks of the work tree itself, so no file was renamed since; nor was any where there
    is no git, no repository or no history. Of a shallow clone only renames since the oldest commit
    that is there are known.

    Args:
        project: the folder that the paths are relative to.
        file: the file whose lines are meant.
        lines: 1-based line -> words, among which are the files that are asked for.

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
                    asked = {word for line in committed for word in lines[line]}
                    renames = _find_renames(repository, commit, asked, environment)
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


def _find_renames(
    repository: Repository, commit: str, asked: Collection[str], environment: Mapping[str, str]
) -> Renames:
    """The files that bear another name in the work tree than in a commit.

    What is asked for and gone, and like nothing that is there, was perhaps renamed first and
    changed later: such a file is followed from commit to commit.
    """
    renames, gone = _compare(repository, commit, environment)
    followed = {path: path for path in gone if path in asked}
    if not followed:
        return renames
    try:
        steps = [*_renames_by_commit(repository, commit)]
    except GitError:
        return renames
    for step in (*steps, _compare(repository, "HEAD", environment)[0]):
        followed = {old: step.get(now, now) for old, now in followed.items()}
    return {**renames, **{old: now for old, now in followed.items() if old != now}}


def _compare(
    repository: Repository, commit: str, environment: Mapping[str, str]
) -> tuple[Renames, frozenset[ProjectPath]]:
    """The files that were renamed between a commit and the work tree, and those that are gone.

    Files that have swapped names are told from files that were changed, where they are not too
    much alike for git. What git calls a copy is a rename where nothing of the file is left under
    the old name: another file stands there now.
    """
    try:
        out = repository.run(
            "diff", "--name-status", "-z", "--relative", "--no-ext-diff", "--no-textconv",
            "--ignore-submodules", "--break-rewrites", "--find-renames", f"-l{_MOST_COMPARED}",
            "--diff-filter=BCDMR", commit, "--", environment=environment,
        )  # fmt: skip
    except GitError:
        return {}, frozenset()
    renamed: dict[ProjectPath, ProjectPath] = {}
    copied: dict[ProjectPath, ProjectPath] = {}
    rewritten: set[ProjectPath] = set()
    gone: set[ProjectPath] = set()
    fields = iter(out.split(b"\0"))
    for status in fields:
        if not status:
            break
        path = path_of(next(fields))
        if status.startswith(b"D"):
            gone.add(path)
        elif status.startswith(b"M"):
            # A number says how little of the file is left.
            rewritten |= {path} if status != b"M" else set()
        else:
            found = renamed if status.startswith(b"R") else copied
            found.setdefault(path, path_of(next(fields)))
    renames = {path: copied[path] for path in rewritten & set(copied)} | renamed
    return renames, frozenset(gone - set(renames))


def _renames_by_commit(repository: Repository, commit: str) -> Iterator[Renames]:
    """What each commit since a commit has renamed, the oldest first; a merge all that it brings."""
    out = repository.run(
        "log", "--no-show-signature", "--format=%H", "--reverse", "--first-parent", "-m",
        "--name-status", "-z", "--relative", "--no-ext-diff", "--no-textconv",
        "--ignore-submodules", "--find-renames", f"-l{_MOST_COMPARED}", "--diff-filter=R",
        f"{commit}..HEAD", "--",
    )  # fmt: skip
    renames: dict[ProjectPath, ProjectPath] = {}
    fields = iter(out.split(b"\0"))
    for field in fields:
        if field.lstrip(b"\n").startswith(b"R"):
            old, new = path_of(next(fields)), path_of(next(fields))
            renames[old] = new
        else:
            # The name of the next commit.
            yield renames
            renames = {}
    yield renames
