"""Answers as text for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from analyzer.model.answers import (
    Affected,
    Answer,
    ArtifactExport,
    Dependency,
    DepsAnswer,
    ImpactAnswer,
    ModuleExport,
    OrphansAnswer,
    Reasoning,
    RegistryAnswer,
    ShowAnswer,
    StatusAnswer,
    WhyAnswer,
)
from analyzer.model.change_records import DraftedChange
from analyzer.model.discovery import AdditionAnswer, DiscoveryAnswer
from analyzer.model.findings import Severity
from analyzer.model.imports import Unscanned
from analyzer.model.ownership import CompiledCodeowners, OwnersAnswer
from analyzer.model.progress import ProgressAnswer
from analyzer.model.registry import Artifact
from analyzer.model.reports import BaselineAnswer, CheckAnswer, ReviewAnswer
from analyzer.model.rules import ExplainedRule, RuleCatalogue
from analyzer.renderings.baseline import baseline_lines, stale_lines
from analyzer.renderings.codeowners import render_codeowners
from analyzer.renderings.discovery import addition_lines, discovery_lines
from analyzer.renderings.documents import Body
from analyzer.renderings.progress import progress_lines
from analyzer.renderings.rules import rules_lines
from analyzer.renderings.text_findings import findings_lines
from analyzer.renderings.text_orphans import orphan_lines, reasoning_lines
from analyzer.renderings.text_owners import owners_lines, plan_lines
from analyzer.renderings.text_parts import (
    INDENT,
    chain_lines,
    counted,
    endpoint_lines,
    entry_point_lines,
    link_line,
    more_lines,
    place_of,
    shown,
    tally,
    text_of,
    unmounted_lines,
)

_MOST_LISTED = 20
_NOT_ANALYSED = "not analysed: it has no Python code, or no place"


def render_text(answer: Answer[Body], *, is_verbose: bool = False) -> str:
    """An answer as text; `is_verbose` lists what is otherwise only counted."""
    lines = [*_body(answer.body, is_verbose=is_verbose)]
    lines += _incomplete(answer.unscanned, is_verbose=is_verbose)
    return text_of(lines)


def _body(body: Body, *, is_verbose: bool) -> Iterator[str]:  # noqa: PLR0912 - one for each type
    match body:
        case StatusAnswer():
            yield from _status(body, is_verbose=is_verbose)
        case ShowAnswer():
            yield from _show(body, is_verbose=is_verbose)
        case DepsAnswer():
            yield from _deps(body)
        case WhyAnswer():
            yield from _why(body)
        case ImpactAnswer():
            yield from _impact(body, is_verbose=is_verbose)
        case OrphansAnswer():
            yield from orphan_lines(body, is_verbose=is_verbose)
        case Reasoning():
            yield from reasoning_lines(body, is_verbose=is_verbose)
        case CheckAnswer():
            yield from findings_lines(body)
            yield from stale_lines(body.stale, is_verbose=is_verbose)
        case ReviewAnswer():
            yield from findings_lines(body)
        case BaselineAnswer():
            yield from baseline_lines(body, is_verbose=is_verbose)
        case ExplainedRule() | RuleCatalogue():
            yield from rules_lines(body)
        case ProgressAnswer():
            yield from progress_lines(body, is_verbose=is_verbose)
        case CompiledCodeowners():
            yield from render_codeowners(body).splitlines()
        case DraftedChange():
            yield from _drafted(body)
        case OwnersAnswer():
            yield from owners_lines(body, is_verbose=is_verbose)
        case RegistryAnswer():
            yield from _artifact_table(body.artifacts)
        case DiscoveryAnswer():
            yield from discovery_lines(body, is_verbose=is_verbose)
        case AdditionAnswer():
            yield from addition_lines(body)
        case ArtifactExport():
            yield from _dependency_lines(body.dependencies)
        case ModuleExport():
            yield from (link_line(link) for link in (*body.links, *body.other_links))


def _status(body: StatusAnswer, *, is_verbose: bool) -> Iterator[str]:
    tests = counted(body.test_modules, "test")
    imports = counted(body.imports, "import")
    yield f"Code        {counted(body.modules, 'module')} ({tests}), {imports} between them"
    yield f"            {counted(len(body.roots), 'root')}: {', '.join(r.path for r in body.roots)}"
    located = sum(bool(one.place.paths) for one in body.artifacts)
    yield f"Artifacts   {len(body.artifacts)} registered, {located} found in the code"
    for label, values in (
        ("by wave", [shown(one.record.wave) for one in body.artifacts]),
        ("by type", [shown(one.record.type) for one in body.artifacts]),
        ("by owner", [shown(one.record.owner) for one in body.artifacts]),
    ):
        if values:
            yield f"  {label:<9} {tally(values)}"
    dependencies = counted(body.dependencies, "dependency", "dependencies")
    orphans = counted(body.orphans, "orphan")
    yield f"Graph       {dependencies} between artifacts, {orphans}"
    if body.entry_points:
        points = counted(len(body.entry_points), "entry point")
        files = counted(len({one.path for one in body.entry_points}), "file")
        yield f"Started     {files} by {points}: {tally(one.kind for one in body.entry_points)}"
        yield from entry_point_lines(body.entry_points if is_verbose else ())
    if body.endpoints:
        doubtful = sum(one.is_doubtful for one in body.endpoints)
        unmounted = sum(not one.is_mounted for one in body.endpoints) - doubtful
        rest = f", of {doubtful} that is not known" if doubtful else ""
        endpoints = counted(len(body.endpoints), "endpoint")
        yield f"Routes      {endpoints}, {unmounted} not mounted{rest}"
        idle = [one for one in body.endpoints if not one.is_mounted]
        yield from endpoint_lines(idle if is_verbose else (), is_verbose=is_verbose)
    counts = Counter(finding.severity for finding in body.findings)
    yield f"Findings    {', '.join(f'{counts[one]} {one}' for one in Severity)}"
    codes = Counter((finding.code, finding.name) for finding in body.findings)
    for (code, name), count in sorted(codes.items()):
        yield f"  {code}  {count:>5}  {name}"
    if body.ambiguous:
        yield f"Ambiguous   {counted(len(body.ambiguous), 'import')} that fit several roots"
        for one in body.ambiguous if is_verbose else body.ambiguous[:3]:
            candidates = ", ".join(one.candidates)
            yield f"  {one.importer}:{one.line}  {one.name}: {candidates}"
        yield from more_lines(len(body.ambiguous), 3, is_verbose=is_verbose)
    if body.skipped:
        yield f"Not records {counted(len(body.skipped), 'YAML file')} in the registry"
        for path in body.skipped if is_verbose else body.skipped[:3]:
            yield f"  {path}"
        yield from more_lines(len(body.skipped), 3, is_verbose=is_verbose)


def _show(body: ShowAnswer, *, is_verbose: bool) -> Iterator[str]:
    artifact, record = body.artifact, body.artifact.record
    yield f"{record.id}  {record.name or ''}".rstrip()
    if record.purpose:
        yield f"{INDENT}{record.purpose}"
    for label, value in (
        ("type", record.type),
        ("status", record.status),
        ("owner", record.owner),
        ("level", record.authority_level),
        ("product", record.product),
        ("wave", record.wave),
        ("priority", record.priority),
        ("record", str(record.origin)),
    ):
        if value is not None:
            yield f"{INDENT}{label:<10}{value}"
    place = artifact.place
    yield f"{INDENT}{'place':<10}{', '.join(place.paths) or 'none'}"
    yield f"{INDENT}{'':<10}{place.resolution}: {place.explanation}"
    for candidate in place.candidates:
        yield f"{INDENT}{'':<10}candidate: {candidate}"
    yield ""
    if body.entry_points:
        yield "Started by"
        yield from entry_point_lines(body.entry_points)
    if body.endpoints:
        yield f"Answers to {counted(len(body.endpoints), 'endpoint')}"
        yield from endpoint_lines(body.endpoints, is_verbose=is_verbose)
    for application in body.applications:
        yield f"Mounted on {application.path}, which is started by"
        yield from entry_point_lines(application.entry_points)
        yield from chain_lines(application.chain)
        if not application.entry_points:
            yield f"{INDENT}nothing that was found; a web server may be told its name elsewhere"
    yield from unmounted_lines(body.unmounted)
    if not body.is_analysed:
        yield _NOT_ANALYSED
        return
    yield f"Depends on {counted(len(body.dependencies), 'artifact')}"
    yield from _dependency_lines(body.dependencies, shows="depends_on")
    yield f"Used by {counted(len(body.dependents), 'artifact')}"
    yield from _dependency_lines(body.dependents, shows="dependent")


def _deps(body: DepsAnswer) -> Iterator[str]:
    how = "also through other artifacts" if body.is_transitive else "directly"
    count = counted(len(body.dependencies), "artifact")
    if not body.is_analysed:
        yield f"{body.artifact.id}: {_NOT_ANALYSED}"
        return
    if body.is_reverse:
        verb = "depends" if len(body.dependencies) == 1 else "depend"
        yield f"{count} {verb} on {body.artifact.id}, {how}"
        yield from _dependency_lines(body.dependencies, shows="dependent")
        if body.unregistered:
            yield f"{counted(len(body.unregistered), 'file')} of no artifact reach it"
            for one in body.unregistered:
                yield f"{INDENT}{one.path}  (through {place_of(one.chain[-1])})"
        return
    yield f"{body.artifact.id} depends on {count}, {how}"
    yield from _dependency_lines(body.dependencies, shows="depends_on")
    if body.unregistered:
        yield f"It reaches {counted(len(body.unregistered), 'file')} of no artifact"
        for one in body.unregistered:
            yield f"{INDENT}{one.path}  (through {place_of(one.chain[0])})"


def _why(body: WhyAnswer) -> Iterator[str]:
    if not body.chain:
        yield f"No chain of imports leads from {body.source} to {body.target}"
        return
    yield f"{body.source} reaches {body.target} in {counted(len(body.chain), 'step')}"
    yield from chain_lines(body.chain)


def _impact(body: ImpactAnswer, *, is_verbose: bool) -> Iterator[str]:
    yield f"A change of {counted(len(body.changed), 'file')} can affect " + ", ".join(
        (
            counted(len(body.affected), "artifact"),
            counted(len(body.modules), "module"),
            counted(len(body.tests), "test file"),
        )
    )
    for changed in body.changed if is_verbose else body.changed[:_MOST_LISTED]:
        yield f"{INDENT}0  {changed.path}  ({changed.artifact or 'of no artifact'})"
    yield from more_lines(len(body.changed), _MOST_LISTED, is_verbose=is_verbose)
    for one in body.affected:
        yield from _affected_lines(one)
    if body.unseen:
        files = counted(len(body.unseen), "changed file")
        yield f"Not counted is what uses {files}: gone, or no Python code"
        for path in body.unseen if is_verbose else body.unseen[:3]:
            yield f"{INDENT}{path}"
        yield from more_lines(len(body.unseen), 3, is_verbose=is_verbose)
    yield from plan_lines(body.plan)
    if body.endpoints:
        yield f"Endpoints ({len(body.endpoints)})"
        endpoints = [one.endpoint for one in body.endpoints]
        yield from endpoint_lines(endpoints, is_verbose=is_verbose)
    if body.tests:
        yield "Run"
        for path in body.tests if is_verbose else body.tests[:_MOST_LISTED]:
            yield f"{INDENT}{path}"
        yield from more_lines(len(body.tests), _MOST_LISTED, is_verbose=is_verbose)


def _affected_lines(one: Affected) -> Iterator[str]:
    record = one.artifact.record
    about = ", ".join(str(value) for value in (record.type, record.owner) if value is not None)
    yield f"{INDENT}{one.distance}  {record.id}  {record.name or ''} ({about})"
    for link in one.chain:
        yield f"{INDENT * 4}{link_line(link)}"


def _drafted(body: DraftedChange) -> Iterator[str]:
    yield f"{body.path}: {counted(len(body.artifacts), 'artifact')}; fill in {', '.join(body.open)}"


def _artifact_table(artifacts: Sequence[Artifact]) -> Iterator[str]:
    rows = [["ID", "WAVE", "TYPE", "OWNER", "PLACE"]]
    for one in artifacts:
        record = one.record
        place = ", ".join(one.place.paths) or f"({one.place.resolution})"
        rows.append([one.id, *map(shown, (record.wave, record.type, record.owner)), place])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _dependency_lines(
    dependencies: Iterable[Dependency], *, shows: str | None = None
) -> Iterator[str]:
    for one in dependencies:
        match shows:
            case "depends_on":
                name = f"{one.depends_on}"
            case "dependent":
                name = f"{one.dependent}"
            case _:
                name = f"{one.dependent} -> {one.depends_on}"
        yield f"{INDENT}{name}  ({', '.join(one.kinds)})"
        yield from chain_lines(one.chain)


def _incomplete(unscanned: Sequence[Unscanned], *, is_verbose: bool) -> Iterator[str]:
    if not unscanned:
        return
    yield ""
    yield f"Incomplete: {counted(len(unscanned), 'place')} could not be read"
    for entry in unscanned if is_verbose else unscanned[:3]:
        line = "" if entry.line is None else f":{entry.line}"
        yield f"{INDENT}{entry.path}{line}  {entry.reason}: {entry.detail}"
    yield from more_lines(len(unscanned), 3, is_verbose=is_verbose)
