"""Whatever files, records and lines of source say, it is only text in every format of findings."""

from __future__ import annotations

import json
import re
from itertools import cycle, pairwise
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import astuple, replace

from analyzer.model.answers import Affected, Answer, Dependency
from analyzer.model.changes import ChangeSet, LineRange
from analyzer.model.findings import Finding, Severity
from analyzer.model.imports import Kind, Link, Unscanned, UnscannedReason
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.notification import Concerned, NotificationPlan, Notified
from analyzer.model.registry import Artifact, Origin, Place, Record, Resolution
from analyzer.model.reports import CheckAnswer, Difference, RecordChange, ReviewAnswer
from analyzer.model.rules import RULES
from analyzer.renderings.findings import Findings
from analyzer.renderings.formats import FindingsFormat, render_findings
from analyzer.renderings.inert import printable
from analyzer.sources.files import printable_path
from tests.unit.renderings import reading_reports as reading

HOSTILE = [
    "::set-output name=x::y",
    "  ::error file=a.py,line=1::boo",
    "\n::stop-commands::x\n",
    "\r::add-mask::*",
    "##[set-env name=PATH]/tmp",
    "##vso[task.setvariable variable=x]y",
    "a%0A%0D%3A%2C%25b,c:d::e",
    "</details><script>alert(1)</script><!--",
    "<img src=x onerror=alert(1)>&lt;&#60;",
    "`` ` ```\n```mermaid",
    "~~~",
    "| a | b |",
    "|---|",
    "]]></failure><testcase/>&amp;\"'",
    "[click](http://x.test) ![i](http://x.test/a.png)",
    "](1) [x](2)",
    "{0} {{1}}",
    "@team #12 GH-1 http://x.test www.x.test a@b.test :tada: $x$",
    "# heading",
    "- item",
    "1. one",
    "\u202ertl\u2066\u200b\u00ad",
    "\x1b[31mred\x1b]0;title\x07\x00\x7f\x85\x9b",
    "\u2028\u2029\x0b\x0c\x1c\ufeff\ufffe",
    "\udc80\ud83d",
    "\U0001f680\U000e0041",
    "x" * 3_000,
    '"];click N1 "javascript:alert(1)"',
    "../../etc/passwd",
    "-rf",
    " ",
    "é" * 40,
]
texts = st.sampled_from(HOSTILE) | st.text(st.characters(), max_size=30)


def build_answer(words: list[str], *, number: int, is_review: bool) -> Answer[Findings]:
    """An answer in which each text of the project is one of the words.

    Args:
        words: some are empty perhaps; whatever has to have a name takes the others.
        number: of findings.
        is_review: whether it is one, else an answer of `check`.
    """
    every = cycle(words)
    # Names come in valid Unicode: see `printable_path`.
    named = cycle([str(printable_path(word)) for word in words if word] or ["a"])

    def path() -> ProjectPath:
        return ProjectPath(next(named))

    def artifact() -> ArtifactId:
        return ArtifactId(next(named))

    def chain(length: int) -> tuple[Link, ...]:
        files = [path() for _ in range(length + 1)]
        return tuple(
            Link(first, second, line, Kind.RUNTIME, next(every))
            for line, (first, second) in enumerate(pairwise(files), start=1)
        )

    def origin() -> Origin:
        return Origin(path(), 3)

    def edge() -> Dependency:
        return Dependency(artifact(), artifact(), (Kind.RUNTIME,), chain(1))

    def notified() -> Notified:
        concerned = Concerned(artifact(), 0, "enforce"), Concerned(artifact(), 1, next(every))
        return Notified(next(every) or None, (next(named), next(named)), concerned)

    def difference() -> Difference:
        return Difference((edge(), edge()), (artifact(),), (path(),))

    rules = cycle(RULES.values())
    found: dict[str, Finding] = {}
    for count in range(number):
        rule = next(rules)
        one = Finding(
            code=rule.code,
            name=rule.name,
            severity=list(Severity)[count % 3],
            message=next(named),
            path=path(),
            line=count % 4 or None,
            artifact=artifact() if count % 2 else None,
            owner=next(every) if count % 2 else None,
            chain=chain(count % 3),
            subject=str(count),
            record=origin() if count % 2 else None,
            source=next(every) if count % 5 else None,
        )
        found[one.fingerprint] = one
    findings = tuple(sorted(found.values(), key=Finding.sort_key))
    unread = (Unscanned(path(), 1, UnscannedReason.ENCODING, next(every)),)
    if not is_review:
        return Answer("check", CheckAnswer(findings, baselined=0), unread)
    records = [Record(artifact(), origin(), owner=next(every)) for _ in range(3)]
    review = ReviewAnswer(
        base="0" * 40,
        head="f" * 40,
        is_clean=False,
        findings=findings,
        baselined=1,
        mended=findings[::2],
        added=difference(),
        removed=difference(),
        kept=(edge(),),
        records=(RecordChange(artifact(), "owner", origin(), next(every), next(every)),),
        changes=ChangeSet(files=(), lines={path(): (LineRange(1, 2),)}),
        affected=tuple(
            Affected(Artifact(one, Place(Resolution.MISSING)), 1, chain(1)) for one in records
        ),
        plan=NotificationPlan(approve=(notified(),), inform=(notified(),)),
    )
    return Answer("review", review, unread)


