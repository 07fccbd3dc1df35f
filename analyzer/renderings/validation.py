"""What is wrong with records, a line each as compilers write it, and as JSON with columns."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.model.answers import Answer
from analyzer.model.findings import Finding
from analyzer.model.reports import CheckAnswer, ValidationAnswer
from analyzer.renderings.documents import begin_document, findings_document
from analyzer.renderings.findings import count_line
from analyzer.renderings.inert import dump_json
from analyzer.renderings.text_parts import counted, text_of


def render_validation_text(answer: ValidationAnswer) -> str:
    """`path:line:column: severity CODE message`, which editors jump to, and how many there are."""
    return text_of(_lines(answer))


def render_validation_json(answer: Answer[ValidationAnswer]) -> str:
    """The document of `check`, with the number of records and the column of each finding."""
    body = answer.body
    document = begin_document(answer) | findings_document(body.findings, 0)
    document["findings"] = [
        {**shown, "column": finding.column}
        for shown, finding in zip(document["findings"], body.findings, strict=True)
    ]
    del document["summary"]["baselined"]
    return dump_json({**document, "records": body.records})


def _lines(answer: ValidationAnswer) -> Iterator[str]:
    for finding in answer.findings:
        yield f"{_place(finding)}: {finding.severity} {finding.code} {finding.message}"
    counts = count_line(CheckAnswer(answer.findings, baselined=0))
    yield f"{counted(answer.records, 'record')}; {counts[:1].lower()}{counts[1:]}"


def _place(finding: Finding) -> str:
    parts = (finding.path, finding.line, finding.column if finding.line is not None else None)
    return ":".join(str(part) for part in parts if part is not None)
