"""Where each record stands in the code."""

from __future__ import annotations

import bisect
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from analyzer.model.names import ProjectPath, folders_above
from analyzer.model.registry import Place, Record, Resolution
from analyzer.registry.path_globs import compile_glob, is_glob, literal_folder

PROJECT_FOLDER = ProjectPath(".")

FOLDERS_OF_TYPE = {
    "api-route": frozenset(
        {"api", "apis", "controllers", "endpoints", "routers", "routes", "views"}
    ),
    "service": frozenset({"service", "services"}),
    "worker": frozenset({"jobs", "tasks", "worker", "workers"}),
    "job": frozenset({"jobs", "tasks", "worker", "workers"}),
    "page": frozenset({"pages", "views"}),
    "ui-page": frozenset({"pages", "views"}),
    "ui-component": frozenset({"components"}),
    "script": frozenset({"bin", "ops", "scripts", "tools"}),
    "migration": frozenset({"migrations", "versions"}),
    # Not "sdk": a library's client.py is not that of an SDK.
    "library": frozenset({"lib", "libs", "libraries", "packages"}),
    "sdk-package": frozenset({"packages", "sdk", "sdks"}),
    "test": frozenset({"test", "tests"}),
    "infra": frozenset({"deploy", "deployment", "infra", "k8s", "monitoring", "terraform"}),
    "doc": frozenset({"doc", "docs"}),
}
"""Folders whose name says what stands in them."""
# At the start of a line or a sentence only: "Config file: x" does not say where the record stands.
_LABELLED = re.compile(
    r"(?:^[ \t>*_-]*|[.;][ \t]+)(location|path|file|place)[*_]*\s*:[*_]*[ \t]*[`'\"]?"
    r"([^\s`'\",;]+)",
    re.IGNORECASE | re.MULTILINE,
)
# Tried at the start of a word only: elsewhere long words would take the square of their length.
_PATH_LIKE = re.compile(r"(?<![\w.@-])[\w.@-]*(?:/[\w.@-]+)+")
_SUFFIX = re.compile(r"\.\w{1,8}$")
_MOST_NEAR_NAMES = 10
_SCOPE = re.compile(r"^@[^/]+/")


class PlaceFinder:
    """Finds places in one listing of files."""

    def __init__(
        self, files: Collection[ProjectPath], *, is_test: Callable[[ProjectPath], bool]
    ) -> None:
        """Index a listing by base name; test files stand in for records of tests only."""
        self._files = frozenset(files)
        self._sorted = sorted(files)
        self._is_test = is_test
        folders = {folder for path in files for folder in folders_above(path)}
        self._folders = frozenset(folders)
        self._files_by_name = _index(self._sorted, posixpath.basename)
        self._folders_by_name = _index(sorted(folders), posixpath.basename)
        self._by_stem = _index([*self._sorted, *sorted(folders)], _loose_stem)

    def find_place(self, record: Record) -> Place:
        """Decide where a record stands.

        By its `path`; else by a place that its notes name; else by its file name where just one
        file bears it; else by the one candidate in a folder that fits its type or its product.
        """
        if record.paths:
            return self._by_path(record)
        return self._by_notes(record) or self._by_name(record)

    def _by_path(self, record: Record) -> Place:
        fitting = {entry: self._find_fitting(entry) for entry in record.paths}
        missing = tuple(entry for entry, paths in fitting.items() if not paths)
        found = sorted({path for paths in fitting.values() for path in paths})
        quoted = ", ".join(f'"{entry}"' for entry in record.paths)
        if found:
            return Place(Resolution.PATH, tuple(found), f"its path is {quoted}", missing=missing)
        return self._build_missing(f"no file at {quoted}", missing)

    def _find_fitting(self, entry: str) -> list[ProjectPath]:
        """The files and folders that an entry of `path` means; a glob means files only."""
        path = normalise_entry(entry)
        if path in self._files or path in self._folders or (path == "." and self._files):
            return [path]
        if not is_glob(path):
            return []
        begin = literal_folder(path)
        start = bisect.bisect_left(self._sorted, begin)
        # No path has a character after the last of Unicode.
        end = bisect.bisect_left(self._sorted, f"{begin}\U0010ffff")
        fits = compile_glob(path)
        return [file for file in self._sorted[start:end] if fits(file)]

    def _by_notes(self, record: Record) -> Place | None:
        found: set[ProjectPath] = set()
        missing = []
        for entry, must_exist in _labelled_entries(record.notes):
            fitting = self._find_fitting(entry)
            found.update(fitting)
            if must_exist and not fitting:
                missing.append(entry)
        if found:
            named = ", ".join(sorted(found))
            return Place(Resolution.NOTES, tuple(sorted(found)), f"its notes say {named}")
        if missing:
            quoted = ", ".join(f'"{entry}"' for entry in missing)
            return self._build_missing(f"no file at {quoted}, where its notes say", tuple(missing))
        name = _bare_name(record)
        tokens = {normalise_entry(token.rstrip(".")) for token in _PATH_LIKE.findall(record.notes)}
        named_here = [
            token
            for token in tokens
            if name and _ends_with(token, name) and (token in self._files or token in self._folders)
        ]
        if len(named_here) == 1:
            return Place(Resolution.NOTES, tuple(named_here), f"its notes name {named_here[0]}")
        return None

    def _by_name(self, record: Record) -> Place:
        name = _bare_name(record)
        if not name:
            return Place(Resolution.MISSING, (), "it has neither a path nor a name")
        candidates = self._find_candidates(record, name)
        if not candidates:
            return self._build_missing(f'no file is called "{name}"', (), name)
        if len(candidates) == 1:
            explanation = f'only {candidates[0]} is called "{name}"'
            return Place(Resolution.NAME, tuple(candidates), explanation)
        fitting, why = _narrow(candidates, record)
        count = f'{len(candidates)} files are called "{name}"'
        if len(fitting) == 1:
            explanation = f"{count}; only this one {why}"
            return Place(Resolution.INFERRED, tuple(fitting), explanation, tuple(candidates))
        return Place(Resolution.AMBIGUOUS, (), count, tuple(candidates))

    def _find_candidates(self, record: Record, name: str) -> list[ProjectPath]:
        """The files that a name may mean, else the folders; a name may begin with folders."""
        base = posixpath.basename(name)
        found = [path for path in self._files_by_name.get(base, ()) if _ends_with(path, name)]
        if not _SUFFIX.search(base):
            folders = self._folders_by_name.get(base, ())
            found = found or [path for path in folders if _ends_with(path, name)]
            if not found and _SCOPE.match(name):
                # A JavaScript package: the folder rarely bears the scope.
                return self._find_candidates(record, _SCOPE.sub("", name))
        if record.type == "test" or self._is_test(ProjectPath(base)):
            return found
        return [path for path in found if not self._is_test(path)]

    def _build_missing(
        self, explanation: str, missing: tuple[str, ...], name: str | None = None
    ) -> Place:
        """No place; candidates are files of the same name elsewhere, else of a similar one."""
        bases = [posixpath.basename(normalise_entry(entry)) for entry in missing or (name or "",)]
        same = {path for base in bases for path in self._files_by_name.get(base, ())}
        similar = {
            path for base in bases for path in self._by_stem.get(_loose_stem(base) or "/", ())
        }
        candidates = tuple(sorted(same or similar)[:_MOST_NEAR_NAMES])
        return Place(Resolution.MISSING, (), explanation, candidates, missing)


