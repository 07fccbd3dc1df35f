"""Backlog documents -> records: each listed artifact gets one, or what its own lacks."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from analyzer.model.importing import FileChange, ImportAnswer, ImportedAs, ImportedRecord
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import (
    BacklogRow,
    Deviation,
    NamingConvention,
    Origin,
    Record,
    Resolution,
    Wave,
)
from analyzer.registry.conventions import layer_of_id, types_of_id
from analyzer.registry.loading import list_yaml_files, shown_path
from analyzer.registry.merging import CannotMergeError, merge_record
from analyzer.registry.naming import can_name_a_file
from analyzer.registry.places import PlaceFinder
from analyzer.registry.records import UNUSABLE, load_records
from analyzer.registry.writing import FieldValue, field_rank, format_record
from analyzer.registry.yaml_nodes import UnusableYamlError, is_empty

# Whatever may be an id that a record's file can be called by.
_WORD = re.compile(r"\w[\w.-]*")


class Existing(Struct, frozen=True):
    """The records that are there already."""

    folder: Path
    """Where new ones are written."""
    records: Mapping[ArtifactId, Record]
    """Those of the folder."""
    files: Mapping[ProjectPath, Path]
    """The YAML files of the folder."""
    elsewhere: Mapping[ArtifactId, Origin]
    """Where the registry has further records."""
    doubled: Mapping[ArtifactId, Deviation]
    """Ids that several records bear."""
    broken: Mapping[str, Deviation]
    """Each word of a file of the folder that cannot be used whole, be it an id, and why not."""
    allowed_types: tuple[str, ...]
    """Those of the registry's schema; empty where it limits none."""


def load_existing(*, folder: Path, registry: Sequence[Path], project: Path) -> Existing:
    """Load the records of a folder, and where the rest of the registry has some.

    Raises:
        AnalyzerError: a folder cannot be read.
    """
    files = list_yaml_files([folder], project) if folder.exists() else {}
    others = list_yaml_files(registry, project)
    loaded = load_records(sorted((file, path) for path, file in {**others, **files}.items()))
    here = [record for record in loaded.records if record.origin.path in files]
    return Existing(
        folder=folder,
        records={record.id: record for record in here},
        files=files,
        elsewhere={
            record.id: record.origin for record in loaded.records if record.origin.path not in files
        },
        doubled={ArtifactId(one.subject): one for one in loaded.deviations if one.code == "REG002"},
        broken={
            word: one
            for one in loaded.deviations
            if one.subject in UNUSABLE and one.origin.path in files
            for word in _WORD.findall(_read(files[one.origin.path]))
        },
        allowed_types=loaded.vocabulary.allowed.get("type", ()),
    )


def plan_import(
    waves: Sequence[Wave],
    *,
    existing: Existing,
    conventions: Sequence[NamingConvention],
    places: PlaceFinder,
    project: Path,
) -> ImportAnswer:
    """Find out what an import changes; nothing is written.

    A record gets what its row knows and it does not say itself: name, type and layer by the
    convention of ids, wave, priority, purpose, and its path where just one file bears its name.
    A row without an id, an id that is listed again, and one whose record cannot be told or
    completed are left out, each with a reason; the others are imported.
    """
    plan = _Plan(existing, project)
    listed: dict[ArtifactId, Origin] = {}
    for wave, row in _rows_in_order(waves):
        problem = _find_problem(row, listed, existing)
        if problem is not None:
            plan.problems.append(problem)
            continue
        assert row.id is not None  # noqa: S101 - which is a problem
        listed[row.id] = row.origin
        fields = _known_fields(
            row, wave=wave, existing=existing, conventions=conventions, places=places
        )
        plan.add(row, fields)
    return plan.finish()


def _rows_in_order(waves: Sequence[Wave]) -> Iterator[tuple[Wave, BacklogRow]]:
    rows = [(wave, row) for wave in waves for row in wave.rows]
    yield from sorted(rows, key=lambda one: (one[1].origin.path, one[1].origin.line or 0))


