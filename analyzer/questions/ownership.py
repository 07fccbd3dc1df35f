"""`owners`: who owns what, who depends on whom, and what is left without anybody."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from analyzer.graph.system import System
from analyzer.model.answers import AffectedEndpoint, Dependency
from analyzer.model.authority import authority_rank
from analyzer.model.codeowners import Codeowners, OwnerRule
from analyzer.model.findings import Finding
from analyzer.model.names import ArtifactId, ProjectPath, folders_above
from analyzer.model.owners import Owners, order_of_owner
from analyzer.model.ownership import (
    OwnerDependency,
    OwnersAnswer,
    OwnerShareOfSystem,
    UnownedPlace,
)


def find_owners(system: System, *, findings: Sequence[Finding], owners: Owners) -> OwnersAnswer:
    """Find what each owner has, and how owners depend on each other.

    Args:
        system: registry and code.
        findings: what a check of the whole tree finds.
        owners: what owners are called elsewhere.
    """
    owner_of = {id_: one.record.owner or None for id_, one in system.artifacts.items()}
    codeowners = system.codeowners
    return OwnersAnswer(
        codeowners=codeowners,
        owners=tuple(_find_shares(system, owner_of, findings, owners)),
        dependencies=tuple(_find_dependencies(system, owner_of)),
        without_owner=tuple(one for id_, one in system.artifacts.items() if owner_of[id_] is None),
        # Of a file that could not be read nobody knows whom it names.
        unowned=find_unowned(codeowners, system.facts.files)
        if codeowners is not None and codeowners.is_read
        else (),
        files=len(system.facts.files),
        idle=() if codeowners is None else find_idle(codeowners, system.facts.files),
    )


def _find_shares(
    system: System,
    owner_of: Mapping[ArtifactId, str | None],
    findings: Iterable[Finding],
    owners: Owners,
) -> Iterable[OwnerShareOfSystem]:
    artifacts: dict[str | None, list[ArtifactId]] = defaultdict(list)
    for id_, owner in owner_of.items():
        artifacts[owner].append(id_)
    endpoints: dict[str | None, list[AffectedEndpoint]] = defaultdict(list)
    for one in system.survey.routes.endpoints:
        artifact = system.artifact_of.get(one.path)
        if artifact is not None:
            endpoints[owner_of[artifact]].append(AffectedEndpoint(one, artifact))
    found: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.artifact is not None and finding.artifact in owner_of:
            found[owner_of[finding.artifact]].append(finding)
    for owner in sorted(artifacts, key=order_of_owner):
        yield OwnerShareOfSystem(
            owner=owner,
            handles=() if owner is None else owners.handles_of(owner),
            artifacts=tuple(sorted(artifacts[owner])),
            endpoints=tuple(endpoints[owner]),
            findings=tuple(found[owner]),
        )


def _find_dependencies(
    system: System, owner_of: Mapping[ArtifactId, str | None]
) -> Iterable[OwnerDependency]:
    found: dict[tuple[str | None, str | None], list[Dependency]] = defaultdict(list)
    for one in system.artifact_graph.all_dependencies():
        ends = owner_of[one.dependent], owner_of[one.depends_on]
        if ends[0] != ends[1]:
            found[ends].append(one)

    def level_of(one: Dependency) -> str | None:
        return system.artifacts[one.depends_on].record.authority_level

    def badness(one: Dependency) -> tuple[int, int]:
        return (authority_rank(level_of(one)), one.hops)

    for ends in sorted(found, key=lambda pair: tuple(map(order_of_owner, pair))):
        # The first of several that are as bad: they are sorted by both ends.
        worst = max(found[ends], key=badness)
        yield OwnerDependency(*ends, len(found[ends]), worst, level_of(worst))


def find_idle(codeowners: Codeowners, files: Sequence[ProjectPath]) -> tuple[OwnerRule, ...]:
    """Find the rules that fit no file: mistyped, or left behind.

    What is outside of the project nobody has listed, so nothing is said where that may be meant.
    """
    if codeowners.prefix:
        return ()
    patterns = ((rule, re.compile(rule.regex)) for rule in codeowners.rules)
    return tuple(rule for rule, pattern in patterns if not any(map(pattern.match, files)))


def find_unowned(codeowners: Codeowners, files: Sequence[ProjectPath]) -> tuple[UnownedPlace, ...]:
    """Find the files that CODEOWNERS gives to nobody; a folder stands for all that is below it."""
    unowned = [path for path in files if not codeowners.owners_of(path)]
    total = Counter(folder for path in files for folder in folders_above(path))
    nobodys = Counter(folder for path in unowned for folder in folders_above(path))
    places: Counter[ProjectPath] = Counter()
    for path in unowned:
        whole = [folder for folder in folders_above(path) if nobodys[folder] == total[folder]]
        # The folders come from the deepest on.
        places[ProjectPath(f"{whole[-1]}/") if whole else path] += 1
    return tuple(UnownedPlace(path, places[path]) for path in sorted(places))
