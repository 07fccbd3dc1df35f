"""Load, scan, join: from a folder on disk to a system that questions can be asked of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.codeowners import Codeowners
from analyzer.model.configuration import Config
from analyzer.model.errors import AnalyzerError
from analyzer.model.globs import build_matcher
from analyzer.model.imports import CodeFacts
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Artifact, Deviation, Registry
from analyzer.registry import check_location
from analyzer.sources.codeowners import find_codeowners
from analyzer.sources.files import list_files
from analyzer.sources.processes import started
from analyzer.sources.survey import SurveyRequest, is_large, started_survey

if TYPE_CHECKING:
    from analyzer.graph.system import System

Report = Callable[[str], None]
FindCodeowners = Callable[[Path], Codeowners | None]


def analyse(
    *,
    project: Path,
    config: Config,
    registry: Sequence[Path] = (),
    report: Report = lambda _: None,
    codeowners: FindCodeowners = find_codeowners,
) -> System:
    """Analyse a project.

    Args:
        project: the root of the analysed repository.
        config: what is analysed, and how.
        registry: folders and files of records that stand in for those of the configuration.
        report: is told what is being done, for people who wait.
        codeowners: finds the CODEOWNERS file, for a project that is no work tree.

    Raises:
        AnalyzerError: the project or the registry cannot be used at all. What is wrong inside of
            them becomes part of the answer instead.
    """
    if not project.is_dir():
        raise AnalyzerError(f"{project}: there is no such folder; check --project")
    project = project.resolve()
    for location in registry:
        # Before the code is scanned: who mistypes a path is told at once.
        check_location(location)
    report("listing files")
    listing = list_files(project=project, is_excluded=build_matcher(config.exclude))
    is_test = build_matcher(config.tests)
    request = SurveyRequest(
        project=str(project),
        listing=listing,
        configured_roots=tuple(config.roots),
        tests=tuple(config.tests),
        task_decorators=tuple(config.task_decorators),
    )
    registry_request = _RegistryRequest(project, (*registry,), config.registry)
    with (
        started_survey(request) as finish_survey,
        started(_read_registry, registry_request, apart=is_large(listing)) as finish_registry,
    ):
        # Imported here and below: loading takes time, which the processes that were started use.
        from analyzer.sources.python_imports import scan_python  # noqa: PLC0415

        report("scanning imports")
        facts = scan_python(
            project=project, listing=listing, configured_roots=config.roots, is_test=is_test
        )
        from analyzer.graph.system import System  # noqa: PLC0415

        report("reading the registry")
        read = finish_registry()
        report("placing records")
        placed = _place(read.registry, facts, config)
        report("looking for routes, tasks and programs")
        survey = finish_survey()
    return System(
        registry=read.registry,
        facts=replace(facts, unscanned=tuple(sorted({*facts.unscanned, *survey.unscanned}))),
        artifacts=placed.artifacts,
        artifact_of=placed.artifact_of,
        deviations=placed.deviations,
        has_registry=read.is_there,
        is_entry_point=build_matcher(config.entry_points),
        survey=survey,
        codeowners=codeowners(project),
    )


class _RegistryRequest(Struct, frozen=True):
    """Where the registry is: named by the user, or by the configuration, or in a usual folder."""

    project: Path
    named: tuple[Path, ...]
    configured: tuple[str, ...]


class _ReadRegistry(Struct, frozen=True):
    registry: Registry
    is_there: bool
    """Whether there is a registry at all, be it empty."""


def _read_registry(request: _RegistryRequest) -> _ReadRegistry:
    from analyzer.registry.loading import (  # noqa: PLC0415
        find_usual_locations,
        load_registry,
    )

    project = request.project
    locations = (
        list(request.named)
        or [project / entry for entry in request.configured]
        or find_usual_locations(project)
    )
    loaded = load_registry(locations=locations, project=project)
    return _ReadRegistry(loaded, bool(locations))


class _Placed(Struct, frozen=True):
    """Records joined with the files that are theirs."""

    artifacts: dict[ArtifactId, Artifact]
    artifact_of: dict[ProjectPath, ArtifactId]
    deviations: tuple[Deviation, ...]


def _place(registry: Registry, facts: CodeFacts, config: Config) -> _Placed:
    from analyzer.registry.claims import assign_files  # noqa: PLC0415
    from analyzer.registry.conventions import find_convention_deviations  # noqa: PLC0415
    from analyzer.registry.places import PlaceFinder  # noqa: PLC0415

    finder = PlaceFinder(facts.files, is_test=build_matcher(config.tests))
    placed = [(record, finder.find_place(record)) for record in registry.records]
    artifact_of, place_deviations = assign_files(placed, files=facts.files)
    files: dict[ArtifactId, list[ProjectPath]] = defaultdict(list)
    for path in sorted(artifact_of):
        files[artifact_of[path]].append(path)
    return _Placed(
        artifacts={
            record.id: Artifact(record, place, tuple(files[record.id])) for record, place in placed
        },
        artifact_of=artifact_of,
        deviations=(
            *registry.deviations,
            *place_deviations,
            *find_convention_deviations(registry),
        ),
    )
