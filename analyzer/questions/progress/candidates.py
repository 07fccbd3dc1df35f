"""What to register next: listed files without a record, the most used first."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.model.imports import Link
from analyzer.model.names import ProjectPath
from analyzer.model.progress import Candidate
from analyzer.model.registry import BacklogRow
from analyzer.questions.progress.ledger import Ledger


def rank_candidates(ledger: Ledger) -> tuple[Candidate, ...]:
    """Listed files without a record, by how many registered artifacts depend on them.

    Then by how many modules import them, by priority, wave and place. Tests use nothing for real.
    """
    found = [
        _describe(row, counted.number, ledger)
        for counted in ledger.waves
        for row in counted.missing
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                -len(one.dependents),
                -len(one.importers),
                one.row.priority or "~",
                one.wave,
                one.row.origin.path,
                one.row.origin.line or 0,
            ),
        )
    )


def _describe(row: BacklogRow, wave: int, ledger: Ledger) -> Candidate:
    system = ledger.system
    artifact = ledger.find_artifact(row)
    if artifact is None:
        named = sorted(system.file_names.find(row.file))
        paths: tuple[ProjectPath, ...] = tuple(named) if len(named) == 1 else ()
        files: Iterable[ProjectPath] = paths
    else:
        paths, files = artifact.place.paths, artifact.files
    dependents = () if artifact is None else system.artifact_graph.dependents_of(artifact.id)
    return Candidate(
        row=row,
        wave=wave,
        artifact=row.id,
        paths=paths,
        dependents=tuple(one for one in dependents if one.dependent in ledger.records),
        importers=_find_importers(frozenset(files), ledger),
    )


def _find_importers(files: frozenset[ProjectPath], ledger: Ledger) -> tuple[Link, ...]:
    graph = ledger.system.module_graph
    found: dict[ProjectPath, Link] = {}
    for path in sorted(files):
        if path not in graph.networkx:
            continue
        for link in graph.importers_of(path):
            if link.importer not in files and not ledger.system.is_test(link.importer):
                found.setdefault(link.importer, link)
    return tuple(found[importer] for importer in sorted(found))
