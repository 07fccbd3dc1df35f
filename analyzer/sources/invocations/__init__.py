"""What starts programs: scripts, images, units, tables and pipelines, read for what they run.

One file for each kind of source, one line where they are listed. A command that cannot be read, or
that leads to no file for sure, is passed over: nothing is guessed and nothing is executed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

from analyzer.model.entry_points import Invocation
from analyzer.model.imports import Kind, Link, Unscanned, UnscannedReason
from analyzer.model.names import ProjectPath
from analyzer.sources.entry_points import find_console_scripts
from analyzer.sources.invocations import (
    compose,
    crontabs,
    dockerfiles,
    github,
    gitlab,
    kubernetes,
    makefiles,
    package_json,
    pre_commit,
    procfiles,
    shell_scripts,
    supervisor,
    systemd,
)
from analyzer.sources.invocations.base import (
    Mount,
    SourceFile,
    Started,
)
from analyzer.sources.invocations.commands import Commands
from analyzer.sources.invocations.places import ProjectTree
from analyzer.sources.invocations.tools import TOOLS
from analyzer.sources.texts import LARGEST_FILE, ModuleResolver

_LONGEST_TEXT = 200


class _Source(Struct, frozen=True):
    """One kind of file that starts programs."""

    is_read: Callable[[ProjectPath], bool]
    find_started: Callable[[SourceFile, Commands], Iterator[Started]]
    is_one: Callable[[ProjectPath, str], bool] = lambda _path, _text: True
    """Whether a file that is read is of the kind, where its path alone does not tell."""


# A file is read as the first kind that it fits.
_SOURCES = (
    _Source(dockerfiles.is_read, dockerfiles.find_started),
    _Source(makefiles.is_read, makefiles.find_started),
    _Source(compose.is_read, compose.find_started),
    _Source(procfiles.is_read, procfiles.find_started),
    _Source(systemd.is_read, systemd.find_started),
    _Source(crontabs.is_read, crontabs.find_started),
    _Source(github.is_read, github.find_started),
    _Source(gitlab.is_read, gitlab.find_started),
    _Source(pre_commit.is_read, pre_commit.find_started),
    _Source(package_json.is_read, package_json.find_started),
    _Source(supervisor.is_read, supervisor.find_started),
    _Source(shell_scripts.is_read, shell_scripts.find_started, shell_scripts.is_script),
    _Source(kubernetes.is_read, kubernetes.find_started, kubernetes.is_one),
)

# Most files of a project: asked for first, since all the tests above cost more.
_NEVER_READ = (
    ".cfg", ".css", ".csv", ".gif", ".html", ".ipynb", ".jpg", ".js", ".jsx", ".lock", ".md",
    ".mdx", ".pdf", ".png", ".py", ".pyi", ".rst", ".scss", ".sql", ".svg", ".toml", ".ts", ".tsx",
    ".txt", ".vue", ".woff", ".woff2",
)  # fmt: skip


def find_invocations(commands: Commands, files: Sequence[ProjectPath]) -> tuple[Invocation, ...]:
    """Find the files that other files start as programs.

    Args:
        commands: reads the commands, see `build_commands`.
        files: the project's files.

    Returns:
        Sorted by both ends and line. What cannot be read is passed over, see `find_unread`.
    """
    found: set[Invocation] = set()
    for path in files:
        source = _find_source(path)
        file = None if source is None else commands.read(path)
        if source is None or file is None:
            continue
        for started in source.find_started(file, commands):
            if started.path != path:
                found.add(_invocation(file, started))
    return tuple(sorted(found, key=lambda one: (one.link.sort_key(), one.is_test_run)))


def find_unread(commands: Commands, files: Sequence[ProjectPath]) -> tuple[Unscanned, ...]:
    """Tell which files that start programs could not be read, or not to their end.

    The arguments are those of `find_invocations`, which must have been called: reading tells.
    """
    unread = (commands.read.find_unread(path) for path in files if _find_source(path) is not None)
    return tuple(one for one in unread if one is not None)


def build_commands(
    *, project: Path, files: Sequence[ProjectPath], resolve_module: ModuleResolver
) -> Commands:
    """Prepare to read the commands of a project.

    Args:
        project: absolute path of the project.
        files: the project's files.
        resolve_module: finds the file of a dotted name for a program that is started in a folder.
    """
    tree = ProjectTree(files)
    read = _Reader(project)
    console_scripts = find_console_scripts(
        project=project, files=files, resolve_module=resolve_module
    )
    sources = [path for path in files if _find_source(path) is not None]
    return Commands(
        tree=tree,
        resolve_module=resolve_module,
        console_scripts=console_scripts,
        interesting=_build_patterns(console_scripts, sources),
        tools=TOOLS,
        read=read,
        mounts=_find_mounts(sources, tree, read),
    )


@cache
def _find_source(path: ProjectPath) -> _Source | None:
    if path.endswith(_NEVER_READ):
        return None
    return next((source for source in _SOURCES if source.is_read(path)), None)


class _Reader:
    """Reads each file once."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._read: dict[ProjectPath, SourceFile | None] = {}
        self._unread: dict[ProjectPath, Unscanned] = {}

    def __call__(self, path: ProjectPath) -> SourceFile | None:
        if path not in self._read:
            self._read[path] = self._load(path)
        return self._read[path]

    def find_unread(self, path: ProjectPath) -> Unscanned | None:
        """Tell what of a file that was asked for could not be read."""
        source = self._read.get(path)
        if source is None or source.broken is None:
            return self._unread.get(path)
        broken = source.broken
        return Unscanned(path, broken.line, UnscannedReason.SYNTAX_ERROR, broken.detail)

    def _load(self, path: ProjectPath) -> SourceFile | None:
        try:
            with (self._project / path).open("rb") as file:
                data = file.read(LARGEST_FILE + 1)
        except OSError as error:
            detail = error.strerror or type(error).__name__
            self._unread[path] = Unscanned(path, None, UnscannedReason.UNREADABLE, detail)
            return None
        is_binary = b"\0" in data[:1024] and not data.startswith(b"\xff\xfe")
        text = data.decode("utf-8", "replace")
        if not is_binary and len(data) <= LARGEST_FILE:
            return SourceFile(path=path, text=text)
        source = _find_source(path)
        if source is not None and source.is_one(path, text):
            reason = UnscannedReason.ENCODING if is_binary else UnscannedReason.TOO_LARGE
            detail = "no text" if is_binary else f"over {LARGEST_FILE:,} bytes"
            self._unread[path] = Unscanned(path, None, reason, detail)
        return None


