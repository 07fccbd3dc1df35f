"""`impact`: what a change can affect, and whom to tell."""

from __future__ import annotations

import heapq
import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from msgspec.structs import replace

from analyzer.graph.modules import KindFilter, runs
from analyzer.graph.system import System
from analyzer.model.answers import (
    Affected,
    AffectedEndpoint,
    Changed,
    ImpactAnswer,
    OwnerShare,
)
from analyzer.model.changes import ChangeSet
from analyzer.model.imports import Chain, Link
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.owners import Owners, order_of_owner
from analyzer.model.registry import Artifact
from analyzer.questions.notifying import plan_notification
from analyzer.questions.references import Reference


def find_impact(
    system: System,
    references: Sequence[Reference],
    *,
    allows: KindFilter = runs,
    owners: Owners | None = None,
) -> ImpactAnswer:
    """Find what a change of some things can affect when the program runs.

    Test code is not followed further: it is what ought to be run.

    Args:
        system: registry and code.
        references: what changes.
        allows: the kinds of links that carry impact; those that only type checkers see do not.
        owners: what owners are called elsewhere; without it, what CODEOWNERS alone says.
    """
    found = {one for reference in references for one in _changed_by(system, reference)}
    changed = tuple(sorted(found, key=lambda one: (one.path, one.ref)))
    starts = {one.path for one in changed}
    nearest = _measure(system, starts, allows)
    changed_artifacts = {one.artifact for one in changed}
    affected: dict[ArtifactId, Affected] = {}
    for path, (distance, chain) in nearest.items():
        artifact = system.artifact_of.get(path)
        if artifact is None or artifact in changed_artifacts or system.is_test(path):
            continue
        if artifact not in affected:
            affected[artifact] = Affected(system.artifacts[artifact], distance, chain)
    ordered = sorted(affected.values(), key=lambda one: (one.distance, one.artifact.id))
    touched = _artifacts_of(changed, system)
    return ImpactAnswer(
        changed=changed,
        unseen=tuple(sorted(path for path in starts if path not in system.modules)),
        affected=tuple(ordered),
        owners=_share(ordered),
        endpoints=_find_endpoints(system, changed=starts, reached=nearest),
        tests=_find_tests(system, starts, allows),
        modules=tuple(
            sorted(path for path in nearest if path in system.modules and not system.is_test(path))
        ),
        plan=plan_notification(touched, ordered, owners=owners or Owners({}, system.codeowners)),
    )


def find_impact_of_change(
    head: System,
    base: System | None,
    changes: ChangeSet,
    *,
    allows: KindFilter = runs,
    owners: Owners | None = None,
) -> ImpactAnswer:
    """Find what a change of files can affect.

    Args:
        head: the system with the change.
        base: the system before it, if files are gone: what used these is only known there.
        changes: the files that differ.
        allows: as in `find_impact`.
        owners: as in `find_impact`.
    """
    now = find_impact(head, [_file(path) for path in changes.paths], allows=allows, owners=owners)
    if base is None:
        return now
    before = find_impact(base, [_file(path) for path in changes.gone], allows=allows)
    was_of = {one.path: one.artifact for one in before.changed}
    changed = tuple(
        replace(one, artifact=one.artifact or was_of.get(one.path)) for one in now.changed
    )
    known = {one.artifact for one in changed} | {one.artifact.id for one in now.affected}
    affected = [
        *now.affected,
        *(
            replace(one, artifact=head.artifacts[one.artifact.id])
            for one in before.affected
            if one.artifact.id in head.artifacts and one.artifact.id not in known
        ),
    ]
    affected.sort(key=lambda one: (one.distance, one.artifact.id))
    endpoints = {one.endpoint: one for one in (*before.endpoints, *now.endpoints)}

    def still(paths: Iterable[ProjectPath]) -> tuple[ProjectPath, ...]:
        return tuple(sorted({path for path in paths if path in head.modules}))

    return ImpactAnswer(
        changed=changed,
        unseen=tuple(path for path in now.unseen if path not in base.modules),
        affected=tuple(affected),
        owners=_share(affected),
        endpoints=tuple(
            sorted(
                (one for one in endpoints.values() if one.endpoint.path in head.modules),
                key=_order_of_endpoint,
            )
        ),
        tests=still((*before.tests, *now.tests)),
        modules=still((*before.modules, *now.modules)),
        plan=plan_notification(
            _artifacts_of(changed, head, base),
            affected,
            owners=owners or Owners({}, head.codeowners),
        ),
    )


def _artifacts_of(changed: Iterable[Changed], *systems: System) -> list[Artifact]:
    """The artifacts that changed, as the first system has them that knows them; sorted by id."""
    ids = sorted({one.artifact for one in changed if one.artifact is not None})
    known = (
        (system.artifacts[id_] for system in systems if id_ in system.artifacts) for id_ in ids
    )
    return [next(artifacts) for artifacts in known]


