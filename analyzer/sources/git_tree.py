"""The files of a commit in a folder of their own, read from git's objects."""

from __future__ import annotations

import contextlib
import errno
import os
import posixpath
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ProjectPath
from analyzer.sources.files import EXCLUDED_FOLDERS, printable_path
from analyzer.sources.git_repository import GitError, Repository
from analyzer.sources.git_submodules import find_submodule
from analyzer.sources.processes import started

_FILE, _PROGRAM, _LINK, _SUBMODULE = "100644", "100755", "120000", "160000"
# Their names say all that anybody asks of them.
_NEVER_READ = (
    ".avif", ".bmp", ".eot", ".gif", ".gz", ".ico", ".jar", ".jpeg", ".jpg", ".mov", ".mp3", ".mp4",
    ".ogg", ".otf", ".parquet", ".pdf", ".png", ".pyc", ".so", ".tar", ".tgz", ".tif", ".tiff",
    ".ttf", ".wav", ".webm", ".webp", ".whl", ".woff", ".woff2", ".xlsx", ".xz", ".zip",
)  # fmt: skip


MANY_FILES = 300
"""From so many on a process of its own writes them."""
# A file system in memory, on Linux; of what is free there the files take a quarter at most.
_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder that is made in it is ours alone
_ROOM = 4
_BLOCK = 4096
# What a file system says of a name that it cannot hold, or holds already in other letters.
_NAME_TROUBLE = {
    errno.EEXIST, errno.EILSEQ, errno.EINVAL, errno.EISDIR, errno.ENAMETOOLONG, errno.ENOENT,
    errno.ENOTDIR,
}  # fmt: skip


class CheckedOut(Struct, frozen=True):
    """The project as it was at a commit."""

    project: Path
    missing_submodules: tuple[ProjectPath, ...]
    """Those that are checked out now and whose commit is not in this clone: their files are not
    there."""
    nothing: Path
    """An empty folder, for what was not there yet."""


class _Entry(Struct, frozen=True):
    """One line of `git ls-tree -l`."""

    mode: str
    object: str
    path: str
    """In the repository, as git spells it."""
    size: int
    """Bytes; 0 of a submodule."""


@contextmanager
def checked_out(repository: Repository, commit: str) -> Iterator[Callable[[], CheckedOut]]:
    """Begin to write the files of a commit into a temporary folder, which is gone in the end.

    They are there when they are asked for; until then something else may be done. The work tree,
    the index and everything else of the repository stay as they are. Attributes and filters of git
    are not applied: the bytes are those of the objects. All of the repository is there, as symbolic
    links may lead out of the project.
    """
    listed = _list_tree(repository, commit)
    with tempfile.TemporaryDirectory(
        prefix="analyzer-", dir=_find_memory(listed), ignore_cleanup_errors=True
    ) as folder:
        top = Path(folder, "base").resolve()
        top.mkdir()
        nothing = Path(folder, "nothing")
        nothing.mkdir()
        prefix = f"{repository.prefix}/" if repository.prefix else ""
        request = _WriteRequest(repository, commit, top)
        with started(_write_project, request, apart=len(listed) >= MANY_FILES) as finish:

            def wait() -> CheckedOut:
                missing = (
                    printable_path(path.removeprefix(prefix))
                    for path in finish()
                    if path.startswith(prefix)
                )
                return CheckedOut(top / repository.prefix, tuple(missing), nothing)

            yield wait


def is_large(repository: Repository, commit: str) -> bool:
    """Whether a commit has so many files that a process of its own for them saves time."""
    return len(_list_tree(repository, commit)) >= MANY_FILES


def _find_memory(listed: Sequence[_Entry]) -> Path | None:
    """A folder in memory with room for all files: there they are made many times as fast.

    None where there is none, or where the user names a folder for temporary files.
    """
    if any(name in os.environ for name in ("TMPDIR", "TEMP", "TMP")):
        return None
    try:
        size = sum(one.size + _BLOCK for one in listed)
        has_room = shutil.disk_usage(_MEMORY).free > _ROOM * size
    except OSError:
        return None
    return _MEMORY if has_room and os.access(_MEMORY, os.W_OK | os.X_OK) else None


class _WriteRequest(Struct, frozen=True):
    repository: Repository
    commit: str
    top: Path


def _write_project(request: _WriteRequest) -> tuple[str, ...]:
    """Write the tree; return the submodules, in the repository, that could not be written."""
    repository, missing = request.repository, list[str]()
    # What somebody has begun before may hold half a file.
    shutil.rmtree(request.top)
    request.top.mkdir()
    top = Repository(repository.top, repository.top)
    _write_tree(top, request.commit, request.top, missing)
    (request.top / repository.prefix).mkdir(parents=True, exist_ok=True)
    return tuple(sorted(missing))


def _write_tree(repository: Repository, commit: str, top: Path, missing: list[str]) -> None:
    left_out = _find_left_out(repository)
    listed = _list_tree(repository, commit)
    entries = [one for one in listed if _is_safe(one.path) and one.path not in left_out]
    for folder in sorted({posixpath.dirname(one.path) for one in entries}):
        with contextlib.suppress(FileExistsError, NotADirectoryError):
            (top / folder).mkdir(parents=True, exist_ok=True)
    files = [one for one in entries if one.mode in (_FILE, _PROGRAM)]
    written: dict[str, Path] = {}
    for entry, data in _read_objects(repository, files):
        _write(top / entry.path, data, written, name=entry.object if data else "")
    for entry in entries:
        if entry.mode == _SUBMODULE:
            inner = find_submodule(repository, commit, entry.path)
            if inner is None:
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


@lru_cache(maxsize=1)
def _list_tree(repository: Repository, commit: str) -> list[_Entry]:
    """The files of a commit; more than one stage asks for those of the same."""
    found = []
    for line in repository.run("ls-tree", "-r", "-l", "-z", "--full-tree", commit).split(b"\0"):
        if line:
            head, _, path = line.partition(b"\t")
            mode, _, name, size = head.decode().split()
            found.append(_Entry(mode, name, os.fsdecode(path), int(size) if size != "-" else 0))
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


def _write(file: Path, data: bytes, written: dict[str, Path], *, name: str) -> None:
    """Write a file; one with the same content is only linked, which takes far less time.

    Args:
        file: where.
        data: what.
        written: the name of a content -> a file that has it; is added to.
        name: the name of this one.

    Raises:
        AnalyzerError: there is no room.
    """
    with contextlib.suppress(OSError, KeyError):
        os.link(written[name], file)
        return
    try:
        # What is there already may have another name too.
        with file.open("xb") as stream:
            stream.write(data)
    except ValueError:
        return
    except OSError as error:
        if error.errno in _NAME_TROUBLE:
            # A file system that knows no difference between `a` and `A` has less files.
            return
        raise AnalyzerError(
            f"{file}: cannot write this file of the base: {error.strerror}; name a folder with "
            "room in TMPDIR"
        ) from error
    written[name] = file


def _lead_there(link: str, path: str, repository: Path, top: Path) -> str:
    """Where a symbolic link leads, seen from the other folder: into it, or to the same place."""
    if posixpath.isabs(link):
        inside = os.path.relpath(link, repository)
        return link if inside.startswith("..") else str(top / inside)
    end = posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
    return str(repository / end) if end.startswith("..") else link
