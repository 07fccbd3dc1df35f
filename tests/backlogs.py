"""Systems of a backlog document and records, without a project around them."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

from analyzer.graph.system import System
from analyzer.model.imports import CodeFacts
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.progress import ProgressAnswer
from analyzer.model.registry import Artifact
from analyzer.questions.progress import find_progress
from analyzer.registry.claims import assign_files
from analyzer.registry.loading import load_registry
from analyzer.registry.places import PlaceFinder

DOCUMENT = ProjectPath("BACKLOG.md")


def join_backlog(
    document: str | bytes, records: Mapping[str, str] | None = None, files: Collection[str] = ()
) -> System:
    """Join a document with records and empty files.

    Args:
        document: its text.
        records: id -> further lines of its record.
        files: paths in the project.
    """
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        content = document.encode() if isinstance(document, str) else document
        (project / DOCUMENT).write_bytes(content)
        locations = [project / DOCUMENT]
        if records:
            text = "---\n".join(f"artifact_id: {id_}\n{more}" for id_, more in records.items())
            (project / "records.yaml").write_text(text, encoding="utf-8")
            locations.append(project / "records.yaml")
        registry = load_registry(locations=locations, project=project)
    paths = tuple(sorted(map(ProjectPath, files)))
    finder = PlaceFinder(paths, is_test=lambda _: False)
    placed = [(record, finder.find_place(record)) for record in registry.records]
    artifact_of, _ = assign_files(placed, files=paths)
    owned: dict[ArtifactId, list[ProjectPath]] = {record.id: [] for record, _ in placed}
    for path, id_ in artifact_of.items():
        owned[id_].append(path)
    return System(
        registry=registry,
        facts=CodeFacts(paths, (), (), (), (), ()),
        artifacts={one.id: Artifact(one, place, tuple(owned[one.id])) for one, place in placed},
        artifact_of=artifact_of,
        deviations=(),
        has_registry=True,
        is_entry_point=lambda _: False,
    )


def ask(
    document: str | bytes, records: Mapping[str, str] | None = None, files: Collection[str] = ()
) -> ProgressAnswer:
    """What `registry progress` answers about them."""
    return find_progress(join_backlog(document, records, files))


def told(answer: ProgressAnswer) -> list[str]:
    """Contradictions as `line topic claim; found`; those of records name their file, too."""
    return [
        f"{one.origin.line if one.origin.path == DOCUMENT else one.origin} {one.topic} "
        f"{one.claim}; {one.found}"
        for one in answer.discrepancies
    ]
