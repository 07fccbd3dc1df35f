"""Claims in numbers and words that are not so: counts, totals, percentages, statuses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from analyzer.model.progress import (
    Correction,
    Discrepancy,
    Insertion,
    Standing,
    Topic,
    percent,
    true_standing,
)
from analyzer.model.registry import (
    BacklogCategory,
    BacklogRow,
    Claim,
    Origin,
    Tracking,
    TrackingRow,
    Wave,
)
from analyzer.questions.progress.ledger import Counted, Ledger, size_of
from analyzer.questions.progress.words import COUNT_IN_HEADING, spell, standing_of

_PERCENT = re.compile(r"(\d{1,6}(?:\.\d+)?)\s*%")
_MOST_NAMED = 3


class _Status(Struct, frozen=True):
    """A word about a wave, and what it is called in a message."""

    claim: Claim
    name: str


def find_false_claims(ledger: Ledger) -> Iterator[Discrepancy]:
    """Yield each claim of a document that lists, records, or its own other figures contradict."""
    for counted in ledger.waves:
        yield from _check_section(counted, ledger)
        yield from _check_categories(counted)
        for tracking, row in ledger.tracked.get(counted.number, ()):
            yield from _check_row(tracking, row, counted, ledger)
        yield from _check_statuses(counted, ledger)
    for tracking in ledger.registry.tracking:
        yield from _check_tracking(tracking, ledger)


def _check_section(counted: Counted, ledger: Ledger) -> Iterator[Discrepancy]:
    wave = counted.wave
    if wave is None:
        return
    for claim in wave.registered:
        found = _describe(counted, ledger)
        yield from _check_count(
            claim,
            counted.credited,
            name=f"Wave {wave.number}: Registered",
            found=found,
            wave=wave.number,
        )
    namesakes = Counter(group.name for group in wave.groups)
    rows = Counter(row.group for row in counted.rows)
    for group in wave.groups:
        match, listed = COUNT_IN_HEADING.search(group.name), rows[group.name]
        if match is not None and listed and namesakes[group.name] == 1:
            claim = Claim(group.origin, match[1])
            found = f"{listed} listed below it"
            heading = group.name[: match.start()].rstrip()
            yield from _check_count(claim, listed, name=heading, found=found, wave=wave.number)


def _check_categories(counted: Counted) -> Iterator[Discrepancy]:
    wave = counted.wave
    if wave is None:
        return
    truths: dict[tuple[Origin, str], int] = {}
    for one, progress in zip(wave.categories, counted.categories, strict=True):
        truths[one.origin, one.name] = truth = size_of(progress)
        records = _counted("record", progress.records or 0)
        found = f"{records} of type {' or '.join(progress.types)}"
        if progress.records == 0 and one.count and one.status is not None:
            # How many there are is one thing, that they are registered another.
            status = spell(Standing.OPEN, like=one.status)
            yield Discrepancy(
                Topic.STATUS,
                one.origin,
                f"{one.name}: {one.count} {one.status}",
                found,
                wave.number,
                Correction(one.status, status, one.status_column),
            )
        yield from _check_count(_count_of(one), truth, name=one.name, found=found, wave=wave.number)
    for total in wave.totals:
        summed = [
            one
            for one in wave.categories
            if (one.origin.path, one.table) == (total.origin.path, total.table)
        ]
        written = sum(one.count for one in summed)
        truth = sum(truths[one.origin, one.name] for one in summed)
        found = _describe_sum(written, truth)
        yield from _check_count(
            _count_of(total), truth, name=total.name, found=found, wave=wave.number, topic=Topic.SUM
        )
        if counted.rows and truth == total.count != counted.total:
            claim = f"{total.name} {total.count}"
            found = _listed(counted)
            yield Discrepancy(Topic.COUNT, total.origin, claim, found, counted.number)


def _check_row(
    tracking: Tracking, row: TrackingRow, counted: Counted, ledger: Ledger
) -> Iterator[Discrepancy]:
    if counted.wave is None:
        return
    found = _describe(counted, ledger)
    if row.registered is not None:
        name = f"{row.name}: {_heading(tracking, row.registered)}"
        yield from _check_count(
            row.registered, counted.credited, name=name, found=found, wave=row.wave
        )
    if row.total is not None:
        name = f"{row.name}: {_heading(tracking, row.total)}"
        found = _listed(counted) if counted.rows else f"{counted.total} counted by its categories"
        yield from _check_count(row.total, counted.total, name=name, found=found, wave=row.wave)
    part = _or_written(counted.credited, row.registered)
    whole = _or_written(counted.total, row.total)
    yield from _check_completion(tracking, row, part, whole, counted.number)


def _check_completion(
    tracking: Tracking, row: TrackingRow, part: int | None, whole: int | None, wave: int | None
) -> Iterator[Discrepancy]:
    match = None if row.completion is None else _PERCENT.search(row.completion.text)
    truth = None if part is None else percent(part, whole)
    if row.completion is None or match is None or part is None or not whole or truth is None:
        return
    written = float(match[1])
    # Rounded either way, but 100 only where all is done, and 0 only where nothing is.
    is_close = abs(written - 100 * part / whole) < 1
    if is_close and (written >= 100) == (part >= whole) and (written > 0 or part * 100 < whole):
        return
    yield Discrepancy(
        Topic.COMPLETION,
        row.completion.origin,
        f"{row.name}: {_heading(tracking, row.completion)} {match[0]}",
        f"{part} of {whole} is {truth}%",
        wave,
        Correction(match[0], f"{truth}%", row.completion.column),
    )


def _check_statuses(counted: Counted, ledger: Ledger) -> Iterator[Discrepancy]:
    """Hold the words about a wave against what is registered, and against each other."""
    statuses = list(_statuses_of(counted, ledger))
    standings = {standing_of(one.claim.text) for one in statuses} - {None}
    if counted.credited is None or counted.total is None:
        return
    truth = true_standing(counted.credited, counted.total)
    for one in statuses:
        standing = standing_of(one.claim.text)
        if standing is None or standing is truth:
            continue
        if standing is Standing.BEGUN and len(standings) == 1:
            # More may be about to be listed, or nothing be ready yet.
            continue
        said_elsewhere = (
            other for other in statuses if standing_of(other.claim.text) is not standing
        )
        found = _describe_standing(counted, one, next(said_elsewhere, None), ledger)
        yield Discrepancy(
            Topic.STATUS,
            one.claim.origin,
            f"{one.name} {one.claim.text}",
            found,
            counted.number,
            Correction(one.claim.text, spell(truth, like=one.claim.text), one.claim.column),
        )


def _statuses_of(counted: Counted, ledger: Ledger) -> Iterator[_Status]:
    wave = counted.wave
    if wave is None:
        return
    for claim in wave.statuses:
        yield _Status(claim, f"Wave {wave.number}:")
    for total in wave.totals:
        if total.status is not None:
            claim = Claim(total.origin, total.status, total.status_column)
            yield _Status(claim, f"Wave {wave.number}, {total.name}:")
    for tracking, row in ledger.tracked.get(wave.number, ()):
        if row.status is not None:
            yield _Status(row.status, f"{row.name}: {_heading(tracking, row.status)}")


def _check_tracking(tracking: Tracking, ledger: Ledger) -> Iterator[Discrepancy]:
    """The rows that say "Total", and the waves that the table leaves out."""
    rows = [row for row in tracking.rows if row.wave is not None]
    counts = any(row.registered is not None or row.total is not None for row in tracking.rows)
    if not counts:
        return
    counted = {one.number: one for one in ledger.waves}
    known = {row.wave for row in rows}
    # Of several such tables each may be about some waves only.
    is_whole = len(ledger.registry.tracking) == 1
    absent = [
        one for one in ledger.waves if is_whole and one.number not in known and one.wave is not None
    ]
    last = max((row.origin.line or 0 for row in rows), default=(tracking.origin.line or 0) + 1)
    for one in absent:
        if one.wave is not None:
            yield _lacks_row(tracking, one, one.wave, last)
    for row in tracking.rows:
        if row.wave is not None:
            continue
        sums: list[int] = []
        for name in ("registered", "total"):
            claim = getattr(row, name)
            written = [getattr(one, name) for one in rows]
            truths = [_truth_of(one, counted, name) for one in rows]
            truths += [one.credited if name == "registered" else one.total for one in absent]
            # A wave that lists nothing, and that nobody counts, adds nothing yet.
            truth = sum(one or 0 for one in truths)
            sums.append(truth)
            if claim is None:
                continue
            added = sum(one.count or 0 for one in written if one is not None)
            label = f"{row.name}: {_heading(tracking, claim)}"
            found = _describe_sum(added, truth)
            yield from _check_count(
                claim, truth, name=label, found=found, wave=None, topic=Topic.SUM
            )
        part, whole = sums
        yield from _check_completion(tracking, row, part, whole, None)
        yield from _check_total_status(tracking, row, part, whole)


def _check_total_status(
    tracking: Tracking, row: TrackingRow, part: int, whole: int
) -> Iterator[Discrepancy]:
    standing = None if row.status is None else standing_of(row.status.text)
    if row.status is None or standing is None:
        return
    truth = true_standing(part, whole)
    if standing is not truth and standing is not Standing.BEGUN:
        yield Discrepancy(
            Topic.STATUS,
            row.status.origin,
            f"{row.name}: {_heading(tracking, row.status)} {row.status.text}",
            f"{part} of {whole} are registered",
            None,
            Correction(row.status.text, spell(truth, like=row.status.text), row.status.column),
        )


def _lacks_row(tracking: Tracking, counted: Counted, wave: Wave, last: int) -> Discrepancy:
    part, whole = counted.credited, counted.total
    share = None if part is None else percent(part, whole)
    known = {"wave": f"Wave {counted.number}"}
    if part is not None and whole is not None:
        known["status"] = spell(true_standing(part, whole), like="COMPLETE")
    for name, value in (("registered", part), ("total", whole)):
        known[name] = "" if value is None else str(value)
    known["completion"] = "" if share is None else f"{share}%"
    cells = []
    for index, header in enumerate(tracking.columns):
        fitting = (one for one in known if re.search(rf"\b{one}s?\b", header))
        name = "wave" if index == 0 else next(fitting, "")
        cells.append(known.pop(name, ""))
    return Discrepancy(
        Topic.WAVE,
        wave.origin,
        f"Wave {counted.number}",
        f"no row in the table at {tracking.origin.seen_from(wave.origin)}",
        counted.number,
        Insertion(tracking.origin.path, last, tuple(cells)),
    )


def _truth_of(row: TrackingRow, counted: dict[int, Counted], name: str) -> int | None:
    wave = None if row.wave is None else counted.get(row.wave)
    claim: Claim | None = getattr(row, name)
    if wave is None or wave.wave is None:
        return None if claim is None else claim.count
    truth = wave.credited if name == "registered" else wave.total
    return _or_written(truth, claim)


def _check_count(
    claim: Claim,
    truth: int | None,
    *,
    name: str,
    found: str,
    wave: int | None,
    topic: Topic = Topic.COUNT,
) -> Iterator[Discrepancy]:
    written = claim.count
    if truth is not None and written is not None and written != truth:
        yield Discrepancy(
            topic,
            claim.origin,
            f"{name} {written}",
            found,
            wave,
            Correction(str(written), str(truth), claim.column),
        )


def _count_of(category: BacklogCategory) -> Claim:
    return Claim(category.origin, str(category.count), category.column)


def _counted(noun: str, number: int) -> str:
    """A number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _or_written(truth: int | None, claim: Claim | None) -> int | None:
    return truth if truth is not None or claim is None else claim.count


