"""New records: which id, into which file, and so that two runs never give one number twice."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from msgspec import Struct

from analyzer.model.discovery import WrittenRecord
from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import NamingConvention, Registry
from analyzer.registry.loading import load_registry, shown_path
from analyzer.registry.naming import Naming, can_name_a_file
from analyzer.registry.records import load_records
from analyzer.registry.writing import FieldValue, format_record, lock_registry
from analyzer.whole_files import write_whole

_SUFFIX = ".yaml"


class NewRecord(Struct, frozen=True):
    """A record to be written."""

    id: ArtifactId
    is_id_given: bool
    """Whether a person chose the id: then it is this one or none."""
    named_by: ProjectPath
    """What an id is made from, where the proposed one is taken meanwhile."""
    paths: tuple[ProjectPath, ...]
    fields: Mapping[str, FieldValue]
    """All but the id and the path."""


class Target(Struct, frozen=True):
    """Where a registry is, and what is known of it without reading it again."""

    project: Path
    name: str
    """The project's, which the ids of a first registry begin with."""
    locations: tuple[Path, ...]
    places: Mapping[ArtifactId, ProjectPath]
    """Where the artifacts stand."""
    conventions: tuple[NamingConvention, ...] = ()
    """How the configuration says that ids are built."""

    @property
    def folder(self) -> Path:
        """The first folder of records, which every run that adds some locks.

        Raises:
            AnalyzerError: the registry is nothing but files.
        """
        for location in self.locations:
            if location.is_dir() or not location.exists():
                return location
        raise AnalyzerError(
            f"{self.locations[0]}: the registry has no folder that a record could be written into; "
            "name one in `registry`"
        )


def add_records(
    new: Sequence[NewRecord],
    target: Target,
    *,
    is_dry_run: bool = False,
    report: Callable[[str], None] = lambda _: None,
) -> tuple[WrittenRecord, ...]:
    """Write records, each into a file of its own beside the others of its type.

    What others have written since the registry was read counts: an id that is taken meanwhile is
    given up for the next free one.

    Raises:
        AnalyzerError: something has a record already, an id is taken, or a field is not as the
            registry's schema says. Then nothing is written.
    """
    with _locked(target, is_dry_run=is_dry_run, report=report):
        existing = [one for one in target.locations if one.exists()]
        registry = load_registry(
            locations=existing, project=target.project, conventions=target.conventions
        )
        written = tuple(_build(new, target, registry))
        _check(written, target, registry)
        for one in written if not is_dry_run else ():
            write_whole(target.project / one.file, one.text)
    return written


@contextmanager
def _locked(target: Target, *, is_dry_run: bool, report: Callable[[str], None]) -> Iterator[None]:
    with nullcontext() if is_dry_run else lock_registry(target.folder, report=report):
        yield


def _build(new: Sequence[NewRecord], target: Target, registry: Registry) -> Iterator[WrittenRecord]:
    origins = {record.id.upper(): record.origin for record in registry.records}
    registered = {path: record.id for record in registry.records for path in record.paths}
    folders = _find_folders(registry, target)
    naming = Naming(
        records=registry.records,
        places=target.places,
        conventions=registry.conventions,
        project=target.name,
        taken=_stems([*folders.values(), target.folder]),
    )
    real_project = os.path.realpath(target.project)
    for one in new:
        for path in one.paths:
            if path in registered:
                raise AnalyzerError(f"{path}: {registered[path]} registers it already")
        type_ = str(one.fields.get("type") or "")
        if one.is_id_given and not can_name_a_file(one.id):
            raise AnalyzerError(f'--id: "{one.id}" can be no name of a file; give it another id')
        if one.is_id_given and not naming.is_free(one.id):
            where = origins.get(one.id.upper())
            by = f" by {where}" if where is not None else ""
            raise AnalyzerError(f'--id: "{one.id}" is taken{by}; leave --id away for a free one')
        if naming.is_free(one.id):
            id_ = one.id
            naming.take(id_)
        else:
            id_ = naming.propose(type_=type_, path=one.named_by).id
        folder = folders.get(type_) or folders.get("") or target.folder
        file = shown_path(folder / f"{id_}{_SUFFIX}", real_project)
        path_field: FieldValue = one.paths[0] if len(one.paths) == 1 else tuple(one.paths)
        text = format_record({"artifact_id": id_, **one.fields, "path": path_field})
        registered |= dict.fromkeys(one.paths, id_)
        yield WrittenRecord(id_, file, text, one.paths)


def _find_folders(registry: Registry, target: Target) -> dict[str, Path]:
    """Type -> the folder that holds most of its records; "" -> that of most records of all."""
    inside = [one.resolve() for one in target.locations if one.is_dir()]
    counts: dict[str, Counter[Path]] = {"": Counter()}
    for record in registry.records:
        file = target.project / record.origin.path
        if file.suffix.lower() not in (".yaml", ".yml"):
            continue
        folder = file.resolve().parent
        if any(folder.is_relative_to(one) for one in inside):
            counts[""][folder] += 1
            counts.setdefault(record.type or "", Counter())[folder] += 1
    return {
        type_: min(found, key=lambda one: (-found[one], str(one)))
        for type_, found in counts.items()
        if found
    }


def _stems(folders: Sequence[Path]) -> set[str]:
    """The names of files that are there, whatever they hold: none is written over."""
    return {file.stem for folder in set(folders) for file in folder.glob(f"*{_SUFFIX}")}


def _check(written: Sequence[WrittenRecord], target: Target, registry: Registry) -> None:
    """Read records as they will be read.

    Raises:
        AnalyzerError: one is not as the registry's schema says, but that it may have no owner.
    """
    files: list[tuple[Path, ProjectPath]] = [
        (target.project / path, path) for path in registry.skipped
    ]
    with tempfile.TemporaryDirectory() as scratch:
        for number, one in enumerate(written):
            copy = Path(scratch, f"{number}{_SUFFIX}")
            copy.write_text(one.text, encoding="utf-8")
            files.append((copy, one.file))
        loaded = load_records(files)
    new = {one.file for one in written}
    for deviation in loaded.deviations:
        if deviation.origin.path in new and deviation.code != "OWN001":
            raise AnalyzerError(f"{deviation.origin.path}: not written: {deviation.message}")
