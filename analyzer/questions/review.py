"""`review`: what a change brings in, and what it mends."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from analyzer.graph.cycles import find_knots
from analyzer.graph.system import System
from analyzer.model.answers import (
    Dependency,
    Difference,
    RecordChange,
    ReviewAnswer,
)
from analyzer.model.changes import ChangeSet
from analyzer.model.findings import Finding, Severity
from analyzer.model.imports import Chain
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.questions.impact import find_impact_of_change

# A new owner or another authority is nothing wrong, but whoever reviews the change has to see it.
# What these say of a file holds for no other file of the same artifact.
_ABOUT_A_FILE = frozenset({"IGN001", "IGN002", "SCN001"})
_CYCLE = "DEP005"
_WATCHED = ("owner", "authority_level")


class End(Struct, frozen=True):
    """One end of a change: the system, and what the checks find in it."""

    commit: str
    system: System
    findings: tuple[Finding, ...]


def compare(
    base: End, head: End, *, changes: ChangeSet, is_clean: bool, graver: Collection[str] = ()
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
    """
    new, mended = _match(base.findings, head.findings, changes.renames)
    new, mended = _judge_cycles(base.system, head.system, new, mended)
    unread = {one.path for one in head.system.facts.unscanned}
    added = _difference(head.system, base.system)
    removed = _without_unread(_difference(base.system, head.system), unread)
    modules = set(added.modules)
    return ReviewAnswer(
        base=base.commit,
        head=head.commit,
        is_clean=is_clean,
        findings=tuple(
            replace(one, severity=Severity.ERROR)
            if one.code in graver and one.path in modules
            else one
            for one in new
        ),
        baselined=0,
        mended=tuple(one for one in mended if not _is_about(one, unread)),
        added=added,
        removed=removed,
        kept=_kept(head.system, added, removed),
        records=tuple(_changed_records(base.system, head.system)),
        changes=changes,
        affected=find_impact_of_change(head.system, base.system, changes).affected,
    )


def _match(
    before: Sequence[Finding], after: Sequence[Finding], renames: Mapping[ProjectPath, ProjectPath]
) -> tuple[list[Finding], list[Finding]]:
    """The findings that are new, and those that are gone.

    First by fingerprint; of the rest, what is said of the same artifact and the same thing is the
    same, in whichever of its files it stands now.
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
        is_known_by_it = one.artifact is not None and one.code not in _ABOUT_A_FILE
        keys = elsewhere.get(_without_place(one)) if is_known_by_it else None
        if keys:
            del gone[keys.pop(0)]
        else:
            kept.append(one)
    return kept, list(gone.values())


def _without_place(one: Finding) -> tuple[object, ...]:
    return (one.code, one.artifact, one.subject)


def _judge_cycles(
    base: System, head: System, new: Sequence[Finding], mended: Sequence[Finding]
) -> tuple[list[Finding], list[Finding]]:
    """Tell which cycles are new and which are gone: where they are cut best changes with each edge.

    A knot has a new cycle where a dependency in it is new: it is shown by the findings that go
    through one, else by all of the knot. A cycle is mended where its artifact is in no knot.
    """
    knots = [frozenset(knot) for knot in find_knots(head.artifact_graph.running)]
    knot_of = {artifact: knot for knot in knots for artifact in knot}
    before = base.artifact_graph.running

    def is_added(dependent: ArtifactId, depends_on: ArtifactId) -> bool:
        return not before.has_edge(dependent, depends_on)

    cycles = [one for one in new if one.code == _CYCLE and one.artifact in knot_of]
    through = {
        one.fingerprint
        for one in cycles
        if any(is_added(*pair) for pair in _pairs_of(head, one.chain))
    }
    shown = {knot_of[one.artifact] for one in cycles if one.fingerprint in through and one.artifact}
    grown = {
        knot
        for knot in knots
        if any(is_added(*pair) for pair in head.artifact_graph.running.subgraph(knot).edges)
    }

    def is_new(one: Finding) -> bool:
        if one.code != _CYCLE or one.artifact is None or one.artifact not in knot_of:
            return True
        knot = knot_of[one.artifact]
        return one.fingerprint in through or (knot in grown and knot not in shown)

    return (
        [one for one in new if is_new(one)],
        [one for one in mended if one.code != _CYCLE or one.artifact not in knot_of],
    )


def _pairs_of(system: System, chain: Chain) -> Iterator[tuple[ArtifactId, ArtifactId]]:
    """The dependencies that the chain of a cycle goes along."""
    passed = [
        system.artifact_of[one.importer] for one in chain if one.importer in system.artifact_of
    ]
    artifacts = [one for one, _ in itertools.groupby(passed)]
    yield from zip(artifacts, (*artifacts[1:], *artifacts[:1]), strict=True)


def _is_about(one: Finding, unread: Collection[ProjectPath]) -> bool:
    """Whether a finding is about a file that nothing is known of now: it may stand there still."""
    return one.path in unread or any(link.importer in unread for link in one.chain)


def _without_unread(one: Difference, unread: Collection[ProjectPath]) -> Difference:
    """The same without dependencies that rest on files which cannot be read now."""
    kept = (
        found
        for found in one.dependencies
        if not any(link.importer in unread for link in found.chain)
    )
    return replace(one, dependencies=tuple(kept))


def _renamed(finding: Finding, renames: Mapping[ProjectPath, ProjectPath]) -> Finding:
    """A finding at the base as it would be if its files had had the names that they have now."""
    path = renames.get(finding.path, finding.path)
    subject = renames.get(ProjectPath(finding.subject), finding.subject)
    return replace(finding, path=path, subject=subject)


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
