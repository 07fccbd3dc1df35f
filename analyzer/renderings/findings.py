"""What the formats of findings share: where a finding is shown, in which order, and how counted."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from analyzer.model.findings import Finding, Severity
from analyzer.model.names import ProjectPath
from analyzer.model.reports import CheckAnswer, ReviewAnswer
from analyzer.model.rules import Rule
from analyzer.renderings.text_parts import counted

Findings = CheckAnswer | ReviewAnswer
"""The answers of `check` and `review`."""

Explain = Callable[[Rule], str]
"""A rule -> what its findings mean, as Markdown."""

Lines = Mapping[ProjectPath, Sequence[tuple[int, int]]]
"""Of each file that a change touches, the first and last line of each new or changed part."""

GRAVEST_FIRST = {severity: rank for rank, severity in enumerate(Severity)}


class Spot(Struct, frozen=True):
    """Where a finding is shown."""

    path: ProjectPath
    line: int | None
    source: str | None
    """The text of the line, as far as it is known."""
    is_changed: bool
    """Whether the change has touched that line, or of a whole file the file."""


def summarise(rule: Rule) -> str:
    """What a rule finds, in one line: the least that an explanation is."""
    return f"{rule.summary[:1].upper()}{rule.summary[1:]}.\n"


def changed_lines(body: Findings) -> Lines:
    """The lines that a change has touched; of a tree nothing counts as changed."""
    return body.changes.lines if isinstance(body, ReviewAnswer) else {}


def spot_of(finding: Finding, lines: Lines) -> Spot:
    """Where a finding is shown to whoever reviews a change.

    Its own place, unless the change has touched another import of its chain and not that one: what
    closes a cycle is what the reviewer can mend.
    """
    own = Spot(
        finding.path, finding.line, finding.source, _is_changed(finding.path, finding.line, lines)
    )
    if own.is_changed:
        return own
    for link in finding.chain:
        if _is_changed(link.importer, link.line, lines):
            return Spot(link.importer, link.line, link.text, is_changed=True)
    return own


def _is_changed(path: ProjectPath, line: int | None, lines: Lines) -> bool:
    if line is None:
        return path in lines
    return any(first <= line <= last for first, last in lines.get(path, ()))


def spots_by_weight(findings: Iterable[Finding], lines: Lines) -> list[tuple[Finding, Spot]]:
    """The findings where not all can be shown: on changed lines first, then the gravest."""
    spots = [(finding, spot_of(finding, lines)) for finding in findings]
    return sorted(
        spots,
        key=lambda one: (
            not one[1].is_changed,
            GRAVEST_FIRST[one[0].severity],
            one[0].sort_key(),
        ),
    )


def in_repository(path: ProjectPath, prefix: str) -> str:
    """A path as the repository has it, where the project is a folder of one.

    Args:
        path: relative to the project; `../` where it stands outside.
        prefix: the project's path in the repository, empty where they are the same.
    """
    if not prefix:
        return path
    return posixpath.normpath(f"{prefix}/{path}")


def is_failing(finding: Finding, fail_level: Severity) -> bool:
    """Whether a finding is at least so grave."""
    return GRAVEST_FIRST[finding.severity] <= GRAVEST_FIRST[fail_level]


def noun_of(body: Findings) -> str:
    """What the findings of an answer are called."""
    return "new finding" if isinstance(body, ReviewAnswer) else "finding"


def count_line(body: Findings) -> str:
    """How many findings there are, how grave, and how many the baseline accepts."""
    rest = f", {body.baselined:,} baselined" if body.baselined else ""
    if not body.findings:
        return f"No {noun_of(body)}s{rest}"
    counts = Counter(finding.severity for finding in body.findings)
    each = ", ".join(f"{counts[severity]} {severity}" for severity in Severity)
    return f"{counted(len(body.findings), noun_of(body))}: {each}{rest}"
