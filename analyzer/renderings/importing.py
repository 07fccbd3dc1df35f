"""What an import does, as text and as JSON; of a dry run with the differences of all files."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator

from analyzer.model.answers import Answer
from analyzer.model.importing import FileChange, ImportAnswer, ImportedAs
from analyzer.renderings.documents import Json, begin_document
from analyzer.renderings.inert import dump_json
from analyzer.renderings.text_parts import text_of


def render_import_text(answer: ImportAnswer) -> str:
    """Differences or a line for each record that changes, then problems, then the counts."""
    return text_of(_lines(answer))


def render_import_json(answer: Answer[ImportAnswer]) -> str:
    """The document: each record, each row that is left out, and the counts."""
    return dump_json(begin_document(answer) | _document(answer.body))


def _lines(answer: ImportAnswer) -> Iterator[str]:
    if answer.is_dry_run:
        for change in answer.changes:
            yield from _diff_lines(change)
    else:
        for record in answer.records:
            if record.outcome is not ImportedAs.UNCHANGED:
                added = ", ".join(one for one in record.fields if one != "artifact_id")
                yield f"{record.outcome:<9}  {record.path}  {record.artifact}: {added}"
    for problem in answer.problems:
        yield f"left out   {problem.origin}: {problem.message}"
    yield _count_line(answer)


def _count_line(answer: ImportAnswer) -> str:
    """How many records were, or would be, written, completed, left as they are, left out."""
    counts = Counter(record.outcome for record in answer.records)
    each = [f"{counts[outcome]:,} {outcome}" for outcome in ImportedAs]
    if answer.problems:
        each.append(f"{len(answer.problems):,} left out")
    return f"{'Would be: ' if answer.is_dry_run else ''}{', '.join(each)}"


def _document(answer: ImportAnswer) -> Json:
    counts = Counter(record.outcome for record in answer.records)
    return {
        "dry_run": answer.is_dry_run,
        "records": [
            {
                "artifact": record.artifact,
                "path": record.path,
                "outcome": record.outcome.value,
                "fields": list(record.fields),
            }
            for record in answer.records
        ],
        "left_out": [
            {
                "artifact": problem.artifact,
                "path": problem.origin.path,
                "line": problem.origin.line,
                "message": problem.message,
            }
            for problem in answer.problems
        ],
        "summary": {
            **{outcome.value: counts[outcome] for outcome in ImportedAs},
            "left_out": len(answer.problems),
        },
    }


def _diff_lines(change: FileChange) -> Iterator[str]:
    before = "/dev/null" if change.before is None else f"a/{change.path}"
    lines = difflib.unified_diff(
        (change.before or "").splitlines(),
        change.after.splitlines(),
        before,
        f"b/{change.path}",
        lineterm="",
    )
    yield from lines
