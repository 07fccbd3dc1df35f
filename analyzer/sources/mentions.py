"""Places that name a file without importing it: in strings, in configuration, in scripts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from analyzer.model.imports import Mention
from analyzer.model.names import ProjectPath
from analyzer.sources.files import LARGEST_MODULE

# Prose is left out: a document that names a file does not use it.
_SUFFIXES = frozenset(
    {
        "", ".bash", ".cfg", ".conf", ".crontab", ".env", ".fish", ".ini", ".js", ".json", ".mako",
        ".mk", ".ps1", ".py", ".service", ".sh", ".sql", ".tf", ".timer", ".toml", ".ts", ".tsx",
        ".yaml", ".yml", ".zsh",
    }
)  # fmt: skip
_LARGEST_FILE = 1_000_000
# A word as a path or a dotted name is made of.
_WORD = re.compile(rb"[\w./-]+")
_BEFORE = re.compile(rb"[\w./-]*\Z")
_LONGEST_NAME = 300


def find_mentions(
    *,
    project: Path,
    files: Iterable[ProjectPath],
    names: Mapping[str, ProjectPath],
    ignored: Collection[ProjectPath],
    is_own: Callable[[ProjectPath, ProjectPath], bool],
) -> dict[ProjectPath, Mention]:
    """Find the first place that names each of some files.

    Args:
        project: absolute path of the project.
        files: where to look; sorted.
        names: how a file may be named (its path or the end of it, its dotted name) -> that file.
        ignored: files that say nothing about use, such as the registry's own and tests.
        is_own: whether a place (first) and a named file (second) belong together, so that the one
            naming the other says nothing either.

    Returns:
        File -> the first mention outside of the file itself.
    """
    spellings: dict[bytes, dict[str, ProjectPath]] = {}
    for name, file in sorted(names.items()):
        spellings.setdefault(_stem(file).encode(), {})[name] = file
    found: dict[ProjectPath, Mention] = {}
    for path in files:
        if posixpath.splitext(path)[1] not in _SUFFIXES or path in ignored:
            continue
        data = _read(project / path)
        for stem, named_so in spellings.items():
            for match in re.finditer(re.escape(stem), data) if stem in data else ():
                named = _find_named(data, match.start(), named_so)
                if named is None or named in found or named == path or is_own(path, named):
                    continue
                line = data.count(b"\n", 0, match.start()) + 1
                text = data[data.rfind(b"\n", 0, match.start()) + 1 :].split(b"\n", 1)[0]
                found[named] = Mention(path, line, text.decode("utf-8", "replace").strip()[:200])
    return found


def _stem(path: ProjectPath) -> str:
    """What stands in every name of a file: the last part of its dotted name."""
    return posixpath.basename(path.removesuffix("/__init__.py")).removesuffix(".py")


def _find_named(data: bytes, position: int, names: Mapping[str, ProjectPath]) -> ProjectPath | None:
    """The file that a word means in which the last part of its name stands.

    `app.mail.Sender` means something in `app.mail`.
    """
    before = _BEFORE.search(data[max(0, position - _LONGEST_NAME) : position])
    after = _WORD.match(data[position : position + _LONGEST_NAME])
    if before is None or after is None:
        return None
    word = (before[0] + after[0]).decode("utf-8", "replace").rstrip(".")
    last = word.rpartition("/")[2]
    for name, named in sorted(names.items(), key=lambda one: -len(one[0])):
        if name.endswith(".py"):
            if word == name or word.endswith(f"/{name}"):
                return named
        elif last == name or (last.startswith(f"{name}.") and last != f"{name}.py"):
            return named
    return None


def _read(file: Path) -> bytes:
    try:
        largest = LARGEST_MODULE if file.suffix == ".py" else _LARGEST_FILE
        return file.read_bytes() if file.stat().st_size <= largest else b""
    except OSError:
        return b""
