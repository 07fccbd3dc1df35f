"""`status`, `registry list` and `export`: the whole system."""

from __future__ import annotations

from analyzer.graph.system import System
from analyzer.model.answers import (
    ArtifactExport,
    ModuleEntry,
    ModuleExport,
    RegistryAnswer,
    StatusAnswer,
)
from analyzer.model.findings import Finding
from analyzer.model.imports import Link


def find_status(system: System, *, findings: tuple[Finding, ...], orphans: int) -> StatusAnswer:
    """Count everything, given what a check of the whole tree finds, and how many orphans are."""
    facts = system.facts
    return StatusAnswer(
        roots=facts.roots,
        modules=len(facts.modules),
        test_modules=sum(module.is_test for module in facts.modules),
        imports=len(_imports(system)),
        artifacts=tuple(system.artifacts.values()),
        dependencies=system.artifact_graph.count(),
        orphans=orphans,
        entry_points=tuple(
            point for path in system.entry_points for point in system.entry_points[path]
        ),
        endpoints=system.survey.routes.endpoints,
        findings=findings,
        waves=system.registry.waves,
        ambiguous=facts.ambiguous,
        skipped=system.registry.skipped,
    )


def _imports(system: System) -> tuple[Link, ...]:
    return tuple(link for link in system.links if link.kind.is_import)


def list_artifacts(system: System) -> RegistryAnswer:
    """Every artifact, sorted by id."""
    return RegistryAnswer(tuple(system.artifacts.values()))


def export_modules(system: System) -> ModuleExport:
    """The joined graph, module by module."""
    entries = (
        ModuleEntry(module, system.artifact_of.get(module.path)) for module in system.facts.modules
    )
    others = tuple(link for link in system.links if not link.kind.is_import)
    return ModuleExport(tuple(entries), _imports(system), others)


def export_artifacts(system: System) -> ArtifactExport:
    """The joined graph, artifact by artifact."""
    return ArtifactExport(
        tuple(system.artifacts.values()), system.artifact_graph.all_dependencies()
    )
