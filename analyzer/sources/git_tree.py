"""The files of a commit in a folder of their own, read from git's objects."""

from __future__ import annotations

import contextlib
import os
import posixpath
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from analyzer.model.names import ProjectPath
from analyzer.sources.files import EXCLUDED_FOLDERS, printable_path
from analyzer.sources.git import GitError, Repository

_FILE, _PROGRAM, _LINK, _SUBMODULE = "100644", "100755", "120000", "160000"
# Their names say all that anybody asks of them.
_NEVER_READ = (
    ".avif", ".bmp", ".eot", ".gif", ".gz", ".ico", ".jar", ".jpeg", ".jpg", ".mov", ".mp3", ".mp4",
    ".ogg", ".otf", ".parquet", ".pdf", ".png", ".pyc", ".so", ".tar", ".tgz", ".tif", ".tiff",
    ".ttf", ".wav", ".webm", ".webp", ".whl", ".woff", ".woff2", ".xlsx", ".xz", ".zip",
)  # fmt: skip


class CheckedOut(Struct, frozen=True):
    """The project as it was at a commit."""

    project: Path
    missing_submodules: tuple[ProjectPath, ...]
    """Those that are checked out now and whose commit is not in this clone: their files are not
    there."""
    nothing: Path
    """An empty folder, for what was not there yet."""


class _Entry(Struct, frozen=True):
    """One line of `git ls-tree`."""

    mode: str
    object: str
    path: str
    """In the repository, as git spells it."""


@contextmanager
def checked_out(repository: Repository, commit: str) -> Iterator[CheckedOut]:
    """Write the files of a commit into a temporary folder, which is gone in the end.

    The work tree, the index and everything else of the repository stay as they are. Attributes and
    filters of git are not applied: the bytes are those of the objects. All of the repository is
    there, as symbolic links may lead out of the project.
    """
    with tempfile.TemporaryDirectory(prefix="analyzer-", ignore_cleanup_errors=True) as folder:
        top = Path(folder, "base").resolve()
        top.mkdir()
        missing: list[str] = []
        _write_tree(Repository(repository.top, repository.top), commit, top, missing)
        project = top / repository.prefix
        project.mkdir(parents=True, exist_ok=True)
        prefix = f"{repository.prefix}/" if repository.prefix else ""
        nothing = Path(folder, "nothing")
        nothing.mkdir()
        yield CheckedOut(
            project,
            tuple(
                printable_path(path.removeprefix(prefix))
                for path in sorted(missing)
                if path.startswith(prefix)
            ),
            nothing,
        )


def _write_tree(repository: Repository, commit: str, top: Path, missing: list[str]) -> None:
    left_out = _find_left_out(repository)
    listed = _list_tree(repository, commit)
    entries = [one for one in listed if _is_safe(one.path) and one.path not in left_out]
    for folder in sorted({posixpath.dirname(one.path) for one in entries}):
        with contextlib.suppress(FileExistsError, NotADirectoryError):
            (top / folder).mkdir(parents=True, exist_ok=True)
    files = [one for one in entries if one.mode in (_FILE, _PROGRAM)]
    for entry, data in _read_objects(repository, files):
        _write(top / entry.path, data)
    for entry in entries:
        if entry.mode == _SUBMODULE:
            inner = Repository(repository.top / entry.path, repository.top / entry.path)
            if not (inner.top / ".git").exists():
                # It has no files in the work tree either.
                continue
            try:
                _write_tree(inner, entry.object, top / entry.path, missing)
            except GitError:
                missing.append(entry.path)
    # Last, so that nothing is written through one.
    links = [one for one in entries if one.mode == _LINK]
    for entry, target in _read_objects(repository, links):
        link = os.fsdecode(target)
        with contextlib.suppress(OSError, ValueError):
            (top / entry.path).symlink_to(_lead_there(link, entry.path, repository.top, top))


def _list_tree(repository: Repository, commit: str) -> list[_Entry]:
    found = []
    for line in repository.run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
        if line:
            head, _, path = line.partition(b"\t")
            mode, _, name = head.decode().split(" ")
            found.append(_Entry(mode, name, os.fsdecode(path)))
    return found


def _find_left_out(repository: Repository) -> frozenset[str]:
    """The files that a sparse checkout leaves out of the work tree: the base is to be as sparse."""
    try:
        repository.run("config", "--get", "core.sparseCheckout")
        listed = repository.run("ls-files", "-t", "-z")
    except GitError:
        return frozenset()
    lines = (os.fsdecode(line) for line in listed.split(b"\0"))
    return frozenset(line[2:] for line in lines if line.startswith("S "))


def _is_safe(path: str) -> bool:
    """Whether a path stays in its folder, and is listed at all: what is left out is not written."""
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts):
        return False
    return EXCLUDED_FOLDERS.isdisjoint(parts)


def _read_objects(
    repository: Repository, entries: Sequence[_Entry]
) -> Iterator[tuple[_Entry, bytes]]:
    """Read the contents of some files, in their order.

    In the format of `git cat-file --batch`: a line with the size, then as many bytes.
    """
    read = [one for one in entries if not one.path.lower().endswith(_NEVER_READ)]
    wanted = "".join(f"{one.object}\n" for one in read).encode()
    output = repository.run("cat-file", "--batch", data=wanted) if read else b""
    start = 0
    for entry in read:
        end = output.index(b"\n", start)
        head = output[start:end].split(b" ")
        if len(head) == 3:
            start = end + 1 + int(head[2])
            yield entry, output[end + 1 : start]
            start += 1
        else:
            start = end + 1
            yield entry, b""
    for entry in entries:
        if entry.path.lower().endswith(_NEVER_READ):
            yield entry, b""


def _write(file: Path, data: bytes) -> None:
    # A file system that knows no difference between `a` and `A`, or no such name, has less files.
    with contextlib.suppress(OSError, ValueError):
        file.write_bytes(data)


def _lead_there(link: str, path: str, repository: Path, top: Path) -> str:
    """Where a symbolic link leads, seen from the other folder: into it, or to the same place."""
    if posixpath.isabs(link):
        inside = os.path.relpath(link, repository)
        return link if inside.startswith("..") else str(top / inside)
    end = posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
    return str(repository / end) if end.startswith("..") else link
