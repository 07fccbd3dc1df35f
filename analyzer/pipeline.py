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
from analyzer.model.registry import Artifact, Deviation, NamingConvention, Registry
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
    place = find_registry(project=project, config=config, registry=registry)
    with (
        started_survey(request) as finish_survey,
        started(_read_registry, place, apart=is_large(listing)) as finish_registry,
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


def read_records(*, project: Path, config: Config, registry: Sequence[Path] = ()) -> System:
    """The registry joined with the names of the project's files alone: no code is read.

    Enough to say what is wrong with records and their places; there are no modules and no links.

    Raises:
        AnalyzerError: the project or the registry cannot be used at all.
    """
    project = project.resolve()
    for location in registry:
        check_location(location)
    read = _read_registry(find_registry(project=project, config=config, registry=registry))
    listing = list_files(project=project, is_excluded=build_matcher(config.exclude))
    facts = CodeFacts(listing.files, roots=(), modules=(), links=(), unscanned=(), ambiguous=())
    placed = _place(read.registry, facts, config)
    from analyzer.graph.system import System  # noqa: PLC0415

    return System(
        registry=read.registry,
        facts=facts,
        artifacts=placed.artifacts,
        artifact_of=placed.artifact_of,
        deviations=placed.deviations,
        has_registry=read.is_there,
        is_entry_point=build_matcher(config.entry_points),
    )


class RegistryPlace(Struct, frozen=True):
    """Where the registry is, and what the configuration says about it."""

    project: Path
    named: tuple[Path, ...]
    """What the user names, else what the configuration does; none where nobody names one."""
    conventions: tuple[NamingConvention, ...]
    """Of ids: that of the configuration, or none."""

    def find_locations(self) -> tuple[Path, ...]:
        """What is named, else those of the usual folders that hold a registry."""
        from analyzer.registry.loading import find_usual_locations  # noqa: PLC0415

        return self.named or tuple(find_usual_locations(self.project))


class _ReadRegistry(Struct, frozen=True):
    registry: Registry
    is_there: bool
    """Whether there is a registry at all, be it empty."""


def find_registry(*, project: Path, config: Config, registry: Sequence[Path]) -> RegistryPlace:
    """Where to look for the registry; nothing is read yet."""
    conventions: tuple[NamingConvention, ...] = ()
    if config.ids is not None:
        from analyzer.registry.conventions import build_convention  # noqa: PLC0415

        place = config.place_of(["ids", "pattern"])
        conventions = (build_convention(config.ids, place=place),)
    named = tuple(registry) or tuple(project / entry for entry in config.registry)
    return RegistryPlace(project, named, conventions)


def _read_registry(place: RegistryPlace) -> _ReadRegistry:
    from analyzer.registry.loading import load_registry  # noqa: PLC0415

    locations = place.find_locations()
    loaded = load_registry(
        locations=locations, project=place.project, conventions=place.conventions
    )
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
