"""Repositories in a repository: where git keeps each, whether or not it is checked out."""

from __future__ import annotations

import os
from pathlib import Path

from analyzer.model.names import ProjectPath
from analyzer.sources.git_repository import GitError, Repository, path_of

SUBMODULE = "160000"
"""The mode that an entry of a tree or an index has."""


def find_submodule(repository: Repository, commit: str, path: str) -> Repository | None:
    """The submodule that a commit has at a path of the project.

    Where the work tree has it no more, git still keeps what was in it. Nothing where it was never
    brought here, or is left out of the work tree though it belongs there.
    """
    folder = repository.project / path
    if (folder / ".git").exists():
        return Repository(folder, folder)
    if _is_in_index(repository, path):
        return None
    name = _find_name(repository, commit, f"{repository.prefix}/{path}".lstrip("/"))
    if name is None:
        return None
    kept = os.fsdecode(repository.run("rev-parse", "--git-path", f"modules/{name}").rstrip(b"\n"))
    git_dir = repository.project / kept
    return Repository(git_dir, git_dir, git_dir=git_dir) if git_dir.is_dir() else None


def _is_in_index(repository: Repository, path: str) -> bool:
    listed = repository.run("ls-files", "-s", "-z", "--", f":(literal){path}")
    return listed.startswith(SUBMODULE.encode())


def _find_name(repository: Repository, commit: str, path: str) -> str | None:
    """The name that `.gitmodules` gives the submodule at a path of the repository."""
    listing = ("config", "-z", "--blob", f"{commit}:.gitmodules", "--get-regexp", r"\.path$")
    try:
        entries = repository.run(*listing).split(b"\0")
    except GitError:
        return None
    for entry in entries:
        key, _, value = os.fsdecode(entry).partition("\n")
        name = key.removeprefix("submodule.").removesuffix(".path")
        # A name is a path below git's own folder, and nowhere else.
        if value == path and ".." not in Path(name).parts and not Path(name).is_absolute():
            return name
    return None


def list_files(repository: Repository, tree: str) -> list[ProjectPath]:
    """The files of a commit or tree of a submodule."""
    lines = repository.run("ls-tree", "-r", "-z", "--full-tree", tree).split(b"\0")
    entries = (line.partition(b"\t") for line in lines if line)
    return [path_of(path) for head, _, path in entries if not head.startswith(SUBMODULE.encode())]