def _heading(tracking: Tracking, claim: Claim) -> str:
    header = tracking.columns[claim.column or 0]
    return header[:1].upper() + header[1:]


def _describe(counted: Counted, ledger: Ledger) -> str:
    """What of a wave is listed and what is registered."""
    if not counted.rows:
        if not ledger.has_records:
            return f"{counted.total} counted by its categories"
        return f"{_counted('record', counted.credited or 0)} of it"
    if not ledger.has_records:
        return f"{len(counted.rows)} listed"
    return f"{_listed(counted)}, {counted.records} of them registered"


def _listed(counted: Counted) -> str:
    unlisted = _counted("record", len(counted.unlisted))
    more = f" and {unlisted} not listed" if counted.unlisted else ""
    return f"{len(counted.rows)} listed{more}"


def _describe_sum(written: int, truth: int) -> str:
    right = "" if written == truth else f", to {truth} once they are right"
    return f"its rows add up to {written}{right}"


def _describe_standing(
    counted: Counted, said: _Status, other: _Status | None, ledger: Ledger
) -> str:
    """What contradicts a word about a wave."""
    here = said.claim.origin
    if standing_of(said.claim.text) is Standing.DONE and counted.missing and ledger.has_records:
        return f"{len(counted.missing)} of {len(counted.rows)} listed have no record: " + _name(
            counted.missing, here
        )
    also = "" if other is None else f"; {other.claim.text} at {other.claim.origin.seen_from(here)}"
    return f"{counted.credited} of {counted.total} are registered{also}"


def _name(rows: Sequence[BacklogRow], here: Origin) -> str:
    named = ", ".join(f"{row.file} ({row.origin.seen_from(here)})" for row in rows[:_MOST_NAMED])
    more = len(rows) - _MOST_NAMED
    return named + (f" and {more} more" if more > 0 else "")
