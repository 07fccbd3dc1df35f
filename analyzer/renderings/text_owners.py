"""`owners`, and the notification plans of `impact` and `review`, as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from analyzer.model.authority import ACTING
from analyzer.model.findings import Severity
from analyzer.model.history import ArtifactHistory, HistoryAnswer
from analyzer.model.notification import Concerned, NotificationPlan
from analyzer.model.owners import order_of_owner
from analyzer.model.ownership import OwnerDependency, OwnersAnswer, OwnerShareOfSystem
from analyzer.renderings.text_parts import INDENT, chain_lines, counted, more_lines, shown

_NOBODY = "nobody"
_MOST_LISTED = 20
_WIDEST_MATRIX = 12
"""Owners: a matrix of more is wider than a terminal."""
_MOST_AUTHORS = 3


def plan_lines(plan: NotificationPlan) -> Iterator[str]:
    """Who has to approve, and who has to know; nothing where a change concerns nobody."""
    for title, people in (("Must approve", plan.approve), ("Tell", plan.inform)):
        if people:
            yield title
            for one in people:
                name = _named(one.owner or "no owner", one.handles)
                yield f"{INDENT}{name}: {', '.join(map(_concerned, one.artifacts))}"


def _named(owner: str, handles: Sequence[str]) -> str:
    """A name, and what CODEOWNERS calls it where that is something else."""
    others = ", ".join(handle for handle in handles if handle != owner)
    return f"{owner} ({others})" if others else owner


def _concerned(one: Concerned) -> str:
    about = [] if one.distance else ["touched"]
    if one.authority in ACTING:
        about.append(f"may {one.authority}")
    return f"{one.artifact} ({', '.join(about)})" if about else one.artifact


def owners_lines(body: OwnersAnswer, *, is_verbose: bool) -> Iterator[str]:
    """Each owner, the matrix, the worst chain of each pair, and what is left without anybody."""
    yield from _codeowners(body)
    for one in body.owners:
        yield from _owner(one, body.dependencies, is_verbose=is_verbose)
    if body.dependencies:
        yield ""
        yield from _matrix(body.dependencies)
        yield "Worst of each pair: leads to what may do most, then the longest chain"
        for edge in body.dependencies:
            yield from _worst(edge)
    if body.without_owner:
        yield ""
        yield f"Without an owner: {counted(len(body.without_owner), 'record')}"
        for artifact in body.without_owner if is_verbose else body.without_owner[:_MOST_LISTED]:
            place = f"{artifact.record.origin.path}:{artifact.record.line_of('owner')}"
            yield f"{INDENT}{artifact.id}  {place}"
        yield from more_lines(len(body.without_owner), _MOST_LISTED, is_verbose=is_verbose)
    yield from _unowned(body, is_verbose=is_verbose)
    if body.history is not None:
        yield ""
        yield from _history(body.history, is_verbose=is_verbose)


def _codeowners(body: OwnersAnswer) -> Iterator[str]:
    found = body.codeowners
    if found is None:
        yield "CODEOWNERS  none"
        return
    yield f"CODEOWNERS  {found.path}, {counted(len(found.rules), 'rule')} ({found.dialect})"
    for problem in found.problems:
        yield f"{INDENT}{found.path}:{problem.line}: {problem.message}"
    for rule in body.idle:
        yield f"{INDENT}{found.path}:{rule.line}: {rule.pattern} fits no file"


def _owner(
    one: OwnerShareOfSystem, edges: Sequence[OwnerDependency], *, is_verbose: bool
) -> Iterator[str]:
    yield _named(one.owner or _NOBODY, one.handles)
    counts = Counter(finding.severity for finding in one.findings)
    findings = ", ".join(f"{counts[severity]} {severity}" for severity in Severity)
    yield INDENT + ", ".join(
        (
            counted(len(one.artifacts), "artifact"),
            counted(len(one.endpoints), "endpoint"),
            f"findings: {findings}",
        )
    )
    for verb, found in (
        ("depends on", {edge.depends_on: edge for edge in edges if edge.dependent == one.owner}),
        ("used by", {edge.dependent: edge for edge in edges if edge.depends_on == one.owner}),
    ):
        if found:
            each = (f"{name or _NOBODY} ({edge.dependencies})" for name, edge in found.items())
            yield f"{INDENT}{verb} {', '.join(each)}"
    if is_verbose:
        yield from (f"{INDENT * 2}{id_}" for id_ in one.artifacts)


def _matrix(edges: Sequence[OwnerDependency]) -> Iterator[str]:
    """Counts of dependencies, a row for each owner that depends on others."""
    ends = {end for edge in edges for end in (edge.dependent, edge.depends_on)}
    if len(ends) > _WIDEST_MATRIX:
        return
    names = sorted(ends, key=order_of_owner)
    counts = {(edge.dependent, edge.depends_on): edge.dependencies for edge in edges}
    rows = [["row depends on column", *(name or _NOBODY for name in names)]]
    for row in names:
        cells = ["." if row == column else f"{counts.get((row, column), 0)}" for column in names]
        rows.append([row or _NOBODY, *cells])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *cells in rows:
        numbers = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield f"{first.ljust(widths[0])}  {'  '.join(numbers)}"


def _worst(edge: OwnerDependency) -> Iterator[str]:
    one = edge.worst
    pair = f"{edge.dependent or _NOBODY} -> {edge.depends_on or _NOBODY}"
    may = "" if edge.authority is None else f", which may {edge.authority}"
    count = counted(edge.dependencies, "dependency", "dependencies")
    yield f"{INDENT}{pair}  {count}; {one.dependent} -> {one.depends_on}{may}"
    yield from chain_lines(one.chain)


def _unowned(body: OwnersAnswer, *, is_verbose: bool) -> Iterator[str]:
    if not body.unowned:
        return
    total = sum(one.files for one in body.unowned)
    yield ""
    yield f"CODEOWNERS gives to nobody: {total:,} of {counted(body.files, 'file')}"
    ordered = sorted(body.unowned, key=lambda one: (-one.files, one.path))
    for one in ordered if is_verbose else ordered[:_MOST_LISTED]:
        count = f"  ({counted(one.files, 'file')})" if one.path.endswith("/") else ""
        yield f"{INDENT}{one.path}{count}"
    yield from more_lines(len(ordered), _MOST_LISTED, is_verbose=is_verbose)


def _history(body: HistoryAnswer, *, is_verbose: bool) -> Iterator[str]:
    history = body.history
    yield (
        f"Who changed what: {counted(len(history.commits), 'commit')} from {history.since} to "
        f"{history.until}, without merges, {history.bots} of bots and {history.bulk} that changed "
        f"more than {history.most_files} files"
    )
    if history.is_shallow:
        yield f"{INDENT}this clone is shallow: older commits are not here"
    changed = [one for one in body.artifacts if one.commits]
    for title, found in (
        (
            "The owner is not among the authors",
            [one for one in changed if one.is_owner_among is False],
        ),
        ("One author alone", [one for one in changed if len(one.authors) == 1]),
        ("Changed", changed if is_verbose else []),
    ):
        if found:
            yield f"{title}: {counted(len(found), 'artifact')}"
            for one in found if is_verbose else found[:_MOST_LISTED]:
                yield f"{INDENT}{one.artifact}  owner {shown(one.owner)}; {_authors(one)}"
            yield from more_lines(len(found), _MOST_LISTED, is_verbose=is_verbose)
    unchanged = len(body.artifacts) - len(changed)
    yield f"Not changed at all: {counted(unchanged, 'artifact')}"
    if body.unknown_owners:
        yield (
            f"No author is known of {', '.join(body.unknown_owners)}: name them in [owners], such "
            f'as {_key(body.unknown_owners[0])} = ["ann@example.org"]'
        )


def _key(name: str) -> str:
    """A name as a key of TOML."""
    is_bare = name.replace("-", "").replace("_", "").isalnum() and name.isascii()
    return name if is_bare else f'"{name}"'


def _authors(one: ArtifactHistory) -> str:
    each = [
        f"{share.author.name} {share.commits / one.commits:.0%}"
        for share in one.authors[:_MOST_AUTHORS]
    ]
    more = len(one.authors) - len(each)
    rest = f" and {more} more" if more else ""
    return f"{counted(one.commits, 'commit')}: {', '.join(each)}{rest}"
