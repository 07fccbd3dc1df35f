"""Puts proposals together: what ought to have a record and has none, and what it would say."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from analyzer.graph.scope import find_beyond, find_unregistered, find_unregistered_anywhere
from analyzer.graph.system import System
from analyzer.model.configuration import Scope
from analyzer.model.discovery import (
    Certainty,
    Conduct,
    DiscoveryAnswer,
    Proposal,
    ProposedField,
)
from analyzer.model.imports import Link
from analyzer.model.names import ProjectPath, folders_above, is_package_init
from analyzer.model.owners import Owners
from analyzer.questions.discovery.levels import find_level
from analyzer.questions.discovery.owners import OwnerFinder, ReadHistory
from analyzer.questions.discovery.texts import SurfaceFinder, find_name, find_purpose
from analyzer.questions.discovery.types import TypeFinder
from analyzer.questions.discovery.units import Unit, find_units, gather_packages
from analyzer.registry.naming import Naming

ReadConducts = Callable[[Collection[ProjectPath]], Mapping[ProjectPath, Conduct]]

# A name that so many files bear says what they are, and not which one.
_GENERIC_FROM = 4
# Folders that say nothing about what is in them.
_CONTAINERS = frozenset({"app", "backend", "core", "lib", "server", "src"})
# Folders of what shows or measures a program, and is no part of it.
_BESIDE_PROGRAM = frozenset(
    {
        "benchmark", "benchmarks", "demo", "demos", "doc", "docs", "example", "examples", "sample",
        "samples", "sandbox", "site", "testing", "tutorial", "tutorials",
    }
)  # fmt: skip


class Sources(Struct, frozen=True):
    """What is looked up outside of the graph."""

    read_conducts: ReadConducts
    project: str
    """The project's name."""
    owners: Owners = Owners()
    """What owners are called in CODEOWNERS, and among authors."""
    read_history: ReadHistory = lambda: None
    """Who changed what, where there is git."""


def build_naming(system: System, project: str) -> Naming:
    """What gives ids to the new records of a registry; `project` is the project's name."""
    return Naming(
        records=system.registry.records,
        places={
            id_: artifact.place.paths[0]
            for id_, artifact in system.artifacts.items()
            if artifact.place.paths
        },
        conventions=system.registry.conventions,
        project=project,
    )


def find_proposals(
    system: System,
    scope: Scope,
    sources: Sources,
    *,
    wanted: Collection[ProjectPath] = (),
    is_first: bool = False,
) -> DiscoveryAnswer:
    """Propose a record for everything that ought to have one, what matters most first.

    Args:
        system: registry and code.
        scope: which modules ought to have a record.
        sources: what is looked up beside the graph.
        wanted: files and folders that a record is wanted for, in scope or not.
        is_first: there is no registry yet: modules that are nothing by themselves become one
            record for each package.
    """
    in_scope = find_unregistered(system, scope)
    beyond = find_unregistered_anywhere(system, scope) if is_first else find_beyond(system, scope)
    paths = in_scope | beyond
    if is_first:
        packages = _find_outermost_packages(system)
        paths = frozenset(one for one in paths if not _is_beside_program(one, packages))
    units = find_units(system, paths, wanted=wanted)
    files = {file for unit in units for file in unit.files}
    inits = {
        init
        for path in files
        if (init := ProjectPath(posixpath.join(posixpath.dirname(path), "__init__.py")))
        in system.modules
    }
    conducts = sources.read_conducts(files | inits)
    types = TypeFinder(system)
    found = {unit.path: types.find_type(unit, conducts) for unit in units}
    if is_first:
        units = _gather(system, units, found)
        found = {unit.path: found.get(unit.path) or _type_of_package(unit, found) for unit in units}
    surfaces = SurfaceFinder(system)
    owners = OwnerFinder(system, sources.owners, sources.read_history)
    dependents = system.artifact_graph.dependents_of_free()
    naming = build_naming(system, sources.project)
    occurrences = Counter(posixpath.basename(path) for path in system.modules)
    named = Counter(
        posixpath.basename(path)
        for path in (
            *(unit.path for unit in units),
            *(path for artifact in system.artifacts.values() for path in artifact.place.paths),
        )
    )
    proposals = []
    for unit in units:
        type_ = found[unit.path]
        inside = frozenset(unit.files)
        declared = [one for file in unit.files for one in types.endpoints.get(file, ())]
        endpoints = [one for one in declared if one.path in inside]
        tasks = [one for file in unit.files for one in types.tasks.get(file, ())]
        named_by = _named_by(unit, occurrences)
        id_ = naming.propose(type_=type_.value, path=named_by)
        fields: list[ProposedField | None] = [
            ProposedField("artifact_id", id_.id, id_.reason, id_.certainty),
            find_name(unit, bearers=named),
            type_,
            ProposedField("status", _status(system), "it stands in the code", Certainty.LIKELY),
            owners.find_owner(unit),
            ProposedField("path", ", ".join(unit.paths), "where it stands", Certainty.CERTAIN),
            find_purpose(unit, conducts, endpoints, declared, tasks),
            _within(system, find_level(system, unit, conducts, endpoints)),
            surfaces.find_surface(type_.value),
        ]
        reaching = {one for file in unit.files for one in dependents.get(file, ())}
        proposals.append(
            Proposal(
                id=id_.id,
                path=unit.path,
                files=unit.files,
                paths=unit.paths,
                named_by=named_by,
                is_in_scope=not in_scope.isdisjoint(unit.files),
                fields=tuple(one for one in fields if one is not None),
                dependents=tuple(sorted(reaching)),
                imports=_neighbours(system, unit, is_importing=True),
                importers=_neighbours(system, unit, is_importing=False),
            )
        )
    return DiscoveryAnswer(
        tuple(sorted(proposals, key=Proposal.sort_key)),
        has_conventions=bool(system.registry.conventions),
    )


