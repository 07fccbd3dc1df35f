"""Answers as text for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from analyzer.model.answers import (
    Affected,
    Answer,
    ArtifactExport,
    CheckAnswer,
    Dependency,
    DepsAnswer,
    ImpactAnswer,
    ModuleExport,
    OrphansAnswer,
    RegistryAnswer,
    ShowAnswer,
    StatusAnswer,
    WhyAnswer,
)
from analyzer.model.findings import Finding, Severity
from analyzer.model.imports import Chain, Kind, Link, Unscanned
from analyzer.model.registry import Artifact
from analyzer.renderings.documents import Body

_INDENT = "  "
_MOST_LISTED = 20
_NOT_ANALYSED = "not analysed: it has no Python code, or no place"


def render_text(answer: Answer[Body], *, is_verbose: bool = False) -> str:
    """An answer as text; `is_verbose` lists what is otherwise only counted."""
    lines = [*_body(answer.body, is_verbose=is_verbose)]
    lines += _incomplete(answer.unscanned, is_verbose=is_verbose)
    return "\n".join(map(_printable, lines)).rstrip("\n") + "\n"


def _printable(line: str) -> str:
    """A line without what moves a terminal's cursor: file names and sources may hold anything."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in line)


def _body(body: Body, *, is_verbose: bool) -> Iterator[str]:
    match body:
        case StatusAnswer():
            yield from _status(body, is_verbose=is_verbose)
        case ShowAnswer():
            yield from _show(body)
        case DepsAnswer():
            yield from _deps(body)
        case WhyAnswer():
            yield from _why(body)
        case ImpactAnswer():
            yield from _impact(body, is_verbose=is_verbose)
        case OrphansAnswer():
            yield from _orphans(body, is_verbose=is_verbose)
        case CheckAnswer():
            yield from _check(body)
        case RegistryAnswer():
            yield from _artifact_table(body.artifacts)
        case ArtifactExport():
            yield from _dependency_lines(body.dependencies)
        case ModuleExport():
            yield from (_link(link) for link in body.links)


def _status(body: StatusAnswer, *, is_verbose: bool) -> Iterator[str]:
    tests = _count(body.test_modules, "test")
    imports = _count(body.imports, "import")
    yield f"Code        {_count(body.modules, 'module')} ({tests}), {imports} between them"
    yield f"            {_count(len(body.roots), 'root')}: {', '.join(r.path for r in body.roots)}"
    located = sum(bool(one.place.paths) for one in body.artifacts)
    yield f"Artifacts   {len(body.artifacts)} registered, {located} found in the code"
    for label, values in (
        ("by wave", [_text(one.record.wave) for one in body.artifacts]),
        ("by type", [_text(one.record.type) for one in body.artifacts]),
        ("by owner", [_text(one.record.owner) for one in body.artifacts]),
    ):
        if values:
            yield f"  {label:<9} {_tally(values)}"
    dependencies = _count(body.dependencies, "dependency", "dependencies")
    orphans = _count(body.orphans, "orphan")
    yield f"Graph       {dependencies} between artifacts, {orphans}"
    counts = Counter(finding.severity for finding in body.findings)
    yield f"Findings    {', '.join(f'{counts[one]} {one}' for one in Severity)}"
    codes = Counter((finding.code, finding.name) for finding in body.findings)
    for (code, name), count in sorted(codes.items()):
        yield f"  {code}  {count:>5}  {name}"
    if body.ambiguous:
        yield f"Ambiguous   {_count(len(body.ambiguous), 'import')} that fit several roots"
        for one in body.ambiguous if is_verbose else body.ambiguous[:3]:
            candidates = ", ".join(one.candidates)
            yield f"  {one.importer}:{one.line}  {one.name}: {candidates}"
        yield from _more(len(body.ambiguous), 3, is_verbose=is_verbose)
    if body.skipped:
        yield f"Not records {_count(len(body.skipped), 'YAML file')} in the registry"
        for path in body.skipped if is_verbose else body.skipped[:3]:
            yield f"  {path}"
        yield from _more(len(body.skipped), 3, is_verbose=is_verbose)


