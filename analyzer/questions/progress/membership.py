"""Records and waves that do not know each other."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.model.progress import Discrepancy, Topic
from analyzer.model.registry import Origin, Record
from analyzer.questions.progress.ledger import Ledger


def find_strays(ledger: Ledger) -> Iterator[Discrepancy]:
    """Yield records in no wave or another one than a row says, and waves without a section.

    Where no document has a wave, nobody is asked for one.
    """
    if not ledger.registry.waves:
        return
    for record in ledger.strays:
        yield _stray(record, "id", "no wave", "no section lists it")
    for counted in ledger.waves:
        wave = counted.wave
        for record in counted.unlisted if wave is None or wave.rows else ():
            found = (
                "no document has a section for it"
                if wave is None
                else f"its section at {wave.origin} does not list it"
            )
            yield _stray(record, "wave", f"wave {counted.number}", found)
    for wave in ledger.registry.waves:
        for row in wave.rows:
            known = None if row.id is None else ledger.records.get(row.id)
            if known is not None and known.wave not in (None, wave.number):
                found = f"listed in wave {wave.number} at {row.origin}"
                yield _stray(known, "wave", f"wave {known.wave}", found)
    sections = {wave.number for wave in ledger.registry.waves}
    for tracking in ledger.registry.tracking:
        for tracked in tracking.rows:
            if tracked.wave is not None and tracked.wave not in sections:
                found = "no document has a section for it"
                yield Discrepancy(Topic.WAVE, tracked.origin, tracked.name, found, tracked.wave)


def _stray(record: Record, field: str, claim: str, found: str) -> Discrepancy:
    line = record.origin.line if field == "id" else record.line_of(field)
    origin = Origin(record.origin.path, line)
    return Discrepancy(Topic.WAVE, origin, f"{record.id}: {claim}", found, record.wave)
