"""All files and documents of a registry -> one registry."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import BacklogRow, Deviation, Origin, Record, Registry, Wave
from analyzer.registry.backlog import Backlog, is_backlog, load_backlog
from analyzer.registry.conventions import type_of_id
from analyzer.registry.records import load_records

USUAL_LOCATIONS = ("registry_data", "registry", "docs/codebase-registry")
_YAML_SUFFIXES = frozenset({".yaml", ".yml"})
_RECORD = re.compile(r"^artifact_id\s*:", re.MULTILINE)


def find_usual_locations(project: Path) -> list[Path]:
    """Those of the usual folders that hold a registry.

    A folder of that name counts only if a YAML file in it has an `artifact_id`, or a Markdown file
    has a wave: a Python package called `registry` is none.
    """
    return [project / name for name in USUAL_LOCATIONS if _holds_registry(project / name)]


def load_registry(*, locations: Sequence[Path], project: Path) -> Registry:
    """Load records and backlog documents from folders and files.

    Nothing in them is an error here: what cannot be used becomes a deviation, the rest is loaded.

    Raises:
        AnalyzerError: a location is not there.
    """
    yaml_files: list[tuple[Path, ProjectPath]] = []
    backlog = Backlog()
    deviations: list[Deviation] = []
    files = _list_files(locations)
    for file in sorted(files, key=lambda one: _shown(one, project)):
        path = _shown(file, project)
        if file.suffix.lower() in _YAML_SUFFIXES:
            yaml_files.append((file, path))
            continue
        try:
            text = file.read_text(encoding="utf-8-sig", errors="replace")
        except OSError as error:
            message = f"cannot be read: {error.strerror}"
            deviations.append(Deviation("REG001", Origin(path, None), message, "unreadable"))
            continue
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
    deviations += _join_rows(records, backlog)
    return Registry(
        records=tuple(records[id_] for id_ in sorted(records)),
        waves=backlog.waves,
        conventions=backlog.conventions,
        exclusions=backlog.exclusions,
        deviations=tuple(deviations),
        skipped=tuple(sorted(set(loaded.skipped))),
    )


def _holds_registry(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    for file in _list_files([folder]):
        try:
            text = file.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        is_yaml = file.suffix.lower() in _YAML_SUFFIXES
        if _RECORD.search(text) if is_yaml else is_backlog(text):
            return True
    return False


def _list_files(locations: Sequence[Path]) -> set[Path]:
    files: set[Path] = set()
    for location in locations:
        if location.is_file():
            files.add(location)
        elif location.is_dir():
            files.update(_files_below(location))
        else:
            raise AnalyzerError(
                f"{location}: there is no such registry; check --registry or the configuration"
            )
    return files


def _files_below(folder: Path) -> set[Path]:
    found = set()
    for current, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(current) / name
            if not name.startswith(".") and file.suffix.lower() in {*_YAML_SUFFIXES, ".md"}:
                found.add(file)
    return found


def _shown(file: Path, project: Path) -> ProjectPath:
    # Both ends without symbolic links: a project may be reached through one.
    relative = os.path.relpath(os.path.realpath(file), os.path.realpath(project))
    return ProjectPath(relative.replace(os.sep, "/"))


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


def _join_rows(records: dict[ArtifactId, Record], backlog: Backlog) -> list[Deviation]:
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
                records[row.id] = _record_of(row, wave)
                continue
            if record.wave is not None and record.wave != wave.number:
                message = f"wave {record.wave} here, wave {wave.number} in {row.origin}"
                origin = Origin(record.origin.path, record.line_of("wave"))
                deviations.append(
                    Deviation("REG001", origin, message, "wave", record.id, record.owner)
                )
            records[row.id] = replace(
                record,
                wave=wave.number if record.wave is None else record.wave,
                priority=row.priority if record.priority is None else record.priority,
            )
    return deviations


def _record_of(row: BacklogRow, wave: Wave) -> Record:
    """What a row alone says about an artifact."""
    id_ = row.id or ArtifactId("")
    return Record(
        id=id_,
        origin=row.origin,
        name=row.file or None,
        type=type_of_id(id_),
        purpose=row.purpose or None,
        wave=wave.number,
        priority=row.priority,
    )
