"""Findings as annotations of GitHub Actions.

Workflow commands, a line each, with the escapes of @actions/core's `command.ts`:
https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import re
from collections import Counter

from analyzer.model.answers import Answer
from analyzer.model.findings import Finding, Severity
from analyzer.renderings.findings import (
    Findings,
    Spot,
    changed_lines,
    count_line,
    in_repository,
    spots_by_weight,
)
from analyzer.renderings.inert import log_line, printable
from analyzer.renderings.text_parts import counted, link_line

MOST = 10
"""Annotations of each level that GitHub takes from one step; it drops the others without a word."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render_github(answer: Answer[Findings], *, prefix: str = "") -> str:
    """Return the commands, and as the last line how many findings there are and are not shown.

    Of more than ten of a level, those on lines that the change has touched are shown.
    """
    body = answer.body
    shown: list[str] = []
    counts: Counter[Severity] = Counter()
    for finding, spot in spots_by_weight(body.findings, changed_lines(body)):
        counts[finding.severity] += 1
        if counts[finding.severity] <= MOST:
            shown.append(_command(finding, spot, prefix))
    last = count_line(body)
    more = {severity: counts[severity] - MOST for severity in Severity if counts[severity] > MOST}
    if more:
        each = ", ".join(f"{number} {severity}" for severity, number in more.items())
        last += f"; {counted(sum(more.values()), 'more', 'more')} without an annotation: {each}"
    if not answer.is_complete:
        last += f"; {counted(len(answer.unscanned), 'place')} could not be read"
    return "\n".join([*shown, log_line(last)]) + "\n"


def _command(finding: Finding, spot: Spot, prefix: str) -> str:
    properties = [f"file={_escape_property(in_repository(spot.path, prefix))}"]
    if spot.line is not None:
        properties.append(f"line={spot.line}")
    properties.append(f"title={_escape_property(f'{finding.code} {finding.name}')}")
    lines = [finding.message]
    if (spot.path, spot.line) != (finding.path, finding.line):
        lines.append(f"Found at {finding.path}:{finding.line or 1}")
    if len(finding.chain) > 1:
        lines += [link_line(link) for link in finding.chain]
    if finding.record is not None and finding.record.path != finding.path:
        lines.append(f"Record: {finding.record}")
    message = "%0A".join(_escape_data(printable(line)) for line in lines)
    return f"::{_LEVELS[finding.severity]} {','.join(properties)}::{message}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    # An end of a line has an escape of its own, by which the file is still found.
    parts = re.split(r"([\r\n])", text)
    kept = "".join(part if part in {"\r", "\n"} else printable(part) for part in parts)
    return _escape_data(kept).replace(":", "%3A").replace(",", "%2C")
