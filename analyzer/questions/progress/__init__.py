"""`registry progress`: what documents claim about registration, and what is so."""

from __future__ import annotations

from analyzer.graph.system import System
from analyzer.model.progress import ProgressAnswer, WaveProgress
from analyzer.questions.progress.blocks import find_blocks
from analyzer.questions.progress.candidates import rank_candidates
from analyzer.questions.progress.claims import find_false_claims
from analyzer.questions.progress.ledger import Counted, Ledger, tally_by
from analyzer.questions.progress.listing import find_listing_mistakes
from analyzer.questions.progress.membership import find_strays
from analyzer.questions.progress.targets import judge_targets


def find_progress(system: System) -> ProgressAnswer:
    """Hold every backlog document of the registry against records, code, and itself.

    Without any record a document is held against itself and the code only: that nothing is
    registered yet contradicts nobody who has not begun to write records.
    """
    registry = system.registry
    ledger = Ledger(system)
    targets, of_targets = judge_targets(ledger)
    discrepancies = [
        *find_false_claims(ledger),
        *of_targets,
        *find_listing_mistakes(ledger),
        *find_strays(ledger),
    ]
    return ProgressAnswer(
        waves=tuple(_describe(one, ledger) for one in ledger.waves),
        priorities=tally_by(
            [row for one in ledger.waves for row in one.rows], lambda row: row.priority, ledger
        ),
        targets=targets,
        candidates=rank_candidates(ledger),
        discrepancies=tuple(sorted(set(discrepancies), key=lambda one: one.sort_key())),
        blocks=find_blocks(registry),
        documents=tuple(sorted({wave.origin.path for wave in registry.waves})),
        has_records=ledger.has_records,
    )


def _describe(counted: Counted, ledger: Ledger) -> WaveProgress:
    wave = counted.wave
    return WaveProgress(
        number=counted.number,
        title="" if wave is None else wave.title,
        origin=None if wave is None else wave.origin,
        claimed_registered=None if wave is None else wave.claimed_registered,
        claimed_total=None if wave is None else wave.claimed_total,
        claimed_status=None if wave is None else wave.status,
        claimed_completion=ledger.claimed_completion(counted.number),
        listed=len(counted.rows),
        records=counted.records,
        located=counted.located,
        total=counted.total,
        credited=counted.credited,
        missing=counted.missing,
        groups=tally_by(
            counted.rows, lambda row: row.group, ledger, order=[row.group for row in counted.rows]
        ),
        priorities=tally_by(counted.rows, lambda row: row.priority, ledger),
        categories=counted.categories,
    )