def _find_problem(
    row: BacklogRow, listed: Mapping[ArtifactId, Origin], existing: Existing
) -> Deviation | None:
    code, message = "REG002", None
    if row.id is None:
        code, message = "REG001", f'"{row.file}" is listed without an artifact id; give it one'
    elif row.id in listed:
        message = f"{row.id} is listed at {listed[row.id]} already, which counts"
    elif not can_name_a_file(row.id):
        code, message = "REG005", f'"{row.id}" can be no name of a file; give it another id'
    elif row.id in existing.doubled:
        other = existing.doubled[row.id]
        message = f"{row.id} has two records; at {other.origin}: {other.message}"
    elif row.id in existing.elsewhere:
        where = existing.elsewhere[row.id]
        message = f"{row.id} has a record outside of the folder, at {where}; it is left alone"
    elif row.id in existing.broken:
        other = existing.broken[row.id]
        code = "REG001"
        message = f"the file of {row.id} cannot be used: {other.origin}: {other.message}"
    if message is None:
        return None
    return Deviation(code, row.origin, message, row.id or f"row without id:{row.file}", row.id)


def _read(file: Path) -> str:
    """The text of a file with its line ends, as far as it can be read."""
    try:
        return file.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def _known_fields(
    row: BacklogRow,
    *,
    wave: Wave,
    existing: Existing,
    conventions: Sequence[NamingConvention],
    places: PlaceFinder,
) -> dict[str, FieldValue]:
    """What a row says; what is not known is not there."""
    id_ = row.id or ArtifactId("")
    allowed = existing.allowed_types
    types = [one for one in types_of_id(id_, conventions) if not allowed or one in allowed]
    record = existing.records.get(id_, Record(id=id_, origin=row.origin))
    record = replace(
        record, name=record.name or row.file or None, type=record.type or next(iter(types), None)
    )
    place = places.find_place(record)
    return {
        "artifact_id": id_,
        "name": row.file or None,
        "type": next(iter(types), None),
        "wave": wave.number,
        "priority": row.priority,
        "layer": layer_of_id(id_, conventions),
        # Where several files bear the name, nobody has said yet which one it is.
        "path": place.paths[0] if place.resolution is Resolution.NAME else None,
        "purpose": row.purpose or None,
    }


class _Plan(Struct):
    """What has been found so far."""

    existing: Existing
    project: Path
    texts: dict[ProjectPath, str] = field(default_factory=dict)
    """Files as they will be."""
    before: dict[ProjectPath, str] = field(default_factory=dict)
    """Files as they are; new ones are not in here."""
    records: list[ImportedRecord] = field(default_factory=list)
    problems: list[Deviation] = field(default_factory=list)

    def add(self, row: BacklogRow, fields: Mapping[str, FieldValue]) -> None:
        """Write or complete the record of a row."""
        id_ = row.id or ArtifactId("")
        record = self.existing.records.get(id_)
        if record is None:
            path = shown_path(self.existing.folder / f"{id_}.yaml", os.path.realpath(self.project))
            if path in self.existing.files or path in self.texts:
                message = f"{path} is there and holds another record; {id_} is not written"
                self.problems.append(Deviation("REG002", row.origin, message, id_, id_))
                return
            self.texts[path] = format_record(fields)
            names = tuple(name for name in _in_order(fields) if fields[name] is not None)
            self.records.append(ImportedRecord(id_, path, ImportedAs.WRITTEN, names))
            return
        path = record.origin.path
        if path not in self.before:
            self.before[path] = self.texts[path] = _read(self.existing.files[path])
        try:
            merged = merge_record(self.texts[path], fields)
        except (CannotMergeError, UnusableYamlError) as error:
            message = f"the record of {id_} cannot be completed: {record.origin}: {error}"
            self.problems.append(Deviation("REG001", row.origin, message, id_, id_))
            return
        outcome = ImportedAs.UNCHANGED if merged == self.texts[path] else ImportedAs.COMPLETED
        added = () if outcome is ImportedAs.UNCHANGED else _missing_in(record, fields)
        self.texts[path] = merged
        self.records.append(ImportedRecord(id_, path, outcome, added))

    def finish(self) -> ImportAnswer:
        return ImportAnswer(
            records=tuple(sorted(self.records, key=lambda one: one.artifact)),
            changes=tuple(
                FileChange(path, self.before.get(path), text)
                for path, text in sorted(self.texts.items())
                if text != self.before.get(path)
            ),
            problems=tuple(self.problems),
        )


def _in_order(fields: Mapping[str, FieldValue]) -> list[str]:
    return sorted(fields, key=field_rank)


def _missing_in(record: Record, fields: Mapping[str, FieldValue]) -> tuple[str, ...]:
    return tuple(
        name
        for name in _in_order(fields)
        if fields[name] is not None and is_empty(record.fields.get(name))
    )
