"""Reads records of changes, and writes drafts of new ones.

A file of the folder holds one record or several, as YAML documents with a `change_id`; what it
modifies stands in `scope.artifacts_modified`, or in `artifacts_modified` at the top.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from analyzer.model.change_records import OPEN, ChangeDraft, ChangeRecord, Drafted
from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ProjectPath
from analyzer.model.registry import Origin, Value
from analyzer.registry.writing import dump_value
from analyzer.registry.yaml_nodes import LARGEST_FILE, UnusableYamlError, read_documents

_ID = re.compile(r"CHANGE-(\d{4})-(\d{4,})")
_SUFFIXES = frozenset({".yaml", ".yml"})


def find_change_records(folder: Path, *, shown: str) -> tuple[ChangeRecord, ...]:
    """Read all records of a folder, sorted by id; a file that is no YAML holds none.

    Args:
        folder: where they stand; there may be none yet.
        shown: the folder's path in the project.
    """
    found: list[ChangeRecord] = []
    for file in _files(folder):
        path = ProjectPath(f"{shown}/{file.name}")
        try:
            if file.stat().st_size <= LARGEST_FILE:
                found += read_change_records(file.read_text("utf-8", "replace"), path=path)
        except OSError as error:
            raise AnalyzerError(f"{path}: cannot be read: {error.strerror}; check it") from error
    return tuple(sorted(found, key=lambda one: (one.id, one.origin.path, one.origin.line or 0)))


def read_change_records(text: str, *, path: ProjectPath) -> Iterator[ChangeRecord]:
    """Read the records of a file, up to what is no YAML."""
    try:
        for document in read_documents(text):
            value = document.value
            id_ = value.get("change_id") if isinstance(value, Mapping) else None
            if isinstance(value, Mapping) and isinstance(id_, str):
                line = document.lines.get("change_id", document.line)
                yield ChangeRecord(id_, Origin(path, line), tuple(_artifacts(value)))
    except UnusableYamlError:
        return


def _artifacts(record: Mapping[str, Value]) -> Iterator[str]:
    scope = record.get("scope")
    for holder in (record, scope):
        listed = holder.get("artifacts_modified") if isinstance(holder, Mapping) else None
        if isinstance(listed, tuple):
            yield from (one for one in listed if isinstance(one, str))


def next_change_id(folder: Path, records: Iterable[ChangeRecord], *, year: int) -> str:
    """The id behind the highest number of a year, in names of files and in records."""
    known = [one.id for one in records] + [file.stem for file in _files(folder)]
    numbers = (found for name in known if (found := _ID.match(name)) and int(found[1]) == year)
    return f"CHANGE-{year}-{max((int(found[2]) for found in numbers), default=0) + 1:04}"


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(file for file in folder.iterdir() if file.suffix.lower() in _SUFFIXES)


def format_change_record(draft: ChangeDraft) -> str:
    """A draft as YAML; what speaks for a value, or what it may be, stands behind it."""
    return "\n".join(_lines(draft)) + "\n"


def open_fields(draft: ChangeDraft) -> tuple[str, ...]:
    """The fields that only people can fill in."""
    given = {
        "change_type": draft.change_type,
        "impact.authority_change": draft.authority,
        "impact.behavior_change": draft.behavior,
        "impact.interface_change": draft.interface,
        "impact.data_change": draft.data,
        "risk_level": draft.risk,
        "backward_compatibility": draft.compatibility,
    }
    left = [name for name, drafted in given.items() if drafted.value == OPEN]
    return ("author", *left, "purpose", "validation.manual_verification")


def _lines(draft: ChangeDraft) -> Iterator[str]:
    yield f"# A draft: check what it says, and fill in what says {OPEN}."
    yield f"change_id: {draft.id}"
    yield f"date: {_scalar(draft.date)}"
    yield f"author: {OPEN}"
    yield _field("change_type", draft.change_type)
    yield f"purpose: {OPEN}  # why; not how"
    yield "scope:"
    yield from _list("artifacts_modified", draft.artifacts)
    yield from _list("files_added", draft.added)
    yield from _list("files_removed", draft.removed)
    if draft.renamed:
        yield "  files_renamed:"
        for before, after in draft.renamed:
            yield f"    - from: {_scalar(before)}"
            yield f"      to: {_scalar(after)}"
    else:
        yield "  files_renamed: []"
    yield "impact:"
    yield _field("  authority_change", draft.authority)
    yield _field("  behavior_change", draft.behavior)
    yield _field("  interface_change", draft.interface)
    yield _field("  data_change", draft.data)
    yield _field("risk_level", draft.risk)
    yield _field("backward_compatibility", draft.compatibility)
    yield "validation:"
    yield _field("  tests_added", draft.tests_added)
    yield _field("  tests_modified", draft.tests_modified)
    yield f"  manual_verification: {OPEN}  # required or not_required"
    yield 'notes: ""'


def _field(name: str, drafted: Drafted) -> str:
    reason = " ".join(drafted.reason.split())
    return f"{name}: {_scalar(drafted.value)}{f'  # {reason}' if reason else ''}"


def _list(name: str, values: Iterable[str]) -> Iterator[str]:
    found = [f"    - {_scalar(value)}" for value in values]
    yield f"  {name}:" if found else f"  {name}: []"
    yield from found


def _scalar(text: str) -> str:
    """A text on one line, quoted where it has to be."""
    # As the only entry of a list: a text alone would be a document, which ends with a mark.
    return dump_value((text,), is_flow=True).strip()[1:-1]
