"""`review`: what a change brings in, and what it mends."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from analyzer.graph.cycles import find_knots, find_shortest_cycle
from analyzer.graph.system import System
from analyzer.model.answers import Dependency
from analyzer.model.changes import ChangeSet
from analyzer.model.findings import Finding, Severity
from analyzer.model.imports import Chain
from analyzer.model.names import ArtifactId, ProjectPath, folders_above
from analyzer.model.owners import Owners
from analyzer.model.renames import Renames, rename_paths
from analyzer.model.reports import Difference, RecordChange, ReviewAnswer
from analyzer.questions.impact import find_impact_of_change

# What these say of a file holds for no other file of the same artifact.
_ABOUT_A_FILE = frozenset({"IGN001", "IGN002", "SCN001"})
_CYCLE = "DEP005"
_MISSING_FILE = "REG003"
# A new owner or another authority is nothing wrong, but whoever reviews the change has to see it.
_WATCHED = ("owner", "authority_level")


class End(Struct, frozen=True):
    """One end of a change: the system, and what the checks find in it."""

    commit: str
    system: System
    findings: tuple[Finding, ...]
    ignored: tuple[Finding, ...] = ()
    """What comments in the code speak for: it is there, so it is not mended."""


def compare(
    base: End,
    head: End,
    *,
    changes: ChangeSet,
    is_clean: bool,
    graver: Collection[str] = (),
    max_length: int | None = None,
    owners: Owners | None = None,
) -> ReviewAnswer:
    """Compare both ends of a change.

    A finding is known again by its fingerprint. Where git says that a file was renamed, the old
    name counts as the new one, in what a finding is about as well.

    Args:
        base: where the change begins.
        head: where it ends; the work tree belongs to it.
        changes: the files that differ.
        is_clean: whether the work tree is as the commit at its end.
        graver: codes whose findings in a module that the change adds are errors.
        max_length: the most artifacts that a cycle has to count; any number without it.
        owners: what owners are called elsewhere.
    """
    new, mended = _match(
        base.findings,
        (*head.findings, *head.ignored),
        changes.renames,
        unregistered=set(head.system.modules) - set(head.system.artifact_of),
    )
    ignored = {one.fingerprint for one in head.ignored}
    new = [one for one in new if one.fingerprint not in ignored]
    new, mended = _judge_cycles(base.system, head, new, mended, max_length)
    unread = {one.path for one in head.system.facts.unscanned}
    added = _difference(head.system, base.system)
    removed = _without_unread(_difference(base.system, head.system), unread)
    modules = set(added.modules)
    impact = find_impact_of_change(head.system, base.system, changes, owners=owners)
    return ReviewAnswer(
        base=base.commit,
        head=head.commit,
        is_clean=is_clean,
        findings=tuple(
            replace(one, severity=Severity.ERROR)
            if one.code in graver and one.path in modules
            else _naming_the_new_place(one, changes.renames)
            for one in new
        ),
        baselined=0,
        mended=tuple(one for one in mended if not _is_about(one, unread)),
        added=added,
        removed=removed,
        kept=_kept(head.system, added, removed),
        records=tuple(_changed_records(base.system, head.system)),
        changes=changes,
        affected=impact.affected,
        plan=impact.plan,
    )


def _match(
    before: Sequence[Finding],
    after: Sequence[Finding],
    renames: Renames,
    *,
    unregistered: Collection[ProjectPath],
) -> tuple[list[Finding], list[Finding]]:
    """The findings that are new, and those that are gone.

    First by fingerprint; of the rest, what is said of the same artifact and the same thing is the
    same, in whichever of its files it stands now. What stands in an unregistered file is known by
    that file: a second one that calls what it may not is no other place of the first.
    """
    known = {_renamed(one, renames).fingerprint: one for one in before}
    same = {one.fingerprint for one in after}
    new = [one for one in after if one.fingerprint not in known]
    gone = {key: one for key, one in known.items() if key not in same}
    elsewhere: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for key, one in gone.items():
        elsewhere[_without_place(_renamed(one, renames))].append(key)
    kept = []
    for one in new:
        is_about_a_file = one.code in _ABOUT_A_FILE or one.path in unregistered
        is_known_elsewhere = one.artifact is not None and not is_about_a_file
        keys = elsewhere.get(_without_place(one)) if is_known_elsewhere else None
        if keys:
            del gone[keys.pop(0)]
        else:
            kept.append(one)
    return kept, list(gone.values())


def _naming_the_new_place(finding: Finding, renames: Renames) -> Finding:
    """A record whose file the change renames says to what, unless it names that place already."""
    if finding.code != _MISSING_FILE:
        return finding
    gone = finding.subject.removeprefix("missing:").split(", ")
    places = [renames[ProjectPath(path)] for path in gone if path in renames]
    told = ", ".join(path for path in places if path not in finding.message)
    return replace(finding, message=f"{finding.message}; renamed to {told}") if told else finding


def _without_place(one: Finding) -> tuple[object, ...]:
    return (one.code, one.artifact, one.subject)


def _judge_cycles(
    base: System, head: End, new: Sequence[Finding], mended: Sequence[Finding], most: int | None
) -> tuple[list[Finding], list[Finding]]:
    """Tell which cycles are new and which are gone: where they are cut best changes with each edge.

    A knot has a new cycle where a dependency in it is new. It is shown by a finding whose cycle
    goes along one; where the cuts of the knot show none, at the import that the change adds. A
    cycle is mended where its artifact is in no knot.
    """
    system = head.system
    before = base.artifact_graph.running
    knots = list(find_knots(system.artifact_graph.running, max_length=most))
    added = {edge for knot in knots for edge in knot.edges if not before.has_edge(*edge)}
    kept = [
        one
        for one in new
        if one.code != _CYCLE or not added.isdisjoint(_pairs_of(system, one.chain))
    ]
    shown = {pair for one in kept if one.code == _CYCLE for pair in _pairs_of(system, one.chain)}
    known = {one.artifact: one for one in head.findings if one.code == _CYCLE}
    for knot in knots:
        like = next((known[artifact] for artifact in sorted(knot) if artifact in known), None)
        if like is None:
            # Nobody asks about cycles, or a comment says why these stay.
            continue
        for edge in sorted(added.intersection(knot.edges)):
            if edge not in shown:
                cycle = find_shortest_cycle(knot, through=edge)
                kept.append(_closed_by_change(system, cycle, like=like))
                shown.update(_pairs_around(cycle))
    tied = {artifact for knot in knots for artifact in knot}
    return (
        sorted(kept, key=Finding.sort_key),
        [one for one in mended if one.code != _CYCLE or one.artifact not in tied],
    )


def _closed_by_change(system: System, cycle: Sequence[ArtifactId], *, like: Finding) -> Finding:
    """A cycle as a finding at the first of its dependencies, which the change adds."""
    chain = tuple(
        link
        for dependent, depends_on in _pairs_around(cycle)
        for link in system.artifact_graph.find_running_chain(
            dependent=dependent, depends_on=depends_on
        )
    )
    first = system.artifacts[cycle[0]]
    around = " -> ".join((*cycle, cycle[0]))
    return replace(
        like,
        message=f"{around} depend on each other; the change adds {cycle[0]} -> {cycle[1]}",
        path=chain[0].importer,
        line=chain[0].line,
        artifact=first.id,
        owner=first.record.owner,
        chain=chain,
        subject=f"{cycle[0]} -> {cycle[1]}",
        number=1,
    )


def _pairs_around(cycle: Sequence[ArtifactId]) -> Iterator[tuple[ArtifactId, ArtifactId]]:
    yield from zip(cycle, (*cycle[1:], *cycle[:1]), strict=True)


def _pairs_of(system: System, chain: Chain) -> Iterator[tuple[ArtifactId, ArtifactId]]:
    """The dependencies that the chain of a cycle goes along."""
    passed = [
        system.artifact_of[one.importer] for one in chain if one.importer in system.artifact_of
    ]
    artifacts = [one for one, _ in itertools.groupby(passed)]
    yield from _pairs_around(artifacts)


def _is_about(one: Finding, unread: Collection[ProjectPath]) -> bool:
    """Whether a finding is about a file that nothing is known of now: it may stand there still."""
    return _is_unread(one.path, unread) or _rests_on(one.chain, unread)


def _rests_on(chain: Chain, unread: Collection[ProjectPath]) -> bool:
    """Whether a link of a chain may be there still.

    It is so where the importer is not read, or what it imports stands in a folder that is not.
    """
    return any(
        _is_unread(link.importer, unread) or _is_hidden(link.imported, unread) for link in chain
    )


def _is_unread(path: ProjectPath, unread: Collection[ProjectPath]) -> bool:
    return path in unread or _is_hidden(path, unread)


def _is_hidden(path: ProjectPath, unread: Collection[ProjectPath]) -> bool:
    """Whether a folder around it cannot be read, so that nobody knows whether it is there."""
    return any(folder in unread for folder in folders_above(path))


def _without_unread(one: Difference, unread: Collection[ProjectPath]) -> Difference:
    """The same without what rests on files which cannot be read now: it may be there still."""
    dependencies = (found for found in one.dependencies if not _rests_on(found.chain, unread))
    modules = (path for path in one.modules if not _is_unread(path, unread))
    return replace(one, dependencies=tuple(dependencies), modules=tuple(modules))


def _renamed(finding: Finding, renames: Renames) -> Finding:
    """A finding at the base as it would be if its files had had the names that they have now."""
    path = renames.get(finding.path, finding.path)
    return replace(finding, path=path, subject=rename_paths(finding.subject, renames))


def _difference(one: System, other: System) -> Difference:
    """What one system has and another one has not."""
    known = {(found.dependent, found.depends_on) for found in _dependencies(other)}
    return Difference(
        dependencies=tuple(
            found
            for found in _dependencies(one)
            if (found.dependent, found.depends_on) not in known
        ),
        artifacts=tuple(sorted(set(one.artifacts) - set(other.artifacts))),
        modules=tuple(sorted(set(one.modules) - set(other.modules))),
    )


def _dependencies(system: System) -> Sequence[Dependency]:
    return system.artifact_graph.all_dependencies()


def _kept(head: System, added: Difference, removed: Difference) -> tuple[Dependency, ...]:
    """The other dependencies of the artifacts that gained or lost one."""
    new = {(one.dependent, one.depends_on) for one in added.dependencies}
    concerned: set[ArtifactId] = set()
    for one in (*added.dependencies, *removed.dependencies):
        concerned |= {one.dependent, one.depends_on}
    return tuple(
        one
        for one in _dependencies(head)
        if not concerned.isdisjoint((one.dependent, one.depends_on))
        and (one.dependent, one.depends_on) not in new
    )


def _changed_records(base: System, head: System) -> Iterator[RecordChange]:
    for id_ in sorted(set(base.artifacts) & set(head.artifacts)):
        before, after = base.artifacts[id_].record, head.artifacts[id_].record
        for name in _WATCHED:
            old, new = getattr(before, name), getattr(after, name)
            if old != new:
                origin = replace(after.origin, line=after.line_of(name))
                yield RecordChange(id_, name, origin, old, new)