def _show(body: ShowAnswer) -> Iterator[str]:
    artifact, record = body.artifact, body.artifact.record
    yield f"{record.id}  {record.name or ''}".rstrip()
    if record.purpose:
        yield f"{_INDENT}{record.purpose}"
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
            yield f"{_INDENT}{label:<10}{value}"
    place = artifact.place
    yield f"{_INDENT}{'place':<10}{', '.join(place.paths) or 'none'}"
    yield f"{_INDENT}{'':<10}{place.resolution}: {place.explanation}"
    for candidate in place.candidates:
        yield f"{_INDENT}{'':<10}candidate: {candidate}"
    yield ""
    if not body.is_analysed:
        yield _NOT_ANALYSED
        return
    yield f"Depends on {_count(len(body.dependencies), 'artifact')}"
    yield from _dependency_lines(body.dependencies, shows="depends_on")
    yield f"Used by {_count(len(body.dependents), 'artifact')}"
    yield from _dependency_lines(body.dependents, shows="dependent")


def _deps(body: DepsAnswer) -> Iterator[str]:
    how = "also through other artifacts" if body.is_transitive else "directly"
    count = _count(len(body.dependencies), "artifact")
    if not body.is_analysed:
        yield f"{body.artifact.id}: {_NOT_ANALYSED}"
        return
    if body.is_reverse:
        verb = "depends" if len(body.dependencies) == 1 else "depend"
        yield f"{count} {verb} on {body.artifact.id}, {how}"
        yield from _dependency_lines(body.dependencies, shows="dependent")
        if body.unregistered:
            yield f"{_count(len(body.unregistered), 'file')} of no artifact reach it"
            for one in body.unregistered:
                yield f"{_INDENT}{one.path}  (through {_place(one.chain[-1])})"
        return
    yield f"{body.artifact.id} depends on {count}, {how}"
    yield from _dependency_lines(body.dependencies, shows="depends_on")
    if body.unregistered:
        yield f"It reaches {_count(len(body.unregistered), 'file')} of no artifact"
        for one in body.unregistered:
            yield f"{_INDENT}{one.path}  (through {_place(one.chain[0])})"


def _why(body: WhyAnswer) -> Iterator[str]:
    if not body.chain:
        yield f"No chain of imports leads from {body.source} to {body.target}"
        return
    yield f"{body.source} reaches {body.target} in {_count(len(body.chain), 'step')}"
    yield from _chain_lines(body.chain)


def _impact(body: ImpactAnswer, *, is_verbose: bool) -> Iterator[str]:
    yield f"A change of {_count(len(body.changed), 'file')} can affect " + ", ".join(
        (
            _count(len(body.affected), "artifact"),
            _count(len(body.modules), "module"),
            _count(len(body.tests), "test file"),
        )
    )
    for changed in body.changed if is_verbose else body.changed[:_MOST_LISTED]:
        yield f"{_INDENT}0  {changed.path}  ({changed.artifact or 'of no artifact'})"
    yield from _more(len(body.changed), _MOST_LISTED, is_verbose=is_verbose)
    for one in body.affected:
        yield from _affected_lines(one)
    if body.unseen:
        files = _count(len(body.unseen), "changed file")
        yield f"Not counted is what uses {files}: gone, or no Python code"
        for path in body.unseen if is_verbose else body.unseen[:3]:
            yield f"{_INDENT}{path}"
        yield from _more(len(body.unseen), 3, is_verbose=is_verbose)
    if body.owners:
        yield "Tell"
        for share in body.owners:
            yield f"{_INDENT}{share.owner or 'nobody owns'}: {', '.join(share.artifacts)}"
    if body.tests:
        yield "Run"
        for path in body.tests if is_verbose else body.tests[:_MOST_LISTED]:
            yield f"{_INDENT}{path}"
        yield from _more(len(body.tests), _MOST_LISTED, is_verbose=is_verbose)


