"""YAML files -> records, and everything about them that is not as it should be."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import assert_never

from msgspec import Struct, field

from analyzer.model.ignores import Ignore
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Deviation, Origin, Record, Value
from analyzer.registry import no_file
from analyzer.registry.ignores import find_ignores
from analyzer.registry.vocabulary import (
    DEFAULT_VOCABULARY,
    FIELDS,
    REQUIRED_FIELDS,
    RecordField,
    Shape,
    Vocabulary,
    find_schema_problems,
)
from analyzer.registry.yaml_nodes import (
    LARGEST_FILE,
    Document,
    UnusableYamlError,
    as_text,
    is_empty,
    read_documents,
)

UNUSABLE = frozenset({"encoding", "too large", "unreadable", "yaml"})
"""Subjects of deviations that say that a file cannot be used, or not whole."""
_LONGEST_VALUE = 80
_NO_OWNER = "missing:owner"
# A mapping with two of these is meant as a record, even where its id is missing.
_TELLING_FIELDS = frozenset(
    {"name", "type", "owner", "purpose", "authority_level", "execution_surface"}
)


def is_unusable(deviation: Deviation) -> bool:
    """Whether a file is meant that nobody can tell the records of."""
    return deviation.code == "REG001" and deviation.subject in UNUSABLE


class LoadedRecords(Struct):
    """What the YAML files of a registry hold."""

    records: list[Record] = field(default_factory=list)
    """In the order of files and lines; the first of two with one id."""
    deviations: list[Deviation] = field(default_factory=list)
    skipped: list[ProjectPath] = field(default_factory=list)
    """Files that hold no record and are not meant to."""
    ignores: list[Ignore] = field(default_factory=list)
    vocabulary: Vocabulary = DEFAULT_VOCABULARY
    """What the fields may hold: the registry's own schema, else the usual values."""


def load_records(files: Sequence[tuple[Path, ProjectPath]]) -> LoadedRecords:
    """Load the records of some YAML files; what is wrong with one never hides another.

    Args:
        files: where each file is, and how it is called in messages; sorted.
    """
    loaded = LoadedRecords()
    documents: list[tuple[ProjectPath, Document]] = []
    vocabulary = DEFAULT_VOCABULARY
    for file, path in files:
        found = _read_file(file, path, loaded)
        documents += [(path, document) for document in found]
        for document in found:
            if isinstance(document.value, Mapping):
                vocabulary = vocabulary.read_schema(document.value)
                loaded.deviations += _find_schema_deviations(path, document, document.value)
    loaded.vocabulary = vocabulary
    seen: dict[str, Record] = {}
    for path, document in documents:
        record = _read_record(path, document, vocabulary, loaded)
        if record is None:
            continue
        if record.id in seen:
            first = seen[record.id].origin
            message = f"the id {record.id} is that of {first} too; this record is not used"
            column = record.column_of("artifact_id")
            loaded.deviations.append(
                Deviation(
                    "REG002", record.origin, message, record.id, record.id, record.owner, column
                )
            )
            continue
        seen[record.id] = record
        loaded.records.append(record)
    holding = {record.origin.path for record in loaded.records}
    loaded.skipped = sorted(set(loaded.skipped) - holding)
    return loaded


def _find_schema_deviations(
    path: ProjectPath, document: Document, schema: Mapping[str, Value]
) -> Iterator[Deviation]:
    for message in find_schema_problems(schema):
        line = document.lines.get("artifact_schema", document.line)
        column = document.columns.get("artifact_schema", document.column)
        yield Deviation("REG001", Origin(path, line), message, "schema", column=column)


def _read_file(file: Path, path: ProjectPath, loaded: LoadedRecords) -> list[Document]:
    def report(
        message: str, subject: str, line: int | None = None, column: int | None = None
    ) -> None:
        loaded.deviations.append(
            Deviation("REG001", Origin(path, line), message, subject, column=column)
        )

    try:
        if not file.is_file():
            report(f"cannot be read: {no_file(file)}", "unreadable")
            return []
        if file.stat().st_size > LARGEST_FILE:
            report(f"over {LARGEST_FILE:,} bytes, too large for records", "too large")
            return []
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        report("not UTF-8; save it as UTF-8", "encoding")
        return []
    except OSError as error:
        report(f"cannot be read: {error.strerror}", "unreadable")
        return []
    loaded.ignores += find_ignores(path, text)
    documents: list[Document] = []
    try:
        documents.extend(read_documents(text))
    except UnusableYamlError as error:
        # What stands before the mistake is whole and stays.
        report(f"not usable as YAML: {error}", "yaml", error.line, error.column)
    else:
        if all(document.value is None for document in documents):
            report("empty: it holds no record", "empty", 1)
    return [document for document in documents if document.value is not None]


