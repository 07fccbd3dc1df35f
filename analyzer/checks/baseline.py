"""Findings against the baseline: which are new, which were accepted, and which are gone."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.baseline import BaselineEntry, entry_for
from analyzer.model.findings import Finding
from analyzer.model.renames import Renames, rename_paths

RenameFinder = Callable[[Sequence[BaselineEntry]], Mapping[BaselineEntry, Renames]]
"""Entries -> those since which files were renamed, each with these files."""


class Comparison(Struct, frozen=True):
    """Findings against a baseline."""

    findings: tuple[Finding, ...]
    """Those that count, in the order they came in: new ones, and those whose entry has expired,
    which their message says."""
    accepted: Mapping[str, BaselineEntry]
    """Fingerprint of a finding -> its entry, with the names that files have now; also of findings
    whose entry has expired."""
    stale: tuple[BaselineEntry, ...]
    """Entries whose finding is gone, as they were read; sorted."""
    unjudged: tuple[BaselineEntry, ...]
    """Entries of which nobody knows, as they were read."""
    expired: int

    @property
    def baselined(self) -> int:
        """How many findings do not count."""
        return len(self.accepted) - self.expired


def compare_with_baseline(
    findings: Sequence[Finding],
    entries: Sequence[BaselineEntry],
    *,
    today: datetime.date,
    judged: Collection[str],
    unread: Collection[str] = (),
    find_renames: RenameFinder = lambda _: {},
) -> Comparison:
    """Tell new findings from those that a baseline accepts.

    An entry follows its files: where one was renamed since the entry was written, path and subject
    are taken with the new name, and only with that.

    Args:
        findings: each with a fingerprint of its own.
        entries: the baseline.
        today: an entry that expires earlier than this accepts nothing.
        judged: the codes that were looked for. A finding of another one is not gone.
        unread: files that could not be read to the end, and the artifacts that they belong to.
            What was found there, or about them, is not gone either.
        find_renames: asked only where a finding is new and might be one that was accepted under
            another name.
    """
    entries = _sorted(entries)
    by_print = {entry.fingerprint: entry for entry in entries}
    now = {entry: entry for entry in entries}
    new = {(one.code, one.artifact) for one in findings if one.fingerprint not in by_print}
    movable = [entry for entry in entries if (entry.code, entry.artifact) in new]
    if movable:
        for entry, renames in find_renames(movable).items():
            now[entry] = _renamed(entry, renames)
        by_print = {now[entry].fingerprint: entry for entry in reversed(entries)}
    accepted: dict[str, BaselineEntry] = {}
    counting: list[Finding] = []
    expired = 0
    met: set[BaselineEntry] = set()
    for finding in findings:
        found = by_print.get(finding.fingerprint)
        if found is None:
            counting.append(finding)
            continue
        met.add(found)
        accepted[finding.fingerprint] = now[found]
        if found.expires is not None and found.expires < today:
            expired += 1
            message = f"{finding.message} (accepted until {found.expires}, which is over)"
            counting.append(replace(finding, message=message))
    left = [entry for entry in entries if entry not in met]
    known = {
        entry for entry in left if entry.code in judged and now[entry].words.isdisjoint(unread)
    }
    return Comparison(
        findings=tuple(counting),
        accepted=accepted,
        stale=tuple(entry for entry in left if entry in known),
        unjudged=tuple(entry for entry in left if entry not in known),
        expired=expired,
    )


def accept_all(findings: Iterable[Finding], comparison: Comparison) -> tuple[BaselineEntry, ...]:
    """The baseline that accepts findings, with what people have added to the one before."""
    entries = [comparison.accepted.get(one.fingerprint) or entry_for(one) for one in findings]
    return _sorted((*entries, *comparison.unjudged))


def prune(comparison: Comparison) -> tuple[BaselineEntry, ...]:
    """The baseline without the entries whose finding is gone."""
    return _sorted((*comparison.accepted.values(), *comparison.unjudged))


def _sorted(entries: Iterable[BaselineEntry]) -> tuple[BaselineEntry, ...]:
    return tuple(sorted(entries, key=BaselineEntry.sort_key))


def _renamed(entry: BaselineEntry, renames: Renames) -> BaselineEntry:
    if not renames:
        return entry
    return replace(
        entry,
        path=renames.get(entry.path, entry.path),
        subject=rename_paths(entry.subject, renames),
        message=rename_paths(entry.message, renames),
    )
