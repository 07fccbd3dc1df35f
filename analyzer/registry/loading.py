"""All files and documents of a registry -> one registry."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import (
    BacklogRow,
    Deviation,
    NamingConvention,
    Origin,
    Record,
    Registry,
    Wave,
)
from analyzer.registry import check_location, no_file
from analyzer.registry.backlog import Backlog, is_backlog, lists_artifacts, load_backlog
from analyzer.registry.conventions import type_of_id
from analyzer.registry.records import load_records
from analyzer.registry.yaml_nodes import LARGEST_FILE

USUAL_LOCATIONS = ("registry_data", "registry", "docs/codebase-registry")
_YAML_SUFFIXES = frozenset({".yaml", ".yml"})
_SUFFIXES = _YAML_SUFFIXES | {".md"}
_RECORD = re.compile(r"^ {0,2}[\"']?artifact_id[\"']?\s*:", re.MULTILINE)
_LARGEST_DOCUMENT = 8 * LARGEST_FILE


def find_usual_locations(project: Path) -> list[Path]:
    """Those of the usual folders that hold a registry.

    A folder of that name counts only if a YAML file in it has an `artifact_id`, or a Markdown file
    has a wave and a column of ids: a Python package called `registry` is none.
    """
    return [project / name for name in USUAL_LOCATIONS if _holds_registry(project / name)]


def load_registry(
    *, locations: Sequence[Path], project: Path, conventions: tuple[NamingConvention, ...] = ()
) -> Registry:
    """Load records and backlog documents from folders and files.

    Nothing in them is an error here: what cannot be used becomes a deviation, the rest is loaded.
    Conventions of ids that are given stand in for those of the documents.

    Raises:
        AnalyzerError: a location is not there, or is a file of another kind.
    """
    deviations: list[Deviation] = []
    yaml_files: list[tuple[Path, ProjectPath]] = []
    backlog = Backlog()
    for path, file in sorted(_list_files(locations, project, deviations).items()):
        if file.suffix.lower() in _YAML_SUFFIXES:
            yaml_files.append((file, path))
            continue
        text = _read_document(file, path, deviations)
        if is_backlog(text):
            found = load_backlog(text, path=path)
            backlog = Backlog(
                _merge_waves(backlog.waves, found.waves),
                backlog.conventions + found.conventions,
                backlog.exclusions + found.exclusions,
            )
    loaded = load_records(yaml_files)
    records = {record.id: record for record in loaded.records}
    deviations += loaded.deviations
    conventions = conventions or backlog.conventions
    deviations += _join_rows(records, backlog, conventions)
    return Registry(
        records=tuple(records[id_] for id_ in sorted(records)),
        waves=backlog.waves,
        conventions=conventions,
        exclusions=backlog.exclusions,
        deviations=tuple(deviations),
        skipped=tuple(sorted(set(loaded.skipped))),
        ignores=tuple(sorted(loaded.ignores)),
        allowed=loaded.vocabulary.allowed,
    )


def _holds_registry(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    for _, file in sorted(_list_files([folder], folder, []).items()):
        try:
            text = file.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        is_yaml = file.suffix.lower() in _YAML_SUFFIXES
        if _RECORD.search(text) if is_yaml else lists_artifacts(text):
            return True
    return False


def _read_document(file: Path, path: ProjectPath, deviations: list[Deviation]) -> str:
    """The text of a Markdown file; "" where it cannot be used, which is reported."""

    def report(message: str, subject: str) -> None:
        deviations.append(Deviation("REG001", Origin(path, None), message, subject))

    try:
        if not file.is_file():
            report(f"cannot be read: {no_file(file)}", "unreadable")
            return ""
        content = file.read_bytes()
    except OSError as error:
        report(f"cannot be read: {error.strerror}", "unreadable")
        return ""
    text = content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    if not is_backlog(text):
        return ""
    if len(content) > _LARGEST_DOCUMENT:
        report(f"over {_LARGEST_DOCUMENT:,} bytes, too large for a backlog", "too large")
        return ""
    if "\ufffd" in text and not _is_utf8(content):
        report("not UTF-8, read with gaps; save it as UTF-8", "encoding")
    return text


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def list_yaml_files(locations: Sequence[Path], project: Path) -> dict[ProjectPath, Path]:
    """The files of a registry that may hold records, each by its path in the project.

    Raises:
        AnalyzerError: a location is not there, or is a file of another kind.
    """
    files = _list_files(locations, project, [])
    return {
        path: file for path, file in sorted(files.items()) if file.suffix.lower() in _YAML_SUFFIXES
    }


def _list_files(
    locations: Sequence[Path], project: Path, deviations: list[Deviation]
) -> dict[ProjectPath, Path]:
    """Each file once, by its path in the project, also where locations overlap."""
    # Both ends without symbolic links: a project may be reached through one.
    real_project = os.path.realpath(project)
    files: dict[ProjectPath, Path] = {}
    for location in locations:
        check_location(location)
        found: Iterable[Path]
        if location.is_dir():
            found = _files_below(location, real_project, deviations)
        elif location.suffix.lower() in _SUFFIXES:
            found = [location]
        else:
            known = ", ".join(sorted(_SUFFIXES))
            raise AnalyzerError(f"{location}: a registry is a folder or a file in {known}")
        for file in found:
            files.setdefault(shown_path(file, real_project), file)
    return files


def _files_below(folder: Path, real_project: str, deviations: list[Deviation]) -> Iterator[Path]:
    def report(error: OSError) -> None:
        origin = Origin(shown_path(Path(error.filename), real_project), None)
        message = f"the folder cannot be read: {error.strerror}"
        deviations.append(Deviation("REG001", origin, message, "unreadable"))

    for current, folders, names in os.walk(folder, onerror=report):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(current, name)
            if not name.startswith(".") and file.suffix.lower() in _SUFFIXES:
                yield file


def shown_path(file: Path, real_project: str) -> ProjectPath:
    """How a file of the registry is called; `real_project` has no symbolic links."""
    real = os.path.realpath(file)
    if not os.path.lexists(real):
        # A link to nothing: what is wrong is the link.
        real = os.path.join(os.path.realpath(file.parent), file.name)  # noqa: PTH118
    relative = os.path.relpath(real, real_project).replace(os.sep, "/")
    # Bytes of a file name that are not UTF-8 are shown as escapes.
    return ProjectPath(relative.encode("utf-8", "backslashreplace").decode("utf-8"))


def _merge_waves(first: tuple[Wave, ...], second: tuple[Wave, ...]) -> tuple[Wave, ...]:
    """Waves of several documents; two sections of one number are one wave."""
    waves = {wave.number: wave for wave in first}
    for wave in second:
        known = waves.get(wave.number)
        if known is None:
            waves[wave.number] = wave
        else:
            waves[wave.number] = replace(
                known,
                rows=known.rows + wave.rows,
                categories=known.categories + wave.categories,
            )
    return tuple(waves[number] for number in sorted(waves))


def _join_rows(
    records: dict[ArtifactId, Record], backlog: Backlog, conventions: tuple[NamingConvention, ...]
) -> list[Deviation]:
    """Give records the wave and the priority of their rows, and rows without records one."""
    deviations = []
    listed: dict[ArtifactId, BacklogRow] = {}
    for wave in backlog.waves:
        for row in wave.rows:
            if row.id is None:
                message = f'"{row.file}" is listed without an artifact id'
                subject = f"row without id:{row.file}"
                deviations.append(Deviation("REG001", row.origin, message, subject))
                continue
            if row.id in listed:
                message = f"{row.id} is listed at {listed[row.id].origin} already"
                deviations.append(Deviation("REG002", row.origin, message, row.id, row.id))
                continue
            listed[row.id] = row
            record = records.get(row.id)
            if record is None:
                records[row.id] = _record_of(row, wave, conventions)
                message = "no owner: this row is all that registers it; write a record for it"
                deviations.append(Deviation("OWN001", row.origin, message, "missing:owner", row.id))
                continue
            if record.wave is not None and record.wave != wave.number:
                message = f"wave {record.wave} here, wave {wave.number} in {row.origin}"
                origin = Origin(record.origin.path, record.line_of("wave"))
                column = record.column_of("wave")
                deviations.append(
                    Deviation("REG001", origin, message, "wave", record.id, record.owner, column)
                )
            records[row.id] = replace(
                record,
                wave=wave.number if record.wave is None else record.wave,
                priority=row.priority if record.priority is None else record.priority,
            )
    return deviations


def _record_of(row: BacklogRow, wave: Wave, conventions: tuple[NamingConvention, ...]) -> Record:
    """What a row alone says about an artifact."""
    id_ = row.id or ArtifactId("")
    return Record(
        id=id_,
        origin=row.origin,
        name=row.file or None,
        type=type_of_id(id_, conventions),
        purpose=row.purpose or None,
        wave=wave.number,
        priority=row.priority,
    )
