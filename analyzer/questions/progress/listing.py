"""What is wrong with the listed rows: repetitions, exclusions, codes, priorities, places."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator

from analyzer.model.globs import build_matcher
from analyzer.model.names import ProjectPath
from analyzer.model.progress import Discrepancy, Topic
from analyzer.model.registry import BacklogRow, NamingConvention, Origin, Resolution
from analyzer.questions.progress.ledger import Ledger

_Listed = tuple[int, BacklogRow]
_SUFFIX = re.compile(r"\.\w{1,8}$")


def find_listing_mistakes(ledger: Ledger) -> Iterator[Discrepancy]:
    """Yield what the rows of the waves say that other rows, records or the code contradict."""
    listed = [(wave.number, row) for wave in ledger.registry.waves for row in wave.rows]
    yield from _find_repetitions(listed, ledger)
    yield from _find_excluded(listed, ledger)
    yield from _find_unknown_codes(listed, ledger)
    yield from _find_unknown_priorities(listed, ledger)
    yield from _find_misplaced(listed, ledger)


def _find_repetitions(listed: list[_Listed], ledger: Ledger) -> Iterator[Discrepancy]:
    by_id: dict[str, BacklogRow] = {}
    by_file: dict[tuple[int | None, str], BacklogRow] = {}
    by_place: dict[ProjectPath, BacklogRow] = {}
    for number, row in listed:
        claim = row.file if row.id is None else f"{row.id}: {row.file}"
        first = row if row.id is None else by_id.setdefault(row.id, row)
        if not _may_be_same(first.file, row.file):
            found = f"{first.file} has this id at {first.origin.seen_from(row.origin)}"
            yield Discrepancy(Topic.SHARED_ID, row.origin, claim, found, number)
            continue
        if first is row:
            place = _place_of(row, ledger)
            if place is not None:
                first = by_place.setdefault(place, row)
            else:
                # A bare name may mean another file in another wave; a path means one.
                key = (None if "/" in row.file else number, row.file)
                first = by_file.setdefault(key, row)
        if first is not row:
            found = f"listed at {first.origin.seen_from(row.origin)} already"
            yield Discrepancy(Topic.LISTED_TWICE, row.origin, claim, found, number)


def _may_be_same(one: str, other: str) -> bool:
    """Whether two names may mean one file: `prices.py` and `shop/prices.py`."""
    shorter, longer = sorted((f"/{name.strip('/')}" for name in (one, other)), key=len)
    return longer.endswith(shorter)


def _place_of(row: BacklogRow, ledger: Ledger) -> ProjectPath | None:
    artifact = ledger.find_artifact(row)
    paths = () if artifact is None else artifact.place.paths
    return paths[0] if len(paths) == 1 else None


def _find_excluded(listed: list[_Listed], ledger: Ledger) -> Iterator[Discrepancy]:
    exclusions = [(one, build_matcher(one.patterns)) for one in ledger.registry.exclusions]
    for number, row in listed:
        path = ProjectPath(row.file.strip("/"))
        for exclusion, matches in exclusions:
            if matches(path):
                where = exclusion.origin.seen_from(row.origin)
                found = f"left out by design at {where}: {exclusion.category}"
                yield Discrepancy(Topic.EXCLUDED, row.origin, row.file, found, number)
                break


def _find_unknown_codes(listed: list[_Listed], ledger: Ledger) -> Iterator[Discrepancy]:
    """Yield one discrepancy for each code of a document that its convention does not list."""
    found: dict[tuple[str, str, NamingConvention], list[_Listed]] = defaultdict(list)
    for number, row in listed:
        for convention in ledger.registry.conventions:
            if convention.origin.path == row.origin.path and row.id is not None:
                for kind, code in _unknown_codes(row.id, convention):
                    found[kind, code, convention].append((number, row))
    for (kind, code, convention), rows in found.items():
        number, first = rows[0]
        more = f"; it is in {len(rows) - 1} more" if len(rows) > 1 else ""
        yield Discrepancy(
            Topic.CONVENTION,
            first.origin,
            f"{first.id}",
            f"{code} is none of the {kind}s at {convention.origin.seen_from(first.origin)}{more}",
            number,
        )


def _unknown_codes(id_: str, convention: NamingConvention) -> Iterator[tuple[str, str]]:
    parts, pattern = id_.split("-"), convention.pattern.split("-")
    if len(parts) != len(pattern):
        # Shorter and longer ids are in use; what stands where in them is not written down.
        return
    for part, placeholder in zip(parts, pattern, strict=True):
        for kind, codes in (("layer", convention.layers), ("type", convention.types)):
            if placeholder.casefold() == f"<{kind}>" and codes and part not in codes:
                yield kind, part


def _find_unknown_priorities(listed: list[_Listed], ledger: Ledger) -> Iterator[Discrepancy]:
    defined: dict[ProjectPath, dict[str, Origin]] = defaultdict(dict)
    for one in ledger.registry.priorities:
        defined[one.origin.path][one.text.casefold()] = one.origin
    for number, row in listed:
        known = defined.get(row.origin.path)
        if known and row.priority is not None and row.priority.casefold() not in known:
            where = next(iter(known.values())).seen_from(row.origin)
            found = f"none of the priorities from {where} on"
            claim = f"{row.file}: {row.priority}"
            yield Discrepancy(Topic.PRIORITY, row.origin, claim, found, number)
    for number, row in listed:
        record = None if row.id is None else ledger.records.get(row.id)
        if record is None or row.priority is None or record.priority is None:
            continue
        if "priority" not in record.lines:
            # It has its priority from a row.
            continue
        if record.priority.casefold() != row.priority.casefold():
            origin = Origin(record.origin.path, record.line_of("priority"))
            claim = f"{record.id}: priority {record.priority}"
            yield Discrepancy(
                Topic.PRIORITY, origin, claim, f"{row.priority} at {row.origin}", number
            )


def _find_misplaced(listed: list[_Listed], ledger: Ledger) -> Iterator[Discrepancy]:
    """Yield listed files that are not in the code, or not where their record stands.

    Where none of them is there, the document is about another project.
    """
    if not any(_place_of(row, ledger) for _, row in listed):
        return
    seen: set[str] = set()
    for number, row in listed:
        artifact = ledger.find_artifact(row)
        name = row.file.strip("/")
        if artifact is None or artifact.id in seen or not _SUFFIX.search(name):
            continue
        seen.add(artifact.id)
        if artifact.place.resolution is Resolution.MISSING:
            yield Discrepancy(
                Topic.PLACE, row.origin, row.file, f"no such file: {artifact.place.explanation}",
                number,
            )  # fmt: skip
        elif artifact.place.paths and not any(
            posixpath.basename(path) == posixpath.basename(name)
            for path in (*artifact.place.paths, *artifact.files)
        ):
            found = f"its record stands at {', '.join(artifact.place.paths)}"
            yield Discrepancy(Topic.PLACE, row.origin, f"{row.id}: {row.file}", found, number)
