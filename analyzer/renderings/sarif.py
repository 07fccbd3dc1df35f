"""Findings as SARIF 2.1.0, with what GitHub's code scanning asks for and within its limits.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html and
https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from analyzer import __version__
from analyzer.model.answers import Answer
from analyzer.model.findings import Finding, Severity
from analyzer.model.imports import Link, Unscanned
from analyzer.model.names import ProjectPath
from analyzer.model.reports import ReviewAnswer
from analyzer.model.rules import RULES, Rule
from analyzer.renderings.findings import (
    Explain,
    Findings,
    Spot,
    changed_lines,
    in_repository,
    spots_by_weight,
)
from analyzer.renderings.inert import dump_json, printable

MOST_RESULTS = 25_000
"""Results of one run; GitHub refuses a file with more."""
MOST_LOCATIONS = 1_000
"""Related locations of a result, and steps of a flow that GitHub shows."""
LONGEST_DESCRIPTION = 1_024

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "recommendation",
}

Json = dict[str, Any]


def render_sarif(answer: Answer[Findings], *, explain: Explain, prefix: str = "") -> str:
    """Return one run with every rule that there is, and a result for each finding.

    Of more than `MOST_RESULTS` findings, those on changed lines and the gravest are kept, and a
    notification says how many are not. What could not be read is a notification, too.
    """
    body = answer.body
    rules = list(RULES.values())
    index = {rule.code: number for number, rule in enumerate(rules)}
    spots = spots_by_weight(body.findings, changed_lines(body))
    kept = sorted(spots[:MOST_RESULTS], key=lambda one: one[0].sort_key())
    notes = [_notification(one, prefix) for one in answer.unscanned]
    if len(spots) > len(kept):
        left_out = f"{len(spots) - len(kept)} findings are left out; the format has no room"
        notes.append({"level": "warning", "message": {"text": left_out}})
    run: Json = {
        "tool": {
            "driver": {
                "name": "analyzer",
                "semanticVersion": __version__,
                "rules": [_rule(rule, explain(rule)) for rule in rules],
            }
        },
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
        "columnKind": "utf16CodeUnits",
        "results": [
            _result(finding, spot, index[finding.code], prefix)
            # Of a tree it is not known what is new in it.
            | ({"baselineState": "new"} if isinstance(body, ReviewAnswer) else {})
            for finding, spot in kept
        ],
    }
    return dump_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule, explanation: str) -> Json:
    summary = f"{rule.summary[:1].upper()}{rule.summary[1:]}"[:LONGEST_DESCRIPTION]
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": explanation, "markdown": explanation},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": ["architecture", "maintainability"],
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _result(finding: Finding, spot: Spot, rule_index: int, prefix: str) -> Json:
    related = _related_locations(finding, spot, prefix)
    message = _message(finding.message)
    if finding.record is not None and finding.record.path != spot.path:
        # The first of the related locations: GitHub shows only those that the message links to.
        message += " ([record](1))"
    result: Json = {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [_location(spot.path, spot.line, prefix, source=spot.source)],
        "partialFingerprints": {
            # GitHub looks at this one only, and hashes the text of the line where it is missing.
            "primaryLocationLineHash": f"{finding.fingerprint}:1",
            "analyzerFingerprint/v1": finding.fingerprint,
        },
    }
    if related:
        result["relatedLocations"] = related
    if len(finding.chain) > 1:
        steps = [{"location": _link_location(one, prefix)} for one in finding.chain]
        result["codeFlows"] = [{"threadFlows": [{"locations": steps[:MOST_LOCATIONS]}]}]
    return result


def _related_locations(finding: Finding, spot: Spot, prefix: str) -> list[Json]:
    locations = []
    if finding.record is not None and finding.record.path != spot.path:
        record = _location(
            finding.record.path, finding.record.line, prefix, text=f"record of {finding.artifact}"
        )
        locations.append(record)
    if (spot.path, spot.line) != (finding.path, finding.line):
        own = _location(finding.path, finding.line, prefix, text="where it was found")
        locations.append(own)
    locations += [_link_location(link, prefix) for link in finding.chain]
    return [{"id": number, **one} for number, one in enumerate(locations[:MOST_LOCATIONS], start=1)]


def _link_location(link: Link, prefix: str) -> Json:
    return _location(link.importer, link.line, prefix, text=link.text)


def _location(
    path: ProjectPath,
    line: int | None,
    prefix: str,
    *,
    source: str | None = None,
    text: str | None = None,
) -> Json:
    """A place, on its whole line: GitHub wants all four ends, also where only a file is known."""
    start, end = 1, 1
    if source is not None and line is not None:
        start = _columns(source) - _columns(source.lstrip()) + 1
        end = _columns(source.rstrip()) + 1
    # A line of nothing but spaces ends where it begins.
    start = min(start, end)
    first = line or 1
    region = {"startLine": first, "startColumn": start, "endLine": first, "endColumn": end}
    location: Json = {
        "physicalLocation": {"artifactLocation": _artifact(path, prefix), "region": region}
    }
    return location if text is None else {**location, "message": {"text": _message(text)}}


def _artifact(path: ProjectPath, prefix: str) -> Json:
    uri = quote(in_repository(path, prefix), safe="/", errors="surrogatepass")
    # Nothing may lead out of the base that a relative reference is relative to.
    return {"uri": uri} if uri.startswith("../") else {"uri": uri, "uriBaseId": "%SRCROOT%"}


def _columns(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _message(text: str) -> str:
    """A text in which nothing is a link: viewers look for `[text](target)` in plain messages."""
    return printable(text).replace("](", "] (")


def _notification(entry: Unscanned, prefix: str) -> Json:
    return {
        "level": "warning",
        "message": {"text": _message(f"not read: {entry.reason}: {entry.detail}")},
        "locations": [_location(entry.path, entry.line, prefix)],
    }
