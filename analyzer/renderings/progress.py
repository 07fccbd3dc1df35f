"""Progress of registration, as text and as a JSON document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from analyzer.model.imports import Link
from analyzer.model.progress import (
    Candidate,
    Discrepancy,
    ProgressAnswer,
    Tally,
    TargetProgress,
    Topic,
    WaveProgress,
    percent,
)
from analyzer.renderings.text_parts import INDENT, counted, link_line, more_lines

Json = dict[str, Any]
_MOST_LISTED = 10
_MOST_EVIDENCE = 3
_HEADER = ("WAVE", "CLAIMED", "LISTED", "RECORDS", "IN CODE", "DONE", "SAID")


def progress_lines(body: ProgressAnswer, *, is_verbose: bool) -> Iterator[str]:
    """The answer for people."""
    if not body.documents:
        yield (
            "No backlog document: no Markdown file of the registry has a heading such as "
            '"### Wave 1: First Services"'
        )
    elif not body.has_records:
        yield "No records: the documents are held against themselves and the code"
    yield from _table(body)
    if body.targets:
        yield "Targets"
        yield from _target_lines(body.targets)
    if body.candidates:
        yield f"Next to register ({len(body.candidates)})"
        shown = body.candidates if is_verbose else body.candidates[:_MOST_LISTED]
        for rank, candidate in enumerate(shown, 1):
            yield from _candidate_lines(rank, candidate, is_verbose=is_verbose)
        yield from more_lines(len(body.candidates), _MOST_LISTED, is_verbose=is_verbose)
    documented = [one for one in body.discrepancies if not _is_stray(one, body)]
    strays = [one for one in body.discrepancies if _is_stray(one, body)]
    yield f"Contradictions ({len(body.discrepancies)})"
    for one in documented:
        yield f"{INDENT}{one.origin}: {one.claim}; found: {one.found}"
    for one in strays if is_verbose else strays[:_MOST_LISTED]:
        yield f"{INDENT}{one.origin}: {one.claim}; found: {one.found}"
    yield from more_lines(len(strays), _MOST_LISTED, is_verbose=is_verbose)


def _is_stray(one: Discrepancy, body: ProgressAnswer) -> bool:
    """Whether it is about a record that knows no wave: of these there may be hundreds."""
    return one.topic is Topic.WAVE and one.origin.path not in body.documents


def _table(body: ProgressAnswer) -> Iterator[str]:
    rows: list[Sequence[str]] = [_HEADER] if body.waves else []
    for wave in body.waves:
        rows.append(_wave_row(wave))
        for category in wave.categories:
            records = "-" if category.records is None else f"{category.records}"
            rows.append((f"{INDENT}{category.name}", f"{category.claimed}", "-", records))
        rows += (_tally_row(one) for one in wave.groups)
    if body.waves:
        rows.append(_total_row(body.waves))
    if body.priorities:
        rows.append(("Of priority",))
        rows += (_tally_row(one) for one in body.priorities)
    widths = [max((len(row[at]) for row in rows if at < len(row)), default=0) for at in range(7)]
    for row in rows:
        first = row[0].ljust(widths[0])
        cells = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=False))
        yield "  ".join((first, *cells)).rstrip()


def _wave_row(wave: WaveProgress) -> tuple[str, ...]:
    title = f"{wave.number} {wave.title}".rstrip()
    said = [wave.claimed_completion or "", wave.claimed_status or ""]
    # What a section says in a sentence is no status.
    said = [one for one in said if one and len(one) <= 20]
    return (
        title if wave.origin is not None else f"{title} (no section)",
        _of(wave.claimed_registered, wave.claimed_total),
        f"{wave.listed}" if wave.listed else "-",
        f"{wave.records}",
        f"{wave.located}",
        _share(wave.completion),
        " ".join(said),
    )


def _total_row(waves: Sequence[WaveProgress]) -> tuple[str, ...]:
    records = sum(one.records for one in waves)
    whole = sum(one.records if one.total is None else one.total for one in waves)
    listed, located = sum(one.listed for one in waves), sum(one.located for one in waves)
    return ("All", "", f"{listed}", f"{records}", f"{located}", _share(percent(records, whole)))


def _tally_row(one: Tally) -> tuple[str, ...]:
    share = _share(percent(one.records, one.listed))
    return (
        f"{INDENT}{one.name}", "", f"{one.listed}", f"{one.records}", f"{one.located}", share
    )  # fmt: skip


def _of(part: int | None, whole: int | None) -> str:
    if part is None or whole is None:
        return "-" if part is whole else f"{whole if part is None else part}"
    return f"{part} of {whole}"


def _share(share: int | None) -> str:
    return "-" if share is None else f"{share}%"


def _target_lines(targets: Sequence[TargetProgress]) -> Iterator[str]:
    rows = [
        (
            one.target.category or one.target.location,
            one.target.approach,
            f"{one.registered}" + ("" if one.files is None else f" of {one.files} files"),
            _verdict(one),
        )
        for one in targets
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"{INDENT}{'  '.join(cells)}".rstrip()


def _verdict(one: TargetProgress) -> str:
    if one.is_met is None:
        return "cannot be told"
    return "met" if one.is_met else "not met"


def _candidate_lines(rank: int, one: Candidate, *, is_verbose: bool) -> Iterator[str]:
    about = ", ".join(part for part in (f"wave {one.wave}", one.row.priority) if part)
    where = ", ".join(one.paths) or f"{one.row.file} (not found in the code)"
    users = f"{counted(len(one.dependents), 'artifact')}, {counted(len(one.importers), 'module')}"
    yield f"{INDENT}{rank}  {where}  {one.artifact or 'no id'} ({about}): used by {users}"
    evidence = [dependency.chain[0] for dependency in one.dependents]
    evidence += [link for link in one.importers if link not in evidence]
    for link in evidence if is_verbose else evidence[:_MOST_EVIDENCE]:
        yield f"{INDENT * 4}{link_line(link)}"
    yield from (
        f"{INDENT * 3}{line.strip()}"
        for line in more_lines(len(evidence), _MOST_EVIDENCE, is_verbose=is_verbose)
    )


def progress_document(body: ProgressAnswer, *, show: Callable[[Link], Json]) -> Json:
    """The answer for programs, given how a link is shown."""
    return {
        "waves": [_wave_document(one) for one in body.waves],
        "discrepancies": [
            {
                "where": str(one.origin),
                "claim": one.claim,
                "found": one.found,
                "topic": one.topic.value,
                "wave": one.wave,
                "path": one.origin.path,
                "line": one.origin.line,
            }
            for one in body.discrepancies
        ],
        "priorities": [_tally_document(one) for one in body.priorities],
        "targets": [
            {
                "where": str(one.target.origin),
                "category": one.target.category,
                "location": one.target.location,
                "approach": one.target.approach,
                "least": one.target.least,
                "most": one.target.most,
                "claimed_files": None if one.target.count is None else one.target.count.count,
                "files": one.files,
                "registered": one.registered,
                "met": one.is_met,
            }
            for one in body.targets
        ],
        "next": [
            {
                "file": one.row.file,
                "paths": list(one.paths),
                "artifact": one.artifact,
                "wave": one.wave,
                "priority": one.row.priority,
                "where": str(one.row.origin),
                "artifacts": [
                    {"artifact": found.dependent, "chain": [show(link) for link in found.chain]}
                    for found in one.dependents
                ],
                "modules": [show(link) for link in one.importers],
            }
            for one in body.candidates
        ],
        "has_records": body.has_records,
    }


def _wave_document(one: WaveProgress) -> Json:
    return {
        "wave": one.number,
        "title": one.title,
        "where": None if one.origin is None else str(one.origin),
        "claimed_total": one.claimed_total,
        "claimed_registered": one.claimed_registered,
        "claimed_status": one.claimed_status,
        "claimed_completion": one.claimed_completion,
        "listed": one.listed,
        "records": one.records,
        "located": one.located,
        "total": one.total,
        "completion": one.completion,
        "missing": [
            {"file": row.file, "artifact": row.id, "where": str(row.origin)} for row in one.missing
        ],
        "categories": [
            {
                "where": str(category.origin),
                "name": category.name,
                "claimed": category.claimed,
                "status": category.status,
                "types": list(category.types),
                "records": category.records,
            }
            for category in one.categories
        ],
        "groups": [_tally_document(group) for group in one.groups],
        "priorities": [_tally_document(priority) for priority in one.priorities],
    }


def _tally_document(one: Tally) -> Json:
    return {
        "name": one.name,
        "listed": one.listed,
        "records": one.records,
        "located": one.located,
    }