def _gather(
    system: System, units: Sequence[Unit], found: Mapping[ProjectPath, ProposedField]
) -> tuple[Unit, ...]:
    return gather_packages(
        units,
        kinds={path: one.value for path, one in found.items()},
        stays_alone=lambda unit: found[unit.path].value != "library",
        top_folders=_find_outermost_packages(system),
    )


def _type_of_package(unit: Unit, found: Mapping[ProjectPath, ProposedField]) -> ProposedField:
    first = found[unit.files[0]]
    if first.value == "migration":
        return replace(first, reason=f"{len(unit.files)} files of migrations")
    reason = f"nothing says of its {len(unit.files)} modules what they are by themselves"
    return replace(first, reason=reason, certainty=Certainty.GUESS, path=None, line=None)


def _named_by(unit: Unit, occurrences: Mapping[str, int]) -> ProjectPath:
    """What the domain of its id is made from: one `views.py` of many is known by its folder."""
    folder, base = posixpath.split(unit.path)
    above = posixpath.basename(folder)
    if occurrences.get(base, 0) < _GENERIC_FROM or above in _CONTAINERS or not above:
        return unit.path
    return ProjectPath(f"{folder}/{above}_{base}")


def _find_outermost_packages(system: System) -> frozenset[str]:
    """The folders that imports know by a name without a dot."""
    return frozenset(
        name if root.path == "." else f"{root.path}/{name}"
        for root in system.facts.roots
        for name in root.packages
    )


def _is_beside_program(path: ProjectPath, packages: Collection[str]) -> bool:
    """Whether a file stands in a folder that shows or measures a program, and not inside of one."""
    for folder in reversed(list(folders_above(path))):
        if posixpath.basename(folder) in _BESIDE_PROGRAM:
            return True
        if folder in packages:
            return False
    return False


def _status(system: System) -> str:
    allowed = system.registry.allowed.get("status", ())
    return "active" if not allowed or "active" in allowed else allowed[0]


def _within(system: System, level: ProposedField) -> ProposedField:
    """A level as the registry's own schema has it; its first one where it knows no such."""
    allowed = system.registry.allowed.get(level.name, ())
    if not allowed or level.value in allowed:
        return level
    reason = f"{level.reason}; the schema of the registry has no {level.value}"
    return replace(level, value=allowed[0], reason=reason, certainty=Certainty.GUESS)


def _neighbours(system: System, unit: Unit, *, is_importing: bool) -> tuple[Link, ...]:
    """The strongest link to each file outside of a unit, or from each; tests import for tests."""
    graph = system.module_graph
    own = frozenset(unit.files)
    found: dict[ProjectPath, Link] = {}
    for file in (one for one in unit.files if one in graph):
        links = graph.imports_of(file) if is_importing else graph.importers_of(file)
        for link in links:
            other = link.imported if is_importing else link.importer
            is_inside = other in own or (unit.is_package and other.startswith(f"{unit.path}/"))
            is_init = is_package_init(other) and link.only_passes
            if not (is_inside or is_init or system.is_test(link.importer)):
                found.setdefault(other, link)
    return tuple(found[other] for other in sorted(found))
