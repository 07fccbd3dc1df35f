"""DEP001 unregistered-dependency: an artifact imports a module in scope that has no record."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checks.base import Settings, build_finding
from analyzer.checks.scope import find_unregistered
from analyzer.graph.system import System
from analyzer.model.findings import Finding
from analyzer.model.imports import Kind


def find(system: System, settings: Settings) -> Iterator[Finding]:
    """Yield one finding for each file of an artifact and each unregistered module it imports.

    The line is that of the strongest evidence. Test code is left out on both sides.
    """
    unregistered = find_unregistered(system, settings.scope)
    for path in sorted(system.artifact_of):
        module = system.modules.get(path)
        if module is None or module.is_test:
            continue
        artifact = system.artifacts[system.artifact_of[path]]
        for link in system.module_graph.imports_of(path):
            is_import = link.kind.is_import and link.kind is not Kind.PARENT_INIT
            if link.imported in unregistered and is_import:
                yield build_finding(
                    "DEP001",
                    message=f"{artifact.id} imports {link.imported}, which no record covers",
                    subject=link.imported,
                    path=path,
                    line=link.line,
                    artifact=artifact.id,
                    owner=artifact.record.owner,
                    chain=(link,),
                )