def _find_mounts(
    paths: Sequence[ProjectPath], tree: ProjectTree, read: _Reader
) -> tuple[Mount, ...]:
    """Where the images of the project keep its files, for scripts that run inside of them."""
    found: dict[Mount, None] = {}
    for path in paths:
        if dockerfiles.is_read(path):
            source = read(path)
            if source is not None:
                found.update(dict.fromkeys(dockerfiles.read_image(source, tree).mounts))
    return tuple(found)


def _invocation(source: SourceFile, started: Started) -> Invocation:
    line = min(max(started.line, 1), len(source.lines))
    text = source.lines[line - 1].strip()[:_LONGEST_TEXT]
    # Of a Makefile only the recipes that are asked for run: which, is not known.
    is_end = makefiles.is_read(started.path)
    link = Link(source.path, started.path, line, Kind.INVOKES, text, only_passes=is_end)
    return Invocation(link, started.is_test_run)


def _build_patterns(
    console_scripts: Mapping[str, ProjectPath], sources: Sequence[ProjectPath]
) -> tuple[re.Pattern[bytes], ...]:
    """What stands in every text that may start a file of the project.

    Several patterns that begin with fixed letters are many times faster than one with everything.
    """
    bare = {
        name
        for path in sources
        if "." not in (name := posixpath.basename(path)) and not makefiles.is_read(path)
    }
    names = sorted({*TOOLS, *console_scripts, *bare}, key=lambda name: (-len(name), name))
    words = "|".join(re.escape(name) for name in names)
    # Much of what scripts do with Python concerns no file.
    python = r"(?:[\d.]*+[\"'}]?+)(?!\s+(?:-c\b|--version|-V\b|-m (?:json\.tool|pip|venv)\b))"
    patterns = (
        rf"\b(?:{words})(?![\w.:/=-])",
        f"python{python}",
        f"pypy{python}",
        r"\.py\b",
        r"run\s+(?:-m|--module)\b",
        r"\.(?:ba|k|z)?sh\b",
    )
    return tuple(re.compile(pattern.encode()) for pattern in patterns)