def _file(path: ProjectPath) -> Reference:
    return Reference(path, None, (path,))


def _changed_by(system: System, reference: Reference) -> Iterable[Changed]:
    for path in reference.files:
        yield Changed(reference.ref, path, system.artifact_of.get(path))
    if not reference.files and reference.artifact is not None:
        # A record without a place: nothing imports it, but the question was about it.
        origin = reference.artifact.record.origin.path
        yield Changed(reference.ref, origin, reference.artifact.id)


def _find_endpoints(
    system: System, *, changed: Collection[ProjectPath], reached: Collection[ProjectPath]
) -> tuple[AffectedEndpoint, ...]:
    """The endpoints whose handlers a change reaches, or whose address or application changes.

    What no application answers to is left out, unless that is doubtful, or no application is known
    at all.
    """
    routes = system.survey.routes
    found = [
        AffectedEndpoint(one, system.artifact_of.get(one.path))
        for one in routes.endpoints
        if (one.is_mounted or one.is_doubtful or not routes.applications)
        and (
            one.path in reached
            or not {one.path, one.declared_in, one.application}.isdisjoint(changed)
        )
    ]
    return tuple(sorted(found, key=_order_of_endpoint))


def _order_of_endpoint(one: AffectedEndpoint) -> tuple[object, ...]:
    return (one.artifact or "", one.endpoint.sort_key())


def _measure(
    system: System, starts: set[ProjectPath], allows: KindFilter
) -> dict[ProjectPath, tuple[int, Chain]]:
    """How far from the change each file is that reaches it, nearest first.

    Dijkstra's algorithm on (artifacts passed, links): a step into another artifact costs one, a
    step within an artifact or through code of no artifact costs nothing.
    """
    graph = system.module_graph
    seen: set[ProjectPath] = set()
    queue: list[tuple[int, int, tuple[object, ...], ProjectPath, Link | None]] = [
        (0, 0, (path,), path, None) for path in sorted(starts) if path in graph.networkx
    ]
    result: dict[ProjectPath, tuple[int, Chain]] = {}
    while queue:
        artifacts, links, _, path, link = heapq.heappop(queue)
        if path in seen:
            continue
        seen.add(path)
        if link is not None:
            rest = result[link.imported][1] if link.imported in result else ()
            result[path] = (artifacts, (link, *rest))
            if system.is_test(path):
                continue
        # Only of a changed `__init__` it matters who executes it on the way to something else.
        executors = graph.executors_of(path, allows=allows) if link is None else ()
        importers = {one.importer: one for one in executors}
        importers |= {one.importer: one for one in graph.importers_of(path, allows=allows)}
        for found in importers.values():
            if found.importer in seen or (found.ends_here and link is not None):
                continue
            artifact = system.artifact_of.get(found.importer)
            cost = int(artifact is not None and artifact != system.artifact_of.get(path))
            entry = (artifacts + cost, links + 1, found.sort_key(), found.importer, found)
            heapq.heappush(queue, entry)
    return result


def _find_tests(
    system: System, starts: set[ProjectPath], allows: KindFilter
) -> tuple[ProjectPath, ...]:
    """The test files that reach a change, and those below a `conftest.py` that does."""
    graph = system.module_graph
    executors = {
        link.importer for path in starts for link in graph.executors_of(path, allows=allows)
    }
    reached = set(graph.walk_back(starts | executors, allows=allows)) | starts | executors
    tests = {path for path in reached if _is_test_file(system, path)}
    folders = {
        posixpath.dirname(path) for path in reached if posixpath.basename(path) == "conftest.py"
    }
    if folders:
        for module in system.facts.modules:
            above = posixpath.dirname(module.path)
            is_below = any(
                folder in ("", above) or above.startswith(f"{folder}/") for folder in folders
            )
            if is_below and _is_test_file(system, module.path):
                tests.add(module.path)
    return tuple(sorted(tests))


def _is_test_file(system: System, path: ProjectPath) -> bool:
    """Whether a test runner collects a file: helpers and fixtures among the tests are not run."""
    name = posixpath.basename(path)
    is_named_so = name.startswith("test_") or name.endswith("_test.py")
    return is_named_so and system.is_test(path)


def _share(affected: Iterable[Affected]) -> tuple[OwnerShare, ...]:
    shares: dict[str | None, list[ArtifactId]] = defaultdict(list)
    for one in affected:
        shares[one.artifact.record.owner].append(one.artifact.id)
    return tuple(
        OwnerShare(owner, tuple(sorted(shares[owner])))
        for owner in sorted(shares, key=order_of_owner)
    )