def _read_record(
    path: ProjectPath, document: Document, vocabulary: Vocabulary, loaded: LoadedRecords
) -> Record | None:
    value = document.value
    if not isinstance(value, Mapping):
        kind = "a list" if isinstance(value, tuple) else "a bare value"
        message = f"{kind} where a record's mapping is expected"
        loaded.deviations.append(
            Deviation(
                "REG001",
                Origin(path, document.line),
                message,
                "not a mapping",
                column=document.column,
            )
        )
        return None
    if "artifact_id" not in value and not _is_meant_as_record(value):
        loaded.skipped.append(path)
        return None
    id_ = value.get("artifact_id")
    origin = Origin(path, document.lines.get("artifact_id", document.line))
    if not isinstance(id_, str) or not id_.strip():
        message = "a record without artifact_id; give it one"
        column = document.columns.get("artifact_id", document.column)
        loaded.deviations.append(
            Deviation("REG001", origin, message, "missing:artifact_id", column=column)
        )
        return None
    record = _build_record(ArtifactId(id_.strip()), origin, document, value)
    loaded.deviations += [
        Deviation(
            # Whom to ask is a question of its own, not one of the record's form.
            "OWN001" if one.subject == _NO_OWNER else "REG001",
            Origin(path, record.line_of(one.field) if one.line is None else one.line),
            one.message,
            one.subject,
            record.id,
            record.owner,
            record.column_of(one.field) if one.line is None else one.column,
        )
        for one in _find_deviations(document, value, vocabulary)
    ]
    return record


def _is_meant_as_record(value: Mapping[str, Value]) -> bool:
    has_other_identity = any(
        key.endswith("_id") or key in ("schema_version", "schema_name") for key in value
    )
    return not has_other_identity and len(_TELLING_FIELDS & set(value)) > 1


def _build_record(
    id_: ArtifactId, origin: Origin, document: Document, value: Mapping[str, Value]
) -> Record:
    texts = {one.name: _text(value.get(one.name)) for one in FIELDS if one.shape is Shape.TEXT}
    traceability = value.get("traceability")
    product = texts["product"]
    if product is None and isinstance(traceability, Mapping):
        product = _text(traceability.get("product"))
    return Record(
        id=id_,
        origin=origin,
        name=texts["name"],
        type=texts["type"],
        status=texts["status"],
        owner=texts["owner"],
        purpose=texts["purpose"],
        authority_level=texts["authority_level"],
        product=product,
        wave=parse_wave(value.get("wave")),
        priority=texts["priority"],
        paths=_paths(value.get("path")),
        notes=texts["notes"] or "",
        fields=dict(value),
        lines=document.lines,
        columns=document.columns,
    )


def parse_wave(value: Value) -> int | None:
    """A wave's number; nothing where the value is not one."""
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _text(value: Value) -> str | None:
    text = value.strip() if isinstance(value, str) else ""
    return text or None


def _paths(value: Value) -> tuple[str, ...]:
    entries = value if isinstance(value, tuple) else (value,)
    return tuple(entry.strip() for entry in entries if isinstance(entry, str) and entry.strip())


class _Wrong(Struct):
    """Something in a record that is not as the schema says."""

    message: str
    subject: str
    field: str
    line: int | None = None
    """Where it is not that of the field."""
    column: int | None = None


def _find_deviations(
    document: Document, value: Mapping[str, Value], vocabulary: Vocabulary
) -> Iterator[_Wrong]:
    """Yield everything in one record that is not as the schema says."""
    for name in REQUIRED_FIELDS:
        if is_empty(value.get(name)):
            yield _Wrong(f"{name} is missing; every record has one", f"missing:{name}", name)
    # Once for each name, at the first line that repeats it.
    first = {one.name: one for one in reversed(document.repeated)}
    for one in sorted(first.values(), key=lambda one: one.line):
        message = f"{one.name} is given twice; the later one counts"
        yield _Wrong(message, f"twice:{one.name}", one.name, one.line, one.column)
    for field_ in FIELDS:
        yield from _find_wrong_shape(field_, value.get(field_.name))
    for name, allowed in vocabulary.allowed.items():
        text = _text(value.get(name))
        if text is not None and text not in allowed:
            shown = as_text(text)[:_LONGEST_VALUE]
            close = difflib.get_close_matches(shown.lower(), allowed, n=1)
            hint = f'; did you mean "{close[0]}"?' if close else ""
            message = f'unknown {name} "{shown}"; one of {", ".join(allowed)}{hint}'
            yield _Wrong(message, f"{name}={shown}", name)


def _find_wrong_shape(field_: RecordField, found: Value) -> Iterator[_Wrong]:
    name, shape = field_.name, field_.shape
    if is_empty(found) and shape is not Shape.NUMBER:
        return
    match shape:
        case Shape.TEXT:
            if not isinstance(found, str):
                message = f"{name} is {as_text(found)}; expected is {shape.value}"
                yield _Wrong(message, f"shape:{name}", name)
        case Shape.MAPPING | Shape.LIST:
            if not isinstance(found, Mapping if shape is Shape.MAPPING else tuple):
                message = f"{name} is {_kind_of(found)}; expected is {shape.value}"
                yield _Wrong(message, f"shape:{name}", name)
        case Shape.NUMBER:
            if found is not None and parse_wave(found) is None:
                message = f'{name} "{as_text(found)}" is no {shape.value.removeprefix("a ")}'
                yield _Wrong(message, f"{name}={as_text(found)}", name)
        case Shape.PATHS:
            if not _is_path(found):
                yield _Wrong(
                    f"{name} is not text; expected is {shape.value}", f"shape:{name}", name
                )
        case _:
            assert_never(shape)


def _is_path(value: Value) -> bool:
    entries = value if isinstance(value, tuple) else (value,)
    return all(entry is None or isinstance(entry, str) for entry in entries)


def _kind_of(value: Value) -> str:
    return "text" if isinstance(value, str) else as_text(value)
