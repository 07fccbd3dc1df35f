"""The text of `check` and `review`: findings by file, each with the line of source it stands on."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.model.findings import Finding
from analyzer.model.reports import ReviewAnswer
from analyzer.renderings.findings import Findings, count_line
from analyzer.renderings.text_owners import plan_lines
from analyzer.renderings.text_parts import INDENT, link_line, shown

_BELOW = " " * 17
"""Up to where the codes stand."""


def findings_lines(body: Findings) -> Iterator[str]:
    """The findings by file, how many there are, and of a change what else it brings and takes."""
    path = None
    for finding in body.findings:
        if finding.path != path:
            if path is not None:
                yield ""
            path = finding.path
            yield path
        yield from _finding_lines(finding)
    if body.findings:
        yield ""
    yield count_line(body)
    if isinstance(body, ReviewAnswer):
        yield from _change_lines(body)


def _finding_lines(finding: Finding) -> Iterator[str]:
    line = "" if finding.line is None else f"{finding.line}"
    yield f"{line:>6}  {finding.severity:<7}  {finding.code}  {finding.message}"
    source = (finding.source or "").strip()
    if source:
        yield f"{_BELOW}{source}"
    for link in finding.chain:
        if len(finding.chain) > 1 or (link.importer, link.line) != (finding.path, finding.line):
            yield f"{_BELOW}{link_line(link)}"


def _change_lines(body: ReviewAnswer) -> Iterator[str]:
    for sign, one in (("+", body.added), ("-", body.removed)):
        for dependency in one.dependencies:
            yield f"{sign} {dependency.dependent} -> {dependency.depends_on}"
            yield from (f"{INDENT * 2}{link_line(link)}" for link in dependency.chain)
        yield from (f"{sign} artifact {id_}" for id_ in one.artifacts)
        yield from (f"{sign} module {path}" for path in one.modules)
    for change in body.records:
        yield (
            f"{change.artifact}: {change.field} was {shown(change.before)}, is "
            f"{shown(change.after)}  [{change.origin}]"
        )
    yield from plan_lines(body.plan)
    for finding in body.mended:
        yield f"mended: {finding.path}: {finding.code} {finding.message}"
