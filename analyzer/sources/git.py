"""What git knows: revisions, and what changed since one. Nothing of the repository is touched."""

from __future__ import annotations

import codecs
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from analyzer.model.changes import ChangeSet, FileChange, LineRange
from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ProjectPath
from analyzer.sources.files import printable_path
from analyzer.sources.git_repository import GitError, Repository, path_of
from analyzer.sources.git_submodules import SUBMODULE, find_submodule, list_files

# Whatever the user has configured: these decide what the output looks like.
_PLAIN_DIFF = (
    "--find-renames",
    "-l5000",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=none",
    "--submodule=short",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    "--relative",
)
_HUNK = re.compile(rb"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_SUBMODULE = SUBMODULE.encode()
_OBJECT_NAME = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
_SHORT_NAME = re.compile("[0-9a-f]{4,39}")
# What no name of a branch holds, and what would be taken for an option.
_RELATION = re.compile(r"[~^:?*\[\\ ]|@\{|\.\.|^[-@]")


def find_commit(repository: Repository, revision: str, *, option: str = "--base") -> str:
    """The full name of the commit that a revision means.

    The revision is data: one that begins with `-` is no option.

    Raises:
        AnalyzerError: git knows no such commit here; says how to bring it.
    """
    verify = ("rev-parse", "--verify", "--quiet", "--end-of-options")
    with suppress(GitError, ValueError):
        # In two steps: what is appended to `:/words` is taken for more words.
        is_plain = revision == "HEAD"
        found = revision if is_plain else repository.run(*verify, revision).decode().strip()
        return repository.run(*verify, f"{found}^{{commit}}").decode().strip()
    shown = printable_path(revision)
    if not revision.isprintable() or not revision:
        raise AnalyzerError(f"{shown!r} is no revision; check {option}")
    if not _has_head(repository):
        raise AnalyzerError(
            f"{repository.project}: nothing is committed here yet, so there is nothing to compare "
            "with; commit first, or run `analyzer check`"
        )
    if is_shallow(repository):
        raise AnalyzerError(
            f'git knows no commit "{shown}" here, and this clone is shallow; bring it with '
            f"`{_command_that_brings(repository, revision)}`, or check {option}"
        )
    raise AnalyzerError(f'git knows no commit "{shown}" here; fetch it, or check {option}')


def _has_head(repository: Repository) -> bool:
    try:
        repository.run("rev-parse", "--verify", "--quiet", "HEAD")
    except GitError:
        return False
    return True


def _command_that_brings(repository: Repository, revision: str) -> str:
    """How a shallow clone gets a commit, so that it is known here by the same name.

    A server gives out branches, tags and whole object names; what is said in relation to another
    commit, or cut short, git finds only where the history is.
    """
    if _OBJECT_NAME.fullmatch(revision):
        return f"git fetch --no-tags --depth=1 origin {revision}"
    if _RELATION.search(revision) or _SHORT_NAME.fullmatch(revision):
        return "git fetch --unshallow"
    remote, _, branch = revision.partition("/")
    remotes = os.fsdecode(repository.run("remote")).splitlines()
    if branch and remote in remotes:
        where = shlex.quote(f"{branch}:refs/remotes/{revision}")
        return f"git fetch --no-tags --depth=1 {shlex.quote(remote)} {where}"
    return f"git fetch --no-tags --depth=1 origin {shlex.quote(f'{revision}:{revision}')}"


def find_merge_base(repository: Repository, commit: str) -> str:
    """The commit that a commit and the one that is checked out have both come from.

    Raises:
        AnalyzerError: there is none, as far as the history that is here goes.
    """
    try:
        return repository.run("merge-base", commit, find_head(repository)).decode().strip()
    except GitError:
        advice = (
            "this clone is shallow: bring the history with `git fetch --unshallow`"
            if is_shallow(repository)
            else "leave --merge-base out"
        )
        raise AnalyzerError(
            f"{commit[:12]} and HEAD have no common ancestor here; {advice}"
        ) from None


def find_head(repository: Repository) -> str:
    """The full name of the commit that is checked out.

    Raises:
        AnalyzerError: there is no commit yet.
    """
    return find_commit(repository, "HEAD")


def is_clean(repository: Repository) -> bool:
    """Whether the project's files are those of the commit that is checked out."""
    return not repository.run("status", "--porcelain", "-z", "--untracked-files=normal", "--", ".")


@contextmanager
def knowing_untracked(
    repository: Repository, scratch: Path | None = None
) -> Iterator[Mapping[str, str]]:
    """Make untracked files known to a copy of the index, so that one that was moved is found.

    Gives the environment in which git uses that copy; the index itself stays as it is.

    Args:
        repository: whose index it is.
        scratch: where the copy is made, a folder for temporary files.
    """
    with tempfile.TemporaryDirectory(prefix="analyzer-", dir=scratch) as folder:
        index = Path(folder, "index")
        own = Path(os.fsdecode(repository.run("rev-parse", "--git-path", "index").rstrip(b"\n")))
        if (repository.project / own).exists():
            shutil.copyfile(repository.project / own, index)
        objects = repository.run("rev-parse", "--git-path", "objects").rstrip(b"\n")
        environment = {
            "GIT_INDEX_FILE": str(index),
            # git keeps an object for a file without content.
            "GIT_OBJECT_DIRECTORY": folder,
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": _quoted(repository.project / os.fsdecode(objects)),
        }
        add = ("-c", "core.fsmonitor=false", "add", "--intent-to-add", "--", ".")
        with suppress(GitError):
            # What cannot be read stays unknown.
            repository.run(*add, environment=environment)
        yield environment


def _quoted(path: Path) -> str:
    """One path of a list: in quotes, a colon in it does not end it."""
    text = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def find_changes(repository: Repository, commit: str, *, scratch: Path | None = None) -> ChangeSet:
    """Find what a project's files have that those of a commit have not, and the reverse.

    Uncommitted and untracked files count; what git ignores does not. Files of submodules count as
    files of the project.

    Args:
        repository: of the project.
        commit: its full name, or that of a tree.
        scratch: a folder for what is written on the way; whoever may be killed names one that
            somebody else takes away.
    """
    with knowing_untracked(repository, scratch) as environment:
        raw = repository.run(
            "diff", *_PLAIN_DIFF, "--raw", "-z", "--abbrev=40", commit, "--",
            environment=environment,
        )  # fmt: skip
        patch = repository.run(
            "diff", *_PLAIN_DIFF, "--unified=0", commit, "--", environment=environment
        )
    files: list[FileChange] = []
    lines = dict(_read_hunks(patch))
    for entry in _read_raw(raw):
        if _SUBMODULE in (entry.old_mode, entry.new_mode):
            inside = _changes_inside(repository, commit, entry, scratch)
            for path in (entry.change.before, entry.change.after):
                # To git it is one line that names a commit.
                lines.pop(path or ProjectPath(""), None)
            files += inside.files
            lines |= inside.lines
        else:
            files.append(entry.change)
    return ChangeSet(
        files=tuple(sorted(_joined(files), key=lambda one: (one.after or "", one.before or ""))),
        lines={path: lines[path] for path in sorted(lines)},
    )


def _joined(files: Iterable[FileChange]) -> Iterator[FileChange]:
    """Join what went and what came at one path: a submodule's file that is now the project's."""
    changes = list(files)
    came = {one.after for one in changes if one.before is None}
    went = {one.before for one in changes if one.after is None}
    for one in changes:
        if one.before is None and one.after in went:
            yield FileChange(one.after, one.after)
        elif one.after is not None or one.before not in came:
            yield one


class _Entry(Struct, frozen=True):
    """One line of `git diff --raw`."""

    old_mode: bytes
    new_mode: bytes
    old_object: str
    change: FileChange


def _read_raw(data: bytes) -> Iterator[_Entry]:
    """Read the output of `git diff --raw -z`, as gitdiffcore describes it."""
    fields = iter(data.split(b"\0"))
    for head in fields:
        if not head:
            return
        old_mode, new_mode, old_object, _, status = head.removeprefix(b":").split(b" ")
        first = path_of(next(fields))
        second = path_of(next(fields)) if status[:1] in (b"R", b"C") else first
        change = FileChange(
            before=None if status[:1] in (b"A", b"C") else first,
            after=None if status[:1] == b"D" else second,
        )
        yield _Entry(old_mode, new_mode, old_object.decode(), change)


def _read_hunks(patch: bytes) -> Iterator[tuple[ProjectPath, tuple[LineRange, ...]]]:
    """Read which lines of which files are new in a patch without context."""
    path: ProjectPath | None = None
    found: list[LineRange] = []
    for line in patch.split(b"\n"):
        if line.startswith(b"diff --git "):
            if path is not None and found:
                yield path, tuple(found)
            path, found = None, []
        elif line.startswith(b"+++ ") and path is None:
            # Of a name with blanks git marks the end with a tab.
            name = line[4:].removesuffix(b"\t")
            if name.startswith(b'"'):
                name = codecs.escape_decode(name[1:-1])[0]
            path = path_of(name.removeprefix(b"b/")) if name != b"/dev/null" else None
        elif (hunk := _HUNK.match(line)) is not None and path is not None:
            start, count = int(hunk[1]), int(hunk[2] or 1)
            if count:
                found.append(LineRange(start, start + count - 1))
    if path is not None and found:
        yield path, tuple(found)


def _changes_inside(
    repository: Repository, commit: str, entry: _Entry, scratch: Path | None
) -> ChangeSet:
    """What changed inside of a submodule; nothing where it, or its old commit, is not here."""
    old, new = entry.change.before or "", entry.change.after or ""
    try:
        if entry.new_mode == _SUBMODULE:
            inner = Repository(repository.project / new, repository.project / new)
            if not (inner.top / ".git").exists():
                return ChangeSet((), {})
            before = entry.old_object if entry.old_mode == _SUBMODULE else _empty_tree(inner)
            found = find_changes(inner, before, scratch=scratch)
            if old not in ("", new):
                # All of it has other names now.
                changed = {one.before for one in found.files}
                same = [path for path in list_files(inner, before) if path not in changed]
                renamed = (FileChange(path, path) for path in same)
                found = ChangeSet((*found.files, *renamed), found.lines)
        else:
            gone = find_submodule(repository, commit, old)
            files = [] if gone is None else list_files(gone, entry.old_object)
            found = ChangeSet(tuple(FileChange(path, None) for path in files), {})
    except GitError:
        return ChangeSet((), {})

    def outer(folder: str, path: ProjectPath | None) -> ProjectPath | None:
        return None if path is None else ProjectPath(f"{folder}/{path}")

    return ChangeSet(
        tuple(
            FileChange(outer(old or new, one.before), outer(new or old, one.after))
            for one in found.files
        ),
        {ProjectPath(f"{new}/{path}"): ranges for path, ranges in found.lines.items()},
    )


def _empty_tree(repository: Repository) -> str:
    """The name of a tree without files, which every git knows."""
    return repository.run("hash-object", "-t", "tree", "--stdin", data=b"").decode().strip()


def read_blobs(
    repository: Repository, commit: str, paths: Sequence[ProjectPath]
) -> dict[ProjectPath, bytes]:
    """The files of a project as they are in a commit, all by one process; those that are there."""
    prefix = f"{repository.prefix}/" if repository.prefix else ""
    asked = [path for path in paths if "\n" not in path]
    lines = "".join(f"{commit}:{prefix}{path}\n" for path in asked)
    data = repository.run("cat-file", "--batch", data=os.fsencode(lines)) if asked else b""
    found: dict[ProjectPath, bytes] = {}
    at = 0
    for path in asked:
        start = data.index(b"\n", at) + 1
        head, at = data[at : start - 1], start
        if not head.endswith(b" missing"):
            size = int(head.rpartition(b" ")[2])
            found[path] = data[start : start + size]
            at = start + size + 1
    return found


def is_shallow(repository: Repository) -> bool:
    """Whether only a part of the history is here."""
    try:
        return repository.run("rev-parse", "--is-shallow-repository").strip() == b"true"
    except GitError:
        return False
