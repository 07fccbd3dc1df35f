"""What the baseline accepts, and what of it is gone: as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from analyzer.model.baseline import BaselineEntry
from analyzer.model.reports import BaselineAnswer
from analyzer.renderings.text_parts import INDENT, counted, more_lines

_MOST_LISTED = 20


def baseline_lines(body: BaselineAnswer, *, is_verbose: bool) -> Iterator[str]:
    """What has come into the baseline, what has gone, and how much it accepts now."""
    for word, all_of_them in (
        ("+", [(one.code, one.path, one.message) for one in body.added]),
        ("-", [(one.code, one.path, one.message) for one in body.removed]),
    ):
        for code, path, message in all_of_them if is_verbose else all_of_them[:_MOST_LISTED]:
            yield f"{word} {code}  {path}: {message}"
        yield from more_lines(len(all_of_them), _MOST_LISTED, is_verbose=is_verbose)
    accepted = counted(body.entries, "finding")
    yield f"{body.path} accepts {accepted}: {len(body.added)} new, {len(body.removed)} gone"


def stale_lines(stale: Sequence[BaselineEntry], *, is_verbose: bool) -> Iterator[str]:
    """The entries whose finding is gone."""
    if not stale:
        return
    yield ""
    yield f"Stale: {counted(len(stale), 'finding')} of the baseline no longer there"
    for one in stale if is_verbose else stale[:_MOST_LISTED]:
        owner = "" if one.owner is None else f" ({one.owner})"
        yield f"{INDENT}{one.code}  {one.path}: {one.message}{owner}"
    yield from more_lines(len(stale), _MOST_LISTED, is_verbose=is_verbose)


def baseline_entry_document(entry: BaselineEntry) -> dict[str, Any]:
    """An entry of the baseline as JSON has it."""
    return {
        "code": entry.code,
        "path": entry.path,
        "artifact": entry.artifact,
        "subject": entry.subject,
        "number": entry.number,
        "message": entry.message,
        "owner": entry.owner,
        "reason": entry.reason,
        "expires": None if entry.expires is None else entry.expires.isoformat(),
        "fingerprint": entry.fingerprint,
    }
