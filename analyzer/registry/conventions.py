"""REG005: ids against the naming convention of the configuration or of a backlog document."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analyzer.model.configuration import Ids
from analyzer.model.names import ProjectPath
from analyzer.model.registry import Deviation, NamingConvention, Origin, Record, Registry

# One to four parts between the prefix and the number: AOS-CLI-AOS-001, AOS-BE-SVC-TNT-001. A type
# or a layer may be left out where one word says both.
_SHAPE = re.compile(r"^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+){1,4}-\d{3}$")
USUAL_LAYERS = ("BE", "FE", "SDK", "LIB", "OP")
# What a code for a type may stand for; the first is what a row without a record is.
_TYPES_OF_CODE: dict[str, tuple[str, ...]] = {
    "API": ("api-route",),
    "SVC": ("service",),
    "WKR": ("worker", "job"),
    "PG": ("page", "ui-page"),
    "PKG": ("sdk-package", "library"),
}
# Codes for what a script is for. Nothing is checked by them: a service may be for operations too.
_SCRIPT_CODES = ("CI", "OPS", "STR", "VRF", "CHS")
USUAL_TYPES = (*_TYPES_OF_CODE, *_SCRIPT_CODES)
# What everything in a layer is, unless its code says better.
_TYPE_OF_LAYER = {"LIB": "library", "SDK": "sdk-package"}
# What stands in no such layer, wherever teams draw its borders.
_ON_A_SERVER = frozenset({"api-route", "job", "migration", "worker"})
_IN_A_BROWSER = frozenset({"page", "ui-component", "ui-page"})
_STRANGERS_OF_LAYER = {
    "FE": _ON_A_SERVER,
    "LIB": _ON_A_SERVER | _IN_A_BROWSER,
    "SDK": _ON_A_SERVER | _IN_A_BROWSER,
}
_PLACEHOLDER = re.compile(r"<([^<>]*)>|[^-<>]+")


def find_convention_deviations(registry: Registry) -> Iterator[Deviation]:
    """Yield what is not as agreed about each record's id, and about the name of its file.

    Without any convention only the general shape is checked: upper-case parts joined by hyphens,
    with a number of three digits at the end. A file is only held to an id where its name is one.
    """
    ids_of_file: dict[ProjectPath, set[str]] = defaultdict(set)
    first_of_file: dict[ProjectPath, Record] = {}
    for record in registry.records:
        ids_of_file[record.origin.path].add(record.id)
        first_of_file.setdefault(record.origin.path, record)
    for record in registry.records:
        origin, id_ = record.origin, record.id
        problems = [(_find_problem(record, registry.conventions), "convention", "artifact_id")]
        # Records are sorted by id: a file's first one stands for all of them.
        if record is first_of_file[origin.path]:
            problems.append((_find_file_problem(record, ids_of_file), "file", "artifact_id"))
        problems.append((_find_layer_problem(record, registry.conventions), "layer", "layer"))
        for problem, subject, field in problems:
            if problem is not None:
                yield Deviation(
                    "REG005",
                    Origin(origin.path, record.line_of(field)),
                    problem,
                    f"{subject}:{id_}",
                    id_,
                    record.owner,
                    record.column_of(field),
                )


def build_convention(ids: Ids, *, place: str) -> NamingConvention:
    """The convention that a configuration writes down, given where: `analyzer.toml:12`."""
    path, _, line = place.rpartition(":")
    has_line = line.isdigit()
    return NamingConvention(
        Origin(ProjectPath(path if has_line else place), int(line) if has_line else None),
        pattern=ids.pattern,
        layers=USUAL_LAYERS if ids.layers is None else ids.layers,
        types=USUAL_TYPES if ids.types is None else tuple(ids.types),
        meanings=ids.types,
    )


def type_of_id(id_: str, conventions: Sequence[NamingConvention] = ()) -> str | None:
    """The record type that an id tells, where it holds one of the codes for types."""
    return next(iter(types_of_id(id_, conventions)), None)


def types_of_id(id_: str, conventions: Sequence[NamingConvention] = ()) -> tuple[str, ...]:
    """The record types that an id may tell by its code or its layer, the likeliest first."""
    parts = id_.split("-")
    convention = _convention_of(parts, conventions)
    at = 2 if convention is None else _position(convention, "type")
    code = _part_at(parts, at) if len(parts) > 3 or convention is not None else ""
    if code in _SCRIPT_CODES and (convention is None or convention.meanings is None):
        return ("script",)
    layer = layer_of_id(id_, conventions)
    by_layer = (_TYPE_OF_LAYER[layer],) if layer in _TYPE_OF_LAYER else ()
    return _meaning_of(code, convention) or by_layer


def layer_of_id(id_: str, conventions: Sequence[NamingConvention] = ()) -> str | None:
    """The layer that an id tells, where it is one of those that are agreed."""
    parts = id_.split("-")
    convention = _convention_of(parts, conventions)
    layers = USUAL_LAYERS if convention is None else convention.layers
    layer = _part_at(parts, 1 if convention is None else _position(convention, "layer"))
    return layer if layer in layers else None


def _convention_of(
    parts: list[str], conventions: Iterable[NamingConvention]
) -> NamingConvention | None:
    return next((one for one in conventions if _prefix(one) == parts[0]), None)


def _prefix(convention: NamingConvention) -> str:
    return convention.pattern.partition("-")[0]


def _meaning_of(code: str, convention: NamingConvention | None) -> tuple[str, ...]:
    meanings = None if convention is None else convention.meanings
    return (_TYPES_OF_CODE if meanings is None else meanings).get(code, ())


def _find_problem(record: Record, conventions: tuple[NamingConvention, ...]) -> str | None:
    pattern = " or ".join(one.pattern for one in conventions) or "PREFIX-LAYER-TYPE-001"
    if not _SHAPE.match(record.id):
        return (
            f'the id "{record.id}" is not built as {pattern}: upper-case parts joined by hyphens, '
            "three digits at the end"
        )
    if not conventions:
        return None
    parts = record.id.split("-")
    convention = _convention_of(parts, conventions)
    if convention is None:
        expected = " or ".join(map(_prefix, conventions))
        where = conventions[0].origin
        return f'the id "{record.id}" begins with {parts[0]}; expected is {expected} ({where})'
    return _find_layer_of_id_problem(record, parts, convention) or _find_type_of_id_problem(
        record, parts, convention
    )


def _find_layer_of_id_problem(
    record: Record, parts: list[str], convention: NamingConvention
) -> str | None:
    layer = _part_at(parts, _position(convention, "layer"))
    if layer and convention.layers and layer not in convention.layers:
        known = ", ".join(convention.layers)
        return (
            f'the layer {layer} of "{record.id}" is none of {known} ({convention.origin})'
            f"{_near(layer, convention.layers)}"
        )
    if record.type in _STRANGERS_OF_LAYER.get(layer, ()):
        return (
            f'"{record.id}" is in the layer {layer}, but the type is {record.type} '
            f"({convention.origin})"
        )
    return None


def _find_type_of_id_problem(
    record: Record, parts: list[str], convention: NamingConvention
) -> str | None:
    position = _position(convention, "type")
    code = _part_at(parts, position)
    meanings = convention.meanings
    is_short = len(parts) < len(_PLACEHOLDER.findall(convention.pattern))
    if meanings is not None and code and code not in meanings and not is_short:
        known = ", ".join(meanings)
        return (
            f'the type {code} of "{record.id}" is none of {known} ({convention.origin})'
            f"{_near(code, meanings)}"
        )
    told = _meaning_of(code, convention) if code in convention.types else ()
    if told and record.type is not None and record.type not in told:
        expected = " or ".join(told)
        return (
            f'the {code} in "{record.id}" stands for {expected}, but the type is {record.type} '
            f"({convention.origin})"
        )
    return None


def _find_layer_problem(record: Record, conventions: tuple[NamingConvention, ...]) -> str | None:
    """A record's own `layer` that is not the one of its id."""
    own = record.fields.get("layer")
    told = layer_of_id(record.id, conventions)
    if told is None or not isinstance(own, str) or own.strip() in {"", told}:
        return None
    return f'the layer is "{own.strip()}", but the id "{record.id}" says {told}'


