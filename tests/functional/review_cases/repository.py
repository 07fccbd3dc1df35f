"""A git repository that a case changes, and what of it must stay as it is."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.support import write_tree

# Nothing of the machine's own configuration; the same commits each time.
_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_AUTHOR_DATE": "2024-01-01T00:00:00Z",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_COMMITTER_DATE": "2024-01-01T00:00:00Z",
}


class Repository:
    """A work tree, the project in it, and the revision that the review starts from."""

    def __init__(self, root: Path, *, project: str = ".") -> None:
        """Take a folder that is a repository already.

        Args:
            root: of the work tree.
            project: the folder that is analysed, relative to `root`; paths of edits are in it.
        """
        self.root = root
        self.project = root / project
        self.base = "HEAD"
        """What `--base` names: at first the commit that the case begins with."""

    @classmethod
    def start(cls, root: Path, files: dict[str, str], *, project: str = ".") -> Repository:
        """Write files and commit them."""
        write_tree(root / project, files)
        repository = cls(root, project=project)
        repository.git("init", "-q", "-b", "main", "--template=")
        repository.start_here()
        return repository

    def copy(self, root: Path) -> Repository:
        """The same repository somewhere else."""
        shutil.copytree(self.root, root, symlinks=True)
        copy = Repository(root, project=os.path.relpath(self.project, self.root))
        copy.base = self.base
        return copy

    def git(self, *arguments: str, check: bool = True) -> str:
        """Run git in the project and give its output."""
        result = subprocess.run(
            ["git", "-c", "protocol.file.allow=always", *arguments],
            cwd=self.project,
            env={**os.environ, **_ENVIRONMENT},
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0 or not check, (arguments, result.stderr)
        return result.stdout.strip()

    def read(self, path: str) -> str:
        return (self.project / path).read_bytes().decode()

    def write(self, path: str, text: str) -> None:
        """Write a file as it is: no line ending is changed."""
        file = self.project / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands in a file just once."""
        text = self.read(path)
        assert text.count(old) == 1, (path, old, text)
        self.write(path, text.replace(old, new))

    def prepend(self, path: str, text: str) -> None:
        self.write(path, text + self.read(path))

    def append(self, path: str, text: str) -> None:
        self.write(path, self.read(path) + text)

    def move(self, old: str, new: str) -> None:
        (self.project / new).parent.mkdir(parents=True, exist_ok=True)
        self.git("mv", old, new)

    def delete(self, *paths: str) -> None:
        for path in paths:
            (self.project / path).unlink()

    def commit(self, message: str = "Change") -> str:
        """Commit everything and give the commit's name."""
        self.git("add", "--all", str(self.root))
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def start_here(self) -> None:
        """Commit everything; what comes now is what the review is about."""
        self.base = self.commit("Start")


def snapshot(root: Path) -> dict[str, object]:
    """Every file below a folder, `.git` included: its kind and its bytes.

    So it holds work tree, index, refs, stash, the list of worktrees, and any object or lock that
    somebody left behind.
    """
    found: dict[str, object] = {}
    for folder, folders, files in os.walk(root):
        for name in (*folders, *files):
            path = Path(folder, name)
            mode = path.lstat().st_mode
            if path.is_symlink():
                content: object = path.readlink()
            else:
                content = None if path.is_dir() else path.read_bytes()
            found[path.relative_to(root).as_posix()] = (mode, content)
    return found
