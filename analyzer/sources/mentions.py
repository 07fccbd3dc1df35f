"""Places that name a file without importing it: in strings, in configuration, in scripts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

from analyzer.model.imports import Mention
from analyzer.model.names import ProjectPath

# Prose is left out: a document that names a file does not use it.
_SUFFIXES = frozenset(
    {
        "", ".bash", ".cfg", ".conf", ".crontab", ".env", ".fish", ".ini", ".js", ".json", ".mako",
        ".mk", ".ps1", ".py", ".service", ".sh", ".sql", ".tf", ".timer", ".toml", ".ts", ".tsx",
        ".yaml", ".yml", ".zsh",
    }
)  # fmt: skip
_LARGEST_FILE = 1_000_000


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
        names: how a file may be named (its path, its dotted name) -> that file.
        ignored: files that say nothing about use, such as the registry's own and tests.
        is_own: whether a place (first) and a named file (second) belong together, so that the one
            naming the other says nothing either.

    Returns:
        File -> the first mention outside of the file itself.
    """
    if not names:
        return {}
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile(
        rb"(?<![\w./-])(?:[\w.-]*/)*("
        + b"|".join(re.escape(name.encode()) for name in longest_first)
        + rb")(?![\w/-]|\.\w)"
    )
    found: dict[ProjectPath, Mention] = {}
    for path in files:
        if posixpath.splitext(path)[1] not in _SUFFIXES or path in ignored:
            continue
        for match in pattern.finditer(data := _read(project / path)):
            named = names[match[1].decode()]
            if named not in found and named != path and not is_own(path, named):
                line = data.count(b"\n", 0, match.start()) + 1
                text = data[data.rfind(b"\n", 0, match.start()) + 1 :].split(b"\n", 1)[0]
                found[named] = Mention(path, line, text.decode("utf-8", "replace").strip()[:200])
    return found


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes() if file.stat().st_size <= _LARGEST_FILE else b""
    except OSError:
        return b""
