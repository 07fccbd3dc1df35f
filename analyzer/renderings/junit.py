"""Findings as the report of a test run, in JUnit's XML as Jenkins and GitLab read it.

After Jenkins' schema, junit-10.xsd of its xunit plugin. There is neither a time nor a host in it:
the same findings give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.etree import ElementTree as ET

from analyzer.model.answers import Answer
from analyzer.model.findings import Finding, Severity
from analyzer.renderings.findings import Findings, is_failing, noun_of
from analyzer.renderings.inert import escape_in_xml, log_line, printable
from analyzer.renderings.text_parts import link_line


def render_junit(answer: Answer[Findings], *, fail_level: Severity) -> str:
    """Return the report: a suite for each file, a test for each finding.

    A finding at the level or above it is a failure, any other one a test that was skipped, so the
    report fails exactly where the command does. Without findings there is one test, which passes:
    Jenkins takes a report without any for a mistake.
    """
    findings = answer.body.findings
    root = ET.Element("testsuites", _counts("analyzer", findings, fail_level, is_suite=False))
    for path, group in groupby(findings, key=lambda one: one.path):
        found = tuple(group)
        suite = ET.SubElement(root, "testsuite", _counts(path, found, fail_level, is_suite=True))
        for finding in found:
            _add_case(suite, finding, fail_level)
    if not findings:
        suite = ET.SubElement(root, "testsuite", _counts("analyzer", (), fail_level, is_suite=True))
        ET.SubElement(suite, "testcase", {"name": f"No {noun_of(answer.body)}s"})
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{escape_in_xml(text)}\n'


def _counts(
    name: str, findings: tuple[Finding, ...], fail_level: Severity, *, is_suite: bool
) -> dict[str, str]:
    failures = sum(is_failing(one, fail_level) for one in findings)
    counts = {
        "name": printable(name),
        "tests": str(len(findings) or 1),
        "failures": str(failures),
        "errors": "0",
    }
    return counts | {"skipped": str(len(findings) - failures)} if is_suite else counts


def _add_case(suite: ET.Element, finding: Finding, fail_level: Severity) -> None:
    # No line in the name: GitLab knows a test by it from one run to the next.
    name = printable(f"{finding.code} {finding.message}")
    case = ET.SubElement(suite, "testcase", {"name": name, "classname": printable(finding.path)})
    tag = "failure" if is_failing(finding, fail_level) else "skipped"
    attributes = {"type": finding.severity.value, "message": printable(finding.message)}
    element = ET.SubElement(case, tag, attributes)
    element.text = "\n".join(map(log_line, _details(finding)))


def _details(finding: Finding) -> Iterator[str]:
    place = finding.path if finding.line is None else f"{finding.path}:{finding.line}"
    yield f"{place}: {finding.severity}: {finding.code} {finding.name}"
    if finding.source is not None:
        yield f"    {finding.source.strip()}"
    if len(finding.chain) > 1:
        for link in finding.chain:
            yield link_line(link)
    if finding.record is not None:
        yield f"record: {finding.record}"
