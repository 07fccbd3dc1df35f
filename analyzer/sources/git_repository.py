"""A repository of git: where it is, and how a command of git is run in it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ProjectPath
from analyzer.sources.files import git_environment, printable_path

_AT_ONCE = 1 << 16
"""Bytes that are read of a stream in one go."""


class Repository(Struct, frozen=True):
    """The git repository that a project is, or is a part of."""

    project: Path
    top: Path
    """The folder that the whole repository is checked out in."""
    git_dir: Path | None = None
    """Git's own folder, of a repository that is not checked out anywhere."""

    @property
    def prefix(self) -> str:
        """The project's path in the repository; empty where they are the same."""
        return "" if self.project == self.top else self.project.relative_to(self.top).as_posix()

    def run(
        self,
        *arguments: str,
        data: bytes | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> bytes:
        """The output of a git command that is run in the project's folder.

        Raises:
            GitError: the command fails; with what it said.
        """
        own = {}
        if self.git_dir is not None:
            # Its configuration names a work tree that is gone.
            own = {"GIT_DIR": str(self.git_dir), "GIT_WORK_TREE": str(self.git_dir)}
        result = _call(
            self.project, arguments, data=data, environment={**own, **(environment or {})}
        )
        if result.returncode != 0:
            said = result.stderr.decode("utf-8", "replace").strip()
            raise GitError(f"git {arguments[0]} failed: {printable_path(said) or 'without a word'}")
        return result.stdout

    def stream(self, *arguments: str) -> Iterator[bytes]:
        """The output of a git command between its zero bytes, while it runs.

        Raises:
            GitError: the command fails, or ends before its output does.
        """
        command = ["git", "-C", str(self.project), *arguments]
        environment = {**git_environment(), "LC_ALL": "C"}
        with (
            tempfile.TemporaryFile() as said,
            subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=said,
                env=environment,
            ) as process,
        ):
            rest = b""
            while process.stdout is not None and (data := process.stdout.read(_AT_ONCE)):
                *fields, rest = (rest + data).split(b"\0")
                yield from fields
            if process.wait() != 0:
                said.seek(0)
                message = said.read().decode("utf-8", "replace").strip()
                raise GitError(f"git {arguments[0]} failed: {printable_path(message)}")
        if rest:
            yield rest


class GitError(AnalyzerError):
    """A command of git failed."""


def find_repository(project: Path) -> Repository:
    """Find the repository of a project.

    Raises:
        AnalyzerError: there is no git, or no repository with a work tree.
    """
    result = _call(project, ("rev-parse", "--show-toplevel"))
    if result.returncode != 0:
        said = result.stderr.decode("utf-8", "replace")
        if "dubious ownership" in said:
            raise AnalyzerError(
                f"{project}: git does not trust this repository, whose owner is somebody else; "
                "see `git help config` for safe.directory"
            )
        raise AnalyzerError(f"{project}: not a git repository; this needs one")
    top = Path(os.fsdecode(result.stdout.removesuffix(b"\n"))).resolve()
    return Repository(project.resolve(), top)


def path_of(name: bytes) -> ProjectPath:
    """A path as git prints it with `-z`."""
    return printable_path(os.fsdecode(name))


def _call(
    folder: Path,
    arguments: Sequence[str],
    *,
    data: bytes | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run git.

    Raises:
        AnalyzerError: it is not there.
    """
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            check=False,
            input=data,
            stdin=None if data is not None else subprocess.DEVNULL,
            env={**git_environment(), "LC_ALL": "C", **(environment or {})},
        )
    except OSError as error:
        raise AnalyzerError("git is not installed, or not in PATH; this needs it") from error
    except ValueError as error:
        # A zero byte in an argument.
        raise GitError(f"git {arguments[0]}: {error}") from error
