"""The lines of documents that hold claims which can be brought up to date."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.model.names import ProjectPath
from analyzer.model.progress import Block
from analyzer.model.registry import Claim, Registry, Wave
from analyzer.questions.progress.words import COUNT_IN_HEADING, standing_of

_NEAR = 2
"""Lines apart, at most, that a person would put between one pair of marks."""


def find_blocks(registry: Registry) -> tuple[Block, ...]:
    """Neighbouring lines with claims, sorted by document and line; a table counts as a whole."""
    spans: dict[ProjectPath, list[tuple[int, int]]] = {}
    for path, first, last in _find_spans(registry):
        spans.setdefault(path, []).append((first, last))
    blocks = []
    for path, found in sorted(spans.items()):
        merged: list[tuple[int, int]] = []
        for first, last in sorted(found):
            if merged and first <= merged[-1][1] + _NEAR:
                merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
            else:
                merged.append((first, last))
        blocks += [Block(path, first, last) for first, last in merged]
    return tuple(blocks)


def _find_spans(registry: Registry) -> Iterator[tuple[ProjectPath, int, int]]:
    for wave in registry.waves:
        yield from _spans_of_wave(wave)
    for tracking in registry.tracking:
        first = tracking.origin.line or 1
        last = max((row.origin.line or 1 for row in tracking.rows), default=first + 1)
        yield tracking.origin.path, first, last
    for target in registry.targets:
        yield target.origin.path, target.table, target.origin.line or target.table


def _spans_of_wave(wave: Wave) -> Iterator[tuple[ProjectPath, int, int]]:
    words = (one for one in wave.statuses if standing_of(one.text) is not None)
    claims: tuple[Claim, ...] = (*wave.registered, *words)
    for claim in claims:
        yield claim.origin.path, claim.origin.line or 1, claim.origin.line or 1
    for group in wave.groups:
        if COUNT_IN_HEADING.search(group.name):
            yield group.origin.path, group.origin.line or 1, group.origin.line or 1
    for row in (*wave.categories, *wave.totals):
        yield row.origin.path, row.table, row.origin.line or row.table
