"""What git knows: the files that changed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ProjectPath
from analyzer.sources.files import printable_path


def find_changed_files(*, project: Path, base: str) -> tuple[ProjectPath, ...]:
    """The files below a project that differ from a revision, sorted.

    Uncommitted and untracked files count. A renamed file counts under both names.

    Raises:
        AnalyzerError: there is no git, no repository, or no such revision.
    """
    # The revision is data: `--end-of-options` keeps one that begins with `-` from being an option.
    arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}"]
    commit = _run(project, arguments)
    if commit is None:
        inside = _run(project, ["rev-parse", "--is-inside-work-tree"])
        if inside is None:
            raise AnalyzerError(f"{project}: not a git repository; --diff needs one")
        raise AnalyzerError(f'git knows no commit "{base}" here; fetch it, or check --diff')
    revision = os.fsdecode(commit).strip()
    diff = ["diff", "--name-only", "--no-renames", "--relative", "-z", revision, "--"]
    untracked = ["ls-files", "--others", "--exclude-standard", "-z"]
    changed = [_run(project, diff), _run(project, untracked)]
    return tuple(
        sorted(
            {
                printable_path(os.fsdecode(name))
                for out in changed
                if out
                for name in out.split(b"\0")
            }
            - {ProjectPath("")}
        )
    )


def _run(project: Path, arguments: list[str]) -> bytes | None:
    """The output of a git command; nothing where it fails."""
    try:
        result = subprocess.run(
            ["git", "-C", str(project), *arguments],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
        )
    except OSError as error:
        raise AnalyzerError("git is not installed, or not in PATH; --diff needs it") from error
    return result.stdout if result.returncode == 0 else None