answers = st.builds(
    build_answer,
    st.lists(texts, min_size=1, max_size=7),
    number=st.sampled_from([0, 1, 5, 40]),
    is_review=st.booleans(),
)
many_examples = settings(max_examples=60)
everything = example(build_answer(HOSTILE, number=40, is_review=True))


F = FindingsFormat


def render(answer: Answer[Findings], format_: FindingsFormat, **options: Any) -> str:
    return render_findings(answer, format_, fail_level=Severity.WARNING, **options)


@many_examples
@everything
@given(answers)
def test_text_and_json_are_inert(answer: Answer[Findings]) -> None:
    text = render(answer, F.TEXT, is_verbose=True)
    reading.assert_inert(text)
    reading.assert_without_commands(text)
    # As many lines as of an answer that says nothing of its own.
    assert text.count("\n") == render(tamed(answer), F.TEXT, is_verbose=True).count("\n")
    document = render(answer, F.JSON)
    reading.assert_inert(document)
    reading.assert_without_commands(document)
    found = json.loads(document)["findings"]
    assert [one["path"] for one in found] == [one.path for one in answer.body.findings]
    assert [one["message"] for one in found] == [one.message for one in answer.body.findings]


def tamed(answer: Answer[Findings]) -> Answer[Findings]:
    """The same answer with each text of the findings replaced by a letter; paths stay apart."""
    names: dict[str, ProjectPath] = {}

    def name(path: str) -> ProjectPath:
        return names.setdefault(path, ProjectPath(f"p{len(names)}"))

    def tame(one: Finding) -> Finding:
        chain = tuple(
            replace(link, importer=name(link.importer), imported=name(link.imported), text="t")
            for link in one.chain
        )
        source = "s" if (one.source or "").strip() else None
        return replace(one, path=name(one.path), message="m", chain=chain, source=source)

    found = tuple(map(tame, answer.body.findings))
    return replace(answer, body=replace(answer.body, findings=found))


@many_examples
@everything
@given(answers)
def test_github_reads_each_annotation_back(answer: Answer[Findings]) -> None:
    annotations, _ = reading.read_github(render(answer, F.GITHUB))
    shown = {"error": 0, "warning": 0, "info": 0}
    for one in answer.body.findings:
        shown[one.severity] = min(10, shown[one.severity] + 1)
    assert len(annotations) == sum(shown.values())
    messages = {printable(one.message) for one in answer.body.findings}
    places = {
        re.sub(r"[^\r\n]+", lambda part: printable(part.group()), path)
        for one in answer.body.findings
        for path in (one.path, *(link.importer for link in one.chain))
    }
    for annotation in annotations:
        assert annotation.message.split("\n")[0] in messages
        assert annotation.properties["file"] in places