def _find_file_problem(record: Record, ids_of_file: Mapping[ProjectPath, set[str]]) -> str | None:
    """A file that is named after another id than those that it holds, in whatever case."""
    stem, suffix = posixpath.splitext(posixpath.basename(record.origin.path))
    if suffix.lower() not in (".yaml", ".yml") or not _SHAPE.match(stem.upper()):
        return None
    if stem.upper() in {id_.upper() for id_ in ids_of_file[record.origin.path]}:
        return None
    return f'the file is named after "{stem}", but holds the record of {record.id}; rename one'


def _near(code: str, known: Iterable[str]) -> str:
    # Codes are short: with a looser measure CLI would be near LIB.
    close = difflib.get_close_matches(code, sorted(known), n=1, cutoff=0.75)
    return f'; did you mean "{close[0]}"?' if close else ""


def _position(convention: NamingConvention, placeholder: str) -> int | None:
    """Where a pattern has a placeholder: `<LAYER>` is part 1 of `AOS-<LAYER>-<TYPE>-<SEQ>`."""
    parts = [match[1] or "" for match in _PLACEHOLDER.finditer(convention.pattern)]
    found = [index for index, part in enumerate(parts) if part.lower() == placeholder]
    return found[0] if found else None


def _part_at(parts: list[str], position: int | None) -> str:
    return parts[position] if position is not None and position < len(parts) - 1 else ""
