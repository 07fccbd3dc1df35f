"""Load, scan, join: from a folder on disk to a system that questions can be asked of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from analyzer.graph.system import System
from analyzer.model.configuration import Config
from analyzer.model.errors import AnalyzerError
from analyzer.model.globs import build_matcher
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Artifact
from analyzer.registry import (
    PlaceFinder,
    assign_files,
    find_convention_deviations,
    find_usual_locations,
    load_registry,
)
from analyzer.sources.files import list_files
from analyzer.sources.python_imports import scan_python

Report = Callable[[str], None]


def analyse(
    *, project: Path, config: Config, registry: Sequence[Path] = (), report: Report = lambda _: None
) -> System:
    """Analyse a project.

    Args:
        project: the root of the analysed repository.
        config: what is analysed, and how.
        registry: folders and files of records that stand in for those of the configuration.
        report: is told what is being done, for people who wait.

    Raises:
        AnalyzerError: the project or the registry cannot be used at all. What is wrong inside of
            them becomes part of the answer instead.
    """
    if not project.is_dir():
        raise AnalyzerError(f"{project}: there is no such folder; check --project")
    project = project.resolve()
    report("reading the registry")
    locations = (
        list(registry)
        or [project / entry for entry in config.registry]
        or find_usual_locations(project)
    )
    loaded = load_registry(locations=locations, project=project)
    report("listing files")
    listing = list_files(project=project, is_excluded=build_matcher(config.exclude))
    is_test = build_matcher(config.tests)
    report("scanning imports")
    facts = scan_python(
        project=project,
        listing=listing,
        configured_roots=config.roots,
        is_test=is_test,
    )
    report("joining")
    finder = PlaceFinder(listing.files, is_test=is_test)
    placed = [(record, finder.find_place(record)) for record in loaded.records]
    artifact_of, place_deviations = assign_files(placed, files=listing.files)
    files: dict[ArtifactId, list[ProjectPath]] = defaultdict(list)
    for path in sorted(artifact_of):
        files[artifact_of[path]].append(path)
    deviations = [*loaded.deviations, *place_deviations, *find_convention_deviations(loaded)]
    return System(
        registry=loaded,
        facts=facts,
        artifacts={
            record.id: Artifact(record, place, tuple(files[record.id])) for record, place in placed
        },
        artifact_of=artifact_of,
        deviations=tuple(deviations),
        has_registry=bool(locations),
        is_entry_point=build_matcher(config.entry_points),
    )