def normalise_entry(entry: str) -> ProjectPath:
    """An entry of `path` as the listing spells it: no `./`, no `/` at either end."""
    return ProjectPath(posixpath.normpath(entry.strip().replace("\\", "/").strip("/") or "."))


def _narrow(candidates: list[ProjectPath], record: Record) -> tuple[list[ProjectPath], str]:
    """The candidates that fit what the record says of itself, and in which way they fit."""
    folders = FOLDERS_OF_TYPE.get(record.type or "", frozenset())
    beside = [path for path in candidates if _parent(path) in folders]
    below = [path for path in candidates if folders.intersection(path.split("/")[:-1])]
    if len(beside) == 1:
        return beside, f"stands directly in a folder for the type {record.type}"
    if len(below) == 1:
        return below, f"stands below a folder for the type {record.type}"
    of_product = [
        path for path in beside or below or candidates if record.product in path.split("/")[:-1]
    ]
    return of_product, f"stands below a folder of the product {record.product}"


def _parent(path: str) -> str:
    return posixpath.basename(posixpath.dirname(path))


def _labelled_entries(notes: str) -> Iterator[tuple[str, bool]]:
    """Places that notes name, and whether one that is not there is a mistake.

    It is none for "TBD", for a URL, and for `Path: /v1/health`, where a server answers.
    """
    for match in _LABELLED.finditer(notes):
        label, entry = match[1].lower(), match[2].rstrip(".)")
        if "://" in entry or "{" in entry or normalise_entry(entry) == PROJECT_FOLDER:
            continue
        has_suffix = _SUFFIX.search(entry) is not None
        is_route = label == "path" and entry.startswith("/")
        yield entry, has_suffix or ("/" in entry and not is_route)


def _index(paths: Iterable[ProjectPath], key: Callable[[str], str]) -> dict[str, list[ProjectPath]]:
    index: dict[str, list[ProjectPath]] = defaultdict(list)
    for path in paths:
        index[key(path)].append(path)
    return index


def _loose_stem(path: str) -> str:
    """A base name without suffix, case, hyphens and underscores, to find names that are near."""
    stem = posixpath.basename(path).partition(".")[0]
    return stem.replace("-", "").replace("_", "").lower()


def _bare_name(record: Record) -> str:
    """The name without a remark: `aos_sdk (Python)` is `aos_sdk`."""
    name = (record.name or "").strip()
    if name.endswith(")"):
        name = name[: max(name.rfind("("), 0)].rstrip()
    return name.replace("\\", "/").strip("/").removeprefix("./")


def _ends_with(path: str, name: str) -> bool:
    return path == name or path.endswith("/" + name)
