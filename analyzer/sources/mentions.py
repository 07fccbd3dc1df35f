"""Places that name a file without importing it: in strings, in configuration, in scripts."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from ahocorasick_rs import BytesAhoCorasick

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
# What follows a dot here makes `app.services.yaml` a file of its own, not an attribute of a module.
_NO_ATTRIBUTES = frozenset(
    {
        "bak", "bash", "cfg", "conf", "css", "csv", "env", "html", "ini", "js", "json", "log",
        "md", "py", "pyc", "pyi", "rst", "service", "sh", "sql", "tf", "timer", "toml", "ts",
        "tsx", "txt", "xml", "yaml", "yml",
    }
)  # fmt: skip
# A file name without its folder is evidence in what runs programs, not in tables and reports.
_SCRIPTS = frozenset(
    {"", ".bash", ".crontab", ".fish", ".mk", ".ps1", ".py", ".service", ".sh", ".timer", ".zsh"}
)
_LARGEST_FILE = 1_000_000
_TOKEN = re.compile(rb"[\w./-]+")
_WORD = re.compile(rb"[\w-]+")
_ATTRIBUTE = re.compile(r"[^\W\d]\w*")
# A string without an end goes as far as it can: its end is looked for once, not from each quote.
_PYTHON_TEXT = re.compile(
    rb"#[^\n]*"
    rb"|\"{3}(?:[^\\]|\\.)*?(?:\"{3}|\\?\Z)|'{3}(?:[^\\]|\\.)*?(?:'{3}|\\?\Z)"
    rb"|\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?",
    re.DOTALL,
)

_Names = Mapping[str, Collection[ProjectPath]]


def find_mentions(
    *,
    project: Path,
    files: Iterable[ProjectPath],
    names: _Names,
    ignored: Collection[ProjectPath],
    is_own: Callable[[ProjectPath, ProjectPath], bool],
) -> dict[ProjectPath, Mention]:
    """Find the first place that names each of some files.

    A path or a file name may stand behind other folders (`/srv/app/a.py`), a dotted name may be
    followed by what is taken from the module (`app.a.Handler`). In Python a dotted name and a file
    name count in strings only: in code they are attributes of a variable, in comments prose. A
    file name counts in Python and in scripts, not in data, which lists files for many reasons.

    Args:
        project: absolute path of the project.
        files: where to look; sorted.
        names: how a file may be named (its path, its file name, its dotted name) -> the files that
            this may mean.
        ignored: files that say nothing about use, such as the registry's own and tests.
        is_own: whether a place (first) and a named file (second) belong together, so that the one
            naming the other says nothing either.

    Returns:
        File -> the first mention outside of the file itself; of one by its file name alone, only
        where nothing names more of it.
    """
    if not names:
        return {}
    find_named = _build_finder(names)
    found: dict[ProjectPath, Mention] = {}
    by_file_name: dict[ProjectPath, Mention] = {}
    for path in files:
        suffix = posixpath.splitext(path)[1]
        if suffix not in _SUFFIXES or path in ignored:
            continue
        data = _read(project / path)
        is_in_string = _build_string_test(data) if suffix == ".py" else lambda _: True
        for start, name in find_named(data):
            for named in names[name]:
                is_path = name == named or "/" in name
                is_dotted = _is_dotted(name, named)
                mentions = found if is_path or is_dotted else by_file_name
                if named in mentions or named == path or is_own(path, named):
                    continue
                if is_path or (is_in_string(start) and (is_dotted or suffix in _SCRIPTS)):
                    mentions[named] = _read_mention(path, data, start)
    return {**by_file_name, **found}


def _read_mention(path: ProjectPath, data: bytes, start: int) -> Mention:
    line = data.count(b"\n", 0, start) + 1
    text = data[data.rfind(b"\n", 0, start) + 1 :].split(b"\n", 1)[0]
    return Mention(path, line, text.decode("utf-8", "replace").strip()[:200])


def _last_word(name: bytes) -> bytes:
    """The last word before `.py`; empty, which is in every text, where no letter is ASCII."""
    return next(iter(reversed(_WORD.findall(name.removesuffix(b".py")))), b"")


def _build_finder(names: _Names) -> Callable[[bytes], list[tuple[int, str]]]:
    """Finds the names in a text: where each one begins, in order.

    Nearly all names are words, dots and slashes: what a text holds of these is looked up, in the
    lines that hold the last word of any. The time does not grow with the number of names, as that
    of one expression for all of them does.
    """
    longest = max(map(len, names))
    find_lines = _build_line_finder(names)
    odd = sorted(name.encode() for name in names if not _TOKEN.fullmatch(name.encode()))
    pattern = re.compile(
        rb"(?<![\w./-])(?:[\w.-]*/)*("
        + b"|".join(re.escape(name) for name in reversed(odd))
        + rb")(?![\w/-]|\.\w)"
    )

    def find(data: bytes) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for start, end in find_lines(data):
            for match in _TOKEN.finditer(data, start, end):
                name = _look_up(match[0].decode(), names, longest)
                if name is not None:
                    found.append((match.start(), name))
        if odd:
            found += [(match.start(), match[1].decode()) for match in pattern.finditer(data)]
        return sorted(found)

    return find


def _build_line_finder(names: Iterable[str]) -> Callable[[bytes], Iterable[tuple[int, int]]]:
    """Finds the lines of a text, as places, that may hold a name."""
    words = sorted({_last_word(name.encode()) for name in names})
    if b"" in words:
        return lambda data: [(0, len(data))]
    # Of matches that overlap one is enough, as they are in the same line.
    automaton = BytesAhoCorasick(words)

    def find_lines(data: bytes) -> Iterator[tuple[int, int]]:
        end = -1
        for _, place, _ in automaton.find_matches_as_indexes(data):
            if place > end:
                start = data.rfind(b"\n", 0, place) + 1
                end = data.find(b"\n", place)
                end = len(data) if end < 0 else end
                yield start, end

    return find_lines


def _look_up(token: str, names: _Names, longest: int) -> str | None:
    """The longest name that a token ends with, folders and attributes left out.

    A token may be as long as a file: parts of it longer than the longest name are not looked at.
    """
    # A full stop, or the dots of `app/a.py...`.
    token = token.rstrip(".")
    start = 0
    if len(token) > longest:
        start = token.find("/", len(token) - longest - 1) + 1 or -1
    while start >= 0:
        name = token[start:]
        if name in names:
            return name
        start = token.find("/", start) + 1 or -1
    name = token.rpartition("/")[2]
    end = len(name)
    while (dot := name.rfind(".", 0, end)) >= 0:
        attribute = name[dot + 1 : end]
        if attribute in _NO_ATTRIBUTES or _ATTRIBUTE.fullmatch(attribute) is None:
            return None
        end = dot
        module = name[:end] if end <= longest else ""
        if module in names and any(_is_dotted(module, one) for one in names[module]):
            return module
    return None


def _is_dotted(spelling: str, named: ProjectPath) -> bool:
    """Whether a name is that of a module, and not a path or a file name."""
    return "/" not in spelling and not named.endswith(spelling)


def _build_string_test(data: bytes) -> Callable[[int], bool]:
    """Tells whether a place in a Python file is in a string; the file is read when it is asked."""
    strings: list[tuple[int, int]] = []

    def is_in_string(place: int) -> bool:
        if not strings:
            texts = _PYTHON_TEXT.finditer(data)
            strings.extend(one.span() for one in texts if not one[0].startswith(b"#"))
        before = bisect_right(strings, (place, len(data))) - 1
        return before >= 0 and place < strings[before][1]

    return is_in_string


def _read(file: Path) -> bytes:
    try:
        largest = LARGEST_MODULE if file.suffix == ".py" else _LARGEST_FILE
        return file.read_bytes() if file.stat().st_size <= largest else b""
    except OSError:
        return b""
