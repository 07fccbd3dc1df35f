"""Orphans as findings: one code for each reason."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Options, Settings, build_finding
from analyzer.model.answers import Confidence, Orphan, OrphanReason
from analyzer.model.findings import Finding


def find_orphan_findings(
    settings: Settings[Options], *, code: str, reason: OrphanReason
) -> Iterator[Finding]:
    """Yield one finding for each orphan with a reason, at its first file.

    The fingerprint holds neither the confidence nor the explanation: another importer that is dead,
    too, makes no other finding.
    """
    for orphan in settings.find_orphans().orphans:
        if orphan.reason is reason:
            yield build_finding(
                code,
                message=_message(orphan),
                subject=reason,
                path=orphan.path,
                line=orphan.line,
                artifact=orphan.artifact.id,
                owner=orphan.artifact.record.owner,
                # Importers side by side are no chain: the first one stands for them all.
                chain=orphan.evidence[:1],
            )


def _message(orphan: Orphan) -> str:
    likely = "likely " if orphan.confidence is Confidence.LIKELY else ""
    expected = ", as its record leads to expect (deprecated)" if orphan.is_deprecated else ""
    return f"{orphan.artifact.id} is {likely}an orphan{expected}: {orphan.explanation}"
