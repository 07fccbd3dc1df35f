"""Which files the project has."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct

from analyzer.model.errors import AnalyzerError
from analyzer.model.imports import Unscanned, UnscannedReason
from analyzer.model.names import ProjectPath, folders_above

# What ruff leaves out by default, and the folders of environments and caches.
EXCLUDED_FOLDERS = frozenset(
    {
        ".bzr", ".direnv", ".eggs", ".git", ".hg", ".hypothesis", ".ipynb_checkpoints",
        ".mypy_cache", ".nox", ".pants.d", ".pyenv", ".pytest_cache", ".pytype", ".ruff_cache",
        ".svn", ".tox", ".venv", ".vscode", "__pycache__", "__pypackages__", "node_modules",
        "site-packages",
    }
)  # fmt: skip

LARGEST_MODULE = 5_000_000
"""In bytes: larger Python files are reported and not read, whatever is looked for in them."""


class Listing(Struct, frozen=True):
    """The files of a project. Tuples are sorted."""

    files: tuple[ProjectPath, ...]
    """Each file once, by the path without symbolic links where that is in the project."""
    aliases: dict[ProjectPath, ProjectPath]
    """Path through a symbolic link -> the path in `files` that it leads to."""
    unscanned: tuple[Unscanned, ...]
    """Python files and folders that are there but cannot be listed."""


def list_files(*, project: Path, is_excluded: Callable[[ProjectPath], bool]) -> Listing:
    """List every file below a folder but for environments, caches and what git ignores.

    Symbolic links to folders are followed once: a link into the project gives other names to files
    that are already listed, a link to a folder above itself is reported.

    Raises:
        AnalyzerError: the project's own folder cannot be read.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        # git looks at the whole tree as we do; both at once cost the time of one.
        ignored_by_git = pool.submit(_find_ignored_by_git, project)
        walk = _Walk(project=Path(os.path.realpath(project)), is_excluded=is_excluded)
        walk.run()
        ignored_files, ignored_folders = ignored_by_git.result()

    def is_kept(path: str) -> bool:
        if path in ignored_files:
            return False
        return not any(folder in ignored_folders for folder in folders_above(path))

    if not ignored_files and not ignored_folders:
        kept = walk.files
    else:
        kept = [path for path in walk.files if is_kept(path)]
    listed = set(kept)
    return Listing(
        files=tuple(sorted(kept)),
        aliases={alias: to for alias, to in sorted(walk.aliases.items()) if to in listed},
        unscanned=tuple(sorted(entry for entry in walk.unscanned if is_kept(entry.path))),
    )


def printable_path(path: str) -> ProjectPath:
    """A path in valid Unicode: bytes of a file name that are not UTF-8 are shown as escapes."""
    return ProjectPath(path.encode("utf-8", "backslashreplace").decode("utf-8"))


class _Walk:
    """One walk over a project."""

    def __init__(self, *, project: Path, is_excluded: Callable[[ProjectPath], bool]) -> None:
        self.files: list[ProjectPath] = []
        self.aliases: dict[ProjectPath, ProjectPath] = {}
        self.unscanned: list[Unscanned] = []
        self._project = str(project)
        self._prefix = os.path.join(self._project, "")  # noqa: PTH118 - strings are much faster
        self._is_excluded = is_excluded
        self._links: list[tuple[ProjectPath, str]] = []

    def run(self) -> None:
        """List what stands here itself, then what symbolic links add."""
        self._list_below(ProjectPath(""), self._project)
        listed = set(self.files)
        outside: set[str] = set()
        # Following a link can bring further links; the list grows while it is read.
        for path, target in self._links:
            self._follow(path=path, target=target, listed=listed, outside=outside)

    def _list_below(self, top: ProjectPath, top_folder: str) -> None:
        pending = [(top, top_folder)]
        while pending:
            path, folder = pending.pop()
            try:
                with os.scandir(folder) as entries:
                    found = list(entries)
            except OSError as error:
                if not path:
                    message = f"{folder}: cannot be read: {error.strerror}; check its permissions"
                    raise AnalyzerError(message) from error
                self._report(path, UnscannedReason.UNREADABLE, error.strerror)
                continue
            if any(entry.name == "pyvenv.cfg" for entry in found):
                continue
            for entry in found:
                if entry.name in EXCLUDED_FOLDERS:
                    continue
                below = ProjectPath(f"{path}/{entry.name}" if path else entry.name)
                if not below.isprintable() and printable_path(below) != below:
                    if entry.name.endswith(".py"):
                        detail = "the file name is not UTF-8"
                        self._report(printable_path(below), UnscannedReason.UNREADABLE, detail)
                    continue
                if self._is_excluded(below):
                    continue
                if entry.is_symlink():
                    self._links.append((below, os.path.realpath(entry.path)))
                elif entry.is_dir(follow_symlinks=False):
                    pending.append((below, entry.path))
                elif entry.is_file(follow_symlinks=False):
                    self.files.append(below)

    def _follow(
        self, *, path: ProjectPath, target: str, listed: set[ProjectPath], outside: set[str]
    ) -> None:
        if target == self._project or (self._prefix + path).startswith(target + os.sep):
            detail = "a symbolic link to a folder above itself"
            self._report(path, UnscannedReason.SYMLINK_LOOP, detail)
        elif target.startswith(self._prefix):
            inside = ProjectPath(target[len(self._prefix) :].replace(os.sep, "/"))
            if inside in listed:
                self.aliases[path] = inside
            elif os.path.isdir(target):  # noqa: PTH112 - strings are much faster
                below = inside + "/"
                for file in self.files:
                    if file.startswith(below):
                        self.aliases[ProjectPath(path + file[len(inside) :])] = file
            elif path.endswith(".py"):
                self._report(path, UnscannedReason.UNREADABLE, "a symbolic link to nothing")
        elif target in outside:
            detail = "a symbolic link to a folder that another link has brought in already"
            self._report(path, UnscannedReason.SYMLINK_LOOP, detail)
        elif os.path.isdir(target):  # noqa: PTH112
            outside.add(target)
            self._list_below(path, target)
        elif os.path.isfile(target):  # noqa: PTH113
            self.files.append(path)
        elif path.endswith(".py"):
            self._report(path, UnscannedReason.UNREADABLE, "a symbolic link to nothing")

    def _report(self, path: ProjectPath, reason: UnscannedReason, detail: str | None) -> None:
        self.unscanned.append(Unscanned(path, None, reason, detail or "cannot be listed"))


def git_environment() -> dict[str, str]:
    """The environment for git that finds the repository from the folder alone, and locks nothing.

    A hook of git is told which repository and index it belongs to; these may be of another one.
    """
    own = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_WORK_TREE", "GIT_COMMON_DIR")
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return {**kept, "GIT_OPTIONAL_LOCKS": "0"}


def _find_ignored_by_git(project: Path) -> tuple[set[str], set[str]]:
    """Files and folders below a project that git ignores and does not track.

    Both empty where there is no git, no repository, or where the project itself is ignored.
    """
    command = ["git", "-C", str(project), "ls-files", "--others", "--ignored"]
    command += ["--exclude-standard", "--directory", "-z"]
    try:
        result = subprocess.run(
            command,
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env=git_environment(),
        )
    except OSError:
        return set(), set()
    if result.returncode != 0:
        return set(), set()
    entries = [os.fsdecode(entry) for entry in result.stdout.split(b"\0") if entry]
    if "./" in entries:
        return set(), set()
    folders = {entry.rstrip("/") for entry in entries if entry.endswith("/")}
    return {entry for entry in entries if not entry.endswith("/")}, folders
