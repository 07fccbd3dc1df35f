"""Where each record stands in the code, and which artifact each file belongs to."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from analyzer.model.globs import build_matcher
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Deviation, Origin, Place, Record, Resolution

# Folders whose name says what stands in them.
_FOLDERS_OF_TYPE = {
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
    "library": frozenset({"core", "lib", "libs", "packages"}),
    "sdk-package": frozenset({"packages", "sdk", "sdks"}),
    "test": frozenset({"test", "tests"}),
    "doc": frozenset({"doc", "docs"}),
}
_LABELLED = re.compile(
    r"^\s*(?:location|path|file|place)\s*:\s*`?([^\s`,;]+)", re.IGNORECASE | re.MULTILINE
)
_PATH_LIKE = re.compile(r"[\w.@-]*(?:/[\w.@-]+)+")
_PARENTHETICAL = re.compile(r"\s*\([^()]*\)\s*$")
_MOST_CANDIDATES = 10


class PlaceFinder:
    """Finds places in one listing of files."""

    def __init__(
        self, files: Collection[ProjectPath], *, is_test: Callable[[ProjectPath], bool]
    ) -> None:
        """Index a listing by base name; test files stand in for records of tests only."""
        self._files = frozenset(files)
        self._sorted = sorted(files)
        self._is_test = is_test
        self._by_name: dict[str, list[ProjectPath]] = defaultdict(list)
        for path in self._sorted:
            self._by_name[posixpath.basename(path)].append(path)
        self._folders = {folder for path in files for folder in _folders_above(path)}
        self._folders_by_name: dict[str, list[str]] = defaultdict(list)
        for folder in sorted(self._folders):
            self._folders_by_name[posixpath.basename(folder)].append(folder)

    def find_place(self, record: Record) -> Place:
        """Decide where a record stands.

        By its `path`; else by a place that its notes name; else by its file name where just one
        file bears it; else by the one candidate in a folder that fits its type.
        """
        if record.paths:
            return self._by_path(record)
        return self._by_notes(record) or self._by_name_of(record)

    def _by_path(self, record: Record) -> Place:
        found: set[ProjectPath] = set()
        missing = []
        for entry in record.paths:
            fitting = self._fitting(entry)
            found.update(fitting)
            if not fitting:
                missing.append(entry)
        if found:
            return Place(
                Resolution.PATH, tuple(sorted(found)), "its path says so", missing=tuple(missing)
            )
        text = ", ".join(missing)
        explanation = f'no file at its path "{text}"'
        candidates = self._same_name(record.paths)
        return Place(Resolution.MISSING, (), explanation, candidates, tuple(missing))

    def _fitting(self, entry: str) -> list[ProjectPath]:
        """The files and folders that an entry of `path` means."""
        path = ProjectPath(posixpath.normpath(entry.strip("/") or "."))
        if path in self._files or path in self._folders:
            return [path]
        if path == ".":
            return [path] if self._files else []
        if any(character in entry for character in "*?["):
            # Anchored at the project's root, as a path is.
            matches = build_matcher(["/" + entry.removeprefix("./").lstrip("/")])
            return [file for file in self._sorted if matches(file)]
        return []

    def _by_notes(self, record: Record) -> Place | None:
        for match in _LABELLED.finditer(record.notes):
            path = ProjectPath(posixpath.normpath(match[1].strip("/").rstrip(".") or "."))
            if path in self._files or path in self._folders:
                return Place(Resolution.NOTES, (path,), f'its notes say "{match[0].strip()}"')
            explanation = f'its notes say "{match[0].strip()}", and no file is there'
            return Place(Resolution.MISSING, (), explanation, self._same_name([path]), (match[1],))
        base = posixpath.basename(_bare_name(record))
        for token in _PATH_LIKE.findall(record.notes):
            path = ProjectPath(posixpath.normpath(token.strip("/")))
            if posixpath.basename(path) == base and path in self._files:
                return Place(Resolution.NOTES, (path,), f'its notes name "{token}"')
        return None

    def _by_name_of(self, record: Record) -> Place:
        name = _bare_name(record)
        if not name:
            return Place(Resolution.MISSING, (), "it has neither a path nor a name")
        candidates = self._candidates(record, name)
        if len(candidates) == 1:
            explanation = f'just one file is called "{name}"'
            return Place(Resolution.NAME, (candidates[0],), explanation)
        if not candidates:
            return Place(Resolution.MISSING, (), f'no file is called "{name}"')
        folders = _FOLDERS_OF_TYPE.get(record.type or "", frozenset())
        beside = [path for path in candidates if _parent_name(path) in folders]
        below = [path for path in candidates if folders & set(_folder_names(path))]
        for fitting, where in ((beside, "stands directly in"), (below, "stands in")):
            if len(fitting) == 1:
                explanation = (
                    f'of {len(candidates)} files called "{name}" only this one {where} a folder '
                    f"that fits the type {record.type}"
                )
                return Place(Resolution.INFERRED, (fitting[0],), explanation, tuple(candidates))
        explanation = f'{len(candidates)} files are called "{name}"'
        return Place(Resolution.AMBIGUOUS, (), explanation, tuple(candidates))

    def _candidates(self, record: Record, name: str) -> list[ProjectPath]:
        """The files that a name may mean; a name may begin with folders."""
        base = posixpath.basename(name)
        found = [path for path in self._by_name.get(base, ()) if _ends_with(path, name)]
        if not found and "." not in base:
            found = [ProjectPath(path) for path in self._folders_by_name.get(base, ())]
        if record.type == "test":
            return found
        return [path for path in found if not self._is_test(path)] or found

    def _same_name(self, paths: Iterable[str]) -> tuple[ProjectPath, ...]:
        names = {posixpath.basename(path.rstrip("/")) for path in paths}
        found = {path for name in names for path in self._by_name.get(name, ())}
        return tuple(sorted(found)[:_MOST_CANDIDATES])


def assign_files(
    placed: Sequence[tuple[Record, Place]], *, files: Sequence[ProjectPath]
) -> tuple[dict[ProjectPath, ArtifactId], list[Deviation]]:
    """Decide which artifact each file belongs to, and report places that are none.

    A file belongs to the record that names it; of several folders around it, to that of the
    deepest one. Of two records with equal claims the first by id has it, the other is reported.
    """
    deviations: list[Deviation] = []
    exact: dict[ProjectPath, Record] = {}
    folders: dict[ProjectPath, Record] = {}
    listed = frozenset(files)
    for record, place in sorted(placed, key=lambda one: one[0].id):
        deviations += _find_place_deviations(record, place)
        for path in place.paths:
            claims = exact if path in listed else folders
            first = claims.setdefault(path, record)
            if first is not record:
                message = f"{path} is the place of {first.id} too ({first.origin})"
                deviations.append(_place_deviation("REG004", record, message, f"shared:{path}"))
    owner_of: dict[ProjectPath, ArtifactId] = {}
    for path in files:
        owner = exact.get(path)
        for folder in _folders_above(path) if owner is None else ():
            owner = folders.get(folder)
            if owner is not None:
                break
        owner = owner or folders.get(ProjectPath("."))
        if owner is not None:
            owner_of[path] = owner.id
    return owner_of, deviations


def _find_place_deviations(record: Record, place: Place) -> Iterator[Deviation]:
    names = ", ".join(place.candidates[:_MOST_CANDIDATES])
    if place.resolution is Resolution.MISSING:
        hint = f"; of that name there is {names}" if names else ""
        yield _place_deviation("REG003", record, f"{place.explanation}{hint}", "missing")
    elif place.resolution is Resolution.AMBIGUOUS:
        message = f"{place.explanation}, give the record a path: {names}"
        yield _place_deviation("REG004", record, message, "ambiguous")
    elif place.missing:
        text = ", ".join(place.missing)
        yield _place_deviation("REG003", record, f'no file at "{text}"', f"missing:{text}")


def _place_deviation(code: str, record: Record, message: str, subject: str) -> Deviation:
    field = next((name for name in ("path", "notes", "name") if name in record.lines), "name")
    origin = Origin(record.origin.path, record.line_of(field))
    return Deviation(code, origin, message, subject, record.id, record.owner)


def _bare_name(record: Record) -> str:
    """The name without a remark: `aos_sdk (Python)` is `aos_sdk`."""
    return _PARENTHETICAL.sub("", record.name or "").strip().strip("/")


def _ends_with(path: str, name: str) -> bool:
    return path == name or path.endswith("/" + name)


def _folders_above(path: str) -> Iterator[ProjectPath]:
    folder = posixpath.dirname(path)
    while folder:
        yield ProjectPath(folder)
        folder = posixpath.dirname(folder)


def _parent_name(path: str) -> str:
    return posixpath.basename(posixpath.dirname(path))


def _folder_names(path: str) -> list[str]:
    return path.split("/")[:-1]
