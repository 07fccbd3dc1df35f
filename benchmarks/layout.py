"""Puts the files of a project where each tool looks for them. The project itself is only read."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

FLAT_PACKAGE = "flat"
# A relative import may climb this far before it leaves the flat package, which makes Grimp panic.
_FLAT_DEPTH = 12
_RELATIVE_IMPORT = re.compile(rb"\bfrom[ \t]+(\.[. \t]*)")
_SKIPPED_FOLDERS = frozenset(
    {
        ".bzr", ".direnv", ".eggs", ".git", ".hg", ".hypothesis", ".ipynb_checkpoints",
        ".mypy_cache", ".nox", ".pants.d", ".pyenv", ".pytest_cache", ".pytype", ".ruff_cache",
        ".svn", ".tox", ".venv", ".vscode", "__pycache__", "__pypackages__", "node_modules",
        "site-packages",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mirror:
    """A copy of a project's Python files in the same folders, and of its `pyproject.toml` files."""

    root: Path
    files: tuple[str, ...]
    """Relative to `root`, POSIX, sorted."""
    packages: tuple[tuple[str, str], ...]
    """(folder that imports start from, top package): regular packages, one of each name."""
    modules: tuple[str, ...]
    """Dotted names of the files in those packages that an import can reach, sorted."""

    @property
    def import_path(self) -> str:
        """Value for PYTHONPATH."""
        folders = dict.fromkeys(str(self.root / folder) for folder, _ in self.packages)
        return os.pathsep.join(folders)


@dataclass(frozen=True, slots=True)
class Flat:
    """Copies of Python files as the modules of one package, so that Grimp misses none."""

    root: Path
    files: int
    left_out: int
    """Files that Grimp cannot read at all."""
    added_files: int = _FLAT_DEPTH + 1
    """Empty `__init__.py` files that make the package."""


def find_python_files(project: Path) -> list[str]:
    """List `*.py`, but for environments, caches and what git ignores; links are not followed."""
    ignored = _find_ignored_by_git(project)
    found = []
    for folder, folders, names in os.walk(project):
        if "pyvenv.cfg" in names:
            folders.clear()
            continue
        below = Path(folder).relative_to(project)
        folders[:] = [
            name
            for name in folders
            if name not in _SKIPPED_FOLDERS and (below / name).as_posix() not in ignored
        ]
        for name in names:
            path = (below / name).as_posix()
            is_file = name.endswith(".py") and not (project / path).is_symlink()
            if is_file and path not in ignored:
                found.append(path)
    return sorted(found)


def _find_ignored_by_git(project: Path) -> set[str]:
    command = ["git", "-C", str(project), "ls-files", "--others", "--ignored"]
    command += ["--exclude-standard", "--directory", "-z"]
    try:
        result = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return set()
    ignored = {os.fsdecode(entry).rstrip("/") for entry in result.stdout.split(b"\0") if entry}
    # The project may itself stand in an ignored folder of a larger repository.
    return set() if result.returncode or "." in ignored else ignored


def copy_mirror(project: Path, *, target: Path) -> Mirror:
    """Copy the Python files of a project, folder by folder."""
    files = find_python_files(project)
    # tach refuses a `setup.py` that has no `pyproject.toml` beside it.
    folders = {PurePosixPath(path).parent for path in files}
    beside = [str(folder / "pyproject.toml") for folder in sorted(folders)]
    for path in [*files, *(path for path in beside if (project / path).is_file())]:
        copy = target / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((project / path).read_bytes())
    regular = {str(PurePosixPath(path).parent) for path in files if path.endswith("__init__.py")}
    packages: dict[str, str] = {}
    for package in sorted(regular, key=lambda folder: (folder.count("/"), folder)):
        folder = PurePosixPath(package)
        is_top = not any(str(above) in regular for above in folder.parents)
        # A package that is named like one of Python's own cannot be found under that name.
        if is_top and folder.name.isidentifier() and folder.name not in sys.stdlib_module_names:
            packages.setdefault(folder.name, str(folder.parent))
    modules = []
    for name, start in packages.items():
        prefix = "" if start == "." else f"{start}/"
        for path in files:
            if path.startswith(f"{prefix}{name}/"):
                module = _module_name(path.removeprefix(prefix), prefix=prefix, regular=regular)
                modules.extend([module] if module else [])
    top = tuple((start, name) for name, start in packages.items())
    return Mirror(root=target, files=tuple(files), packages=top, modules=tuple(sorted(modules)))


def _module_name(path: str, *, prefix: str, regular: set[str]) -> str | None:
    folders = [str(folder) for folder in PurePosixPath(path).parents][:-1]
    parts = path.removesuffix(".py").split("/")
    if not all(prefix + folder in regular for folder in folders):
        return None
    if not all(part.isidentifier() for part in parts):
        return None
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def copy_flat(mirror: Mirror, *, target: Path) -> Flat:
    """Copy every file as `m00001.py`… into one package; leave out what Grimp cannot read."""
    folder = _make_deep_package(target / FLAT_PACKAGE)
    copies, doubtful, left_out = 0, [], 0
    for number, path in enumerate(mirror.files, start=1):
        data = (mirror.root / path).read_bytes()
        climbs = [dots.count(b".") for dots in _RELATIVE_IMPORT.findall(data)]
        if max(climbs, default=0) > _FLAT_DEPTH:
            left_out += 1
            continue
        name = f"m{number:05d}.py"
        if not _is_plain(data):
            doubtful.append((name, data))
            continue
        (folder / name).write_bytes(data)
        copies += 1
    for name, data in doubtful:
        # Newer grammar than that of the running Python is no error: Grimp decides, file by file.
        probe = _make_deep_package(target / "probes" / f"probe_{name.removesuffix('.py')}")
        (probe / name).write_bytes(data)
    refused = _find_unreadable(target / "probes") if doubtful else set()
    for name, data in doubtful:
        if f"probe_{name.removesuffix('.py')}" in refused:
            left_out += 1
        else:
            (folder / name).write_bytes(data)
            copies += 1
    return Flat(root=target, files=copies, left_out=left_out)


def _make_deep_package(package: Path) -> Path:
    folder = package.joinpath(*["p"] * _FLAT_DEPTH)
    folder.mkdir(parents=True)
    for inner in [folder, *folder.parents[:_FLAT_DEPTH]]:
        (inner / "__init__.py").touch()
    return folder


def _is_plain(data: bytes) -> bool:
    try:
        text = data.decode("utf-8")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return False
    return True


_PROBE = """
import sys
from pathlib import Path
import grimp
folder = sys.argv[1]
sys.path.insert(0, folder)
for probe in sorted(path.name for path in Path(folder).iterdir()):
    try:
        grimp.build_graph(probe, cache_dir=None)
    except BaseException as error:  # a panic of Grimp's is no Exception
        print(probe)
"""


def _find_unreadable(folder: Path) -> set[str]:
    # In a process of its own: a panic prints a backtrace.
    result = subprocess.run(
        [sys.executable, "-c", _PROBE, str(folder)], capture_output=True, text=True, check=True
    )
    return set(result.stdout.split())