@many_examples
@everything
@given(answers)
def test_reports_hold_each_finding_and_nothing_else(answer: Answer[Findings]) -> None:
    found = answer.body.findings
    fingerprints = [one.fingerprint for one in found]
    report = reading.read_json_report("gitlab", render(answer, F.GITLAB))
    assert [one["fingerprint"] for one in report] == fingerprints
    document = reading.read_json_report("rdjson", render(answer, F.RDJSON))
    assert [one["code"]["value"] for one in document["diagnostics"]] == [one.code for one in found]
    root = reading.read_junit(render(answer, F.JUNIT))
    cases = root.findall(".//testcase")
    assert len(cases) == (len(found) or 1)
    assert [one.get("classname") for one in cases if found] == [
        printable(one.path) for one in found
    ]
    assert len(root.findall(".//failure")) == sum(one.severity != "info" for one in found)
    run = reading.read_sarif(render(answer, F.SARIF))
    known = [one["partialFingerprints"]["analyzerFingerprint/v1"] for one in run["results"]]
    assert known == fingerprints
    for result, one in zip(run["results"], found, strict=True):
        places = {one.path, *(link.importer for link in one.chain)}
        assert reading.sarif_path(result["locations"][0]) in places


@many_examples
@everything
@given(answers)
def test_a_summary_is_headings_lists_code_and_two_pictures(answer: Answer[Findings]) -> None:
    tokens = reading.read_markdown(render(answer, F.MARKDOWN))
    pictures = reading.read_mermaid(tokens)
    body = answer.body
    # Where texts of thousands of characters leave no room, pictures and entries are left out.
    is_whole = not any("…" in token.content for token in tokens)
    is_drawn = isinstance(body, ReviewAnswer)
    assert len(pictures) == 2 * is_drawn or not is_whole
    texts = [token.content for token in tokens if token.type == "text"]
    shown = sum(text in {"error", "warning", "info"} for text in texts)
    assert shown == len(body.findings) or not is_whole
    spans = {token.content for token in tokens if token.type == "code_inline"}
    assert not is_whole or spans >= {printable(one.path) for one in body.findings if not one.chain}


@settings(max_examples=10)
@example("@ " * 150)
@example("\U0001f680" * 300)
@example("\U000e0041" * 99)
@example("`" * 300)
@given(texts.filter(bool))
def test_no_text_makes_a_summary_too_long(text: str) -> None:
    answer = build_answer([text * 3], number=6, is_review=True)
    body = answer.body
    assert isinstance(body, ReviewAnswer)
    owners = [
        replace(
            one, artifact=replace(one.artifact, record=replace(one.artifact.record, owner=name))
        )
        for one in body.affected
        for name in (f"{number}{text}" for number in range(100))
    ]
    ids = tuple(Concerned(ArtifactId(f"{number}{text}"), 0, "enforce") for number in range(9))
    people = tuple(Notified(f"{number}{text}", (text,) * 9, ids) for number in range(100))
    long = replace(body.findings[0], chain=body.kept[0].chain * 40)
    full = replace(
        body,
        findings=(*body.findings, long) * 9,
        mended=body.findings * 9,
        added=Difference(*(part * 30 for part in astuple(body.added))),
        removed=Difference(*(part * 30 for part in astuple(body.removed))),
        records=body.records * 30,
        affected=owners,
        plan=NotificationPlan(approve=people, inform=people),
    )
    summary = render(replace(answer, body=full, unscanned=answer.unscanned * 30), F.MARKDOWN)
    assert len(summary.encode()) < 65_536
    reading.read_markdown(summary)