def _affected_lines(one: Affected) -> Iterator[str]:
    record = one.artifact.record
    about = ", ".join(str(value) for value in (record.type, record.owner) if value is not None)
    yield f"{_INDENT}{one.distance}  {record.id}  {record.name or ''} ({about})"
    for link in one.chain:
        yield f"{_INDENT * 4}{_link(link)}"


def _orphans(body: OrphansAnswer, *, is_verbose: bool) -> Iterator[str]:
    yield f"{_count(len(body.orphans), 'orphan')}"
    for one in body.orphans:
        yield f"{_INDENT}{one.artifact.id}  {one.reason} ({one.confidence})  {one.path}"
        yield f"{_INDENT * 3}{one.explanation}"
        for link in one.evidence if is_verbose else one.evidence[:3]:
            yield f"{_INDENT * 3}{_link(link)}"
        for line in _more(len(one.evidence), 3, is_verbose=is_verbose):
            yield _INDENT * 2 + line
    if body.not_analysed:
        count = _count(len(body.not_analysed), "artifact")
        yield f"{count} not judged: no Python code, or used by other means than imports"
        if is_verbose:
            yield from (f"{_INDENT}{id_}" for id_ in body.not_analysed)


def _check(body: CheckAnswer) -> Iterator[str]:
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
    counts = Counter(finding.severity for finding in body.findings)
    if not body.findings:
        yield "No findings"
    else:
        total = _count(len(body.findings), "finding")
        yield f"{total}: {', '.join(f'{counts[one]} {one}' for one in Severity)}"


def _finding_lines(finding: Finding) -> Iterator[str]:
    line = "" if finding.line is None else f"{finding.line}"
    yield f"{line:>6}  {finding.severity:<7}  {finding.code}  {finding.message}"
    for link in finding.chain:
        if len(finding.chain) > 1 or (link.importer, link.line) != (finding.path, finding.line):
            yield f"{'':>17}{_link(link)}"


def _artifact_table(artifacts: Sequence[Artifact]) -> Iterator[str]:
    rows = [["ID", "WAVE", "TYPE", "OWNER", "PLACE"]]
    for one in artifacts:
        record = one.record
        place = ", ".join(one.place.paths) or f"({one.place.resolution})"
        rows.append([one.id, *map(_text, (record.wave, record.type, record.owner)), place])
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
        yield f"{_INDENT}{name}  ({', '.join(one.kinds)})"
        yield from _chain_lines(one.chain)


def _chain_lines(chain: Chain) -> Iterator[str]:
    for link in chain:
        yield f"{_INDENT * 3}{_link(link)}"


def _link(link: Link) -> str:
    kind = "" if link.kind is Kind.RUNTIME else f" ({link.kind})"
    return f"{_place(link)}: {link.text}  [{link.imported}]{kind}"


def _place(link: Link) -> str:
    return f"{link.importer}:{link.line}"


def _incomplete(unscanned: Sequence[Unscanned], *, is_verbose: bool) -> Iterator[str]:
    if not unscanned:
        return
    yield ""
    yield f"Incomplete: {_count(len(unscanned), 'place')} could not be read"
    for entry in unscanned if is_verbose else unscanned[:3]:
        line = "" if entry.line is None else f":{entry.line}"
        yield f"{_INDENT}{entry.path}{line}  {entry.reason}: {entry.detail}"
    yield from _more(len(unscanned), 3, is_verbose=is_verbose)


def _more(total: int, shown: int, *, is_verbose: bool) -> Iterator[str]:
    if total > shown and not is_verbose:
        yield f"{_INDENT}and {total - shown} more (-v lists them all)"


def _count(number: int, noun: str, nouns: str | None = None) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {nouns or noun + 's'}"


def _tally(values: Iterable[str]) -> str:
    counts = Counter(values)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{value} {count}" for value, count in ordered)


def _text(value: object) -> str:
    return "none" if value is None else str(value)
