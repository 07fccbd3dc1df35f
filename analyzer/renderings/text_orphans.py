"""Orphans, and the reasoning about one artifact, as text for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzer.model.answers import Orphan, OrphansAnswer, Reasoning
from analyzer.model.entry_points import Standing
from analyzer.renderings.text_parts import (
    INDENT,
    chain_lines,
    counted,
    endpoint_lines,
    entry_point_lines,
    link_line,
    more_lines,
    unmounted_lines,
)


def orphan_lines(body: OrphansAnswer, *, is_verbose: bool) -> Iterator[str]:
    """Every orphan with its reason and evidence; those that are deprecated come last."""
    expected = [one for one in body.orphans if one.is_deprecated]
    others = [one for one in body.orphans if not one.is_deprecated]
    yield f"{counted(len(body.orphans), 'orphan')}"
    yield from _listed(others, is_verbose=is_verbose)
    if expected:
        yield f"of these {len(expected)} whose records say that they are deprecated"
        yield from _listed(expected, is_verbose=is_verbose)
    if body.not_analysed:
        count = counted(len(body.not_analysed), "artifact")
        yield f"{count} not judged: no code that is read, or used by other means than imports"
        if is_verbose:
            yield from (f"{INDENT}{id_}" for id_ in body.not_analysed)


def _listed(orphans: Sequence[Orphan], *, is_verbose: bool) -> Iterator[str]:
    for one in orphans:
        yield f"{INDENT}{one.artifact.id}  {one.reason} ({one.confidence})  {one.path}"
        yield f"{INDENT * 3}{one.explanation}"
        for link in one.evidence if is_verbose else one.evidence[:3]:
            yield f"{INDENT * 3}{link_line(link)}"
        for line in more_lines(len(one.evidence), 3, is_verbose=is_verbose):
            yield INDENT * 2 + line


def reasoning_lines(body: Reasoning, *, is_verbose: bool) -> Iterator[str]:
    """Everything that was weighed about one artifact, and what came out."""
    yield from _verdict_lines(body)
    if body.artifact.record.status:
        yield f"{INDENT}its record says: {body.artifact.record.status}"
    yield f"Starts of its own files: {counted(len(body.entry_points), 'entry point')}"
    yield from entry_point_lines(body.entry_points)
    if body.chain:
        yield f"Reached from {body.chain[0].importer}"
        if body.started_by is not None:
            yield from entry_point_lines([body.started_by])
        yield from chain_lines(body.chain)
    elif body.orphan is not None or not body.entry_points:
        yield "No way from anything that is started leads to it"
    yield f"Importers outside of it: {len(body.importers)}"
    for one in body.importers:
        yield f"{INDENT}{one.role:<10} {link_line(one.link)}"
    yield f"Named without being imported: {len(body.mentions)}"
    for mention in body.mentions:
        yield f"{INDENT}{mention.path}:{mention.line}: {mention.text}"
    if body.endpoints:
        yield f"Endpoints: {len(body.endpoints)}"
        yield from endpoint_lines(body.endpoints, is_verbose=is_verbose)
    yield from unmounted_lines(body.unmounted)


def _verdict_lines(body: Reasoning) -> Iterator[str]:
    artifact, orphan, start = body.artifact.id, body.orphan, body.started_by
    if orphan is not None:
        yield f"{artifact}: {orphan.reason} ({orphan.confidence})"
        yield f"{INDENT}{orphan.explanation}"
    elif not body.is_analysed:
        yield f"{artifact}: not judged: no code that is read, or used by other means"
    else:
        yield f"{artifact}: used"
        if start is not None and start.standing is Standing.GUARD:
            yield (
                f"{INDENT}but only a `__main__` guard or a shebang speaks for it: "
                f"nothing was found that starts {start.path}"
            )
