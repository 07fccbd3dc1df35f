"""`registry discover`: what ought to have a record and has none."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.answering import Writing, reply
from analyzer.cli.options import Format, Output, RequireComplete, TextFormat
from analyzer.cli.session import Session
from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ProjectPath

if TYPE_CHECKING:
    from analyzer.graph.system import System
    from analyzer.model.configuration import Config
    from analyzer.model.discovery import DiscoveryAnswer, Proposal
    from analyzer.model.history import History
    from analyzer.questions.discovery.proposing import Sources


def discover(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Only these files, and what is below these folders."),
    ] = None,
    format_: Format = TextFormat.TEXT,
    output: Output = None,
    require_complete: RequireComplete = False,
) -> None:
    """Propose a record for what ought to have one; writes nothing.

    In scope are the modules of REG006. Modules of other folders are proposed where production runs
    by such a folder: something in it answers requests, runs tasks or is started. A file that is
    named is proposed whatever folder it stands in.
    """
    session: Session = context.obj
    project = session.project()
    wanted = [get_project_path(project, path) for path in paths or ()]
    system = session.analyse(needs_registry=True)
    files = [path for path in wanted if (project / path).is_file()]
    for path in files:
        refuse_registered(system, path)
    tell_of_unusable_files(session, system)
    answer = find_answer(session, system, project, session.config(), wanted=files)
    if wanted:
        answer = select(answer, wanted)
    writing = Writing(format_, output, require_complete)
    reply(context, system, answer, writing)


def find_answer(
    session: Session,
    system: System,
    project: Path,
    config: Config,
    *,
    wanted: list[ProjectPath] | None = None,
    is_first: bool = False,
) -> DiscoveryAnswer:
    """Everything that is proposed, and what is wanted beside it."""
    from analyzer.questions.discovery.proposing import find_proposals  # noqa: PLC0415

    with session.patience() as report:
        report("reading what nobody registered")
        return find_proposals(
            system,
            config.scope,
            _build_sources(system, project, config),
            wanted=wanted or (),
            is_first=is_first,
        )


def _build_sources(system: System, project: Path, config: Config) -> Sources:
    """What proposals are made of beside the graph."""
    from analyzer.model.owners import Owners  # noqa: PLC0415
    from analyzer.questions.discovery.proposing import Sources  # noqa: PLC0415
    from analyzer.sources.conduct import read_conducts  # noqa: PLC0415

    return Sources(
        read_conducts=lambda paths: read_conducts(project, paths),
        project=find_name(project),
        owners=Owners(config.owners, system.codeowners),
        read_history=lambda: _read_history(project),
    )


def _read_history(project: Path) -> History | None:
    from analyzer.sources.git_history import read_history  # noqa: PLC0415
    from analyzer.sources.git_repository import find_repository  # noqa: PLC0415

    try:
        return read_history(find_repository(project))
    except AnalyzerError:
        # Without git, or before the first commit, nobody is found by it.
        return None


def find_name(project: Path) -> str:
    """What a project calls itself: in `pyproject.toml`, else by its folder."""
    import tomllib  # noqa: PLC0415

    try:
        document = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return project.name
    table = document.get("project")
    name = table.get("name") if isinstance(table, dict) else None
    return name if isinstance(name, str) and name else project.name


def get_project_path(project: Path, path: str) -> ProjectPath:
    """A path that a user names, as one of the project; the project itself is ".".

    Raises:
        AnalyzerError: it is not there, or outside of the project.
    """
    bases = [Path.cwd(), project]
    found = next((base / path for base in bases if path and os.path.lexists(base / path)), None)
    if found is None:
        shown = path or '""'
        raise AnalyzerError(f"{shown}: there is no such file or folder; check the path")
    # The way to a file, not what a link leads to.
    real = Path(os.path.realpath(found.parent), found.name).resolve(strict=False)
    root = Path(os.path.realpath(project))
    if not real.is_relative_to(root):
        raise AnalyzerError(f"{path}: outside of the project {project}; name one with --project")
    return ProjectPath(real.relative_to(root).as_posix())


def tell_of_unusable_files(session: Session, system: System) -> None:
    """Say which files of records nobody can read: what they register may be proposed again."""
    from analyzer.registry.records import is_unusable  # noqa: PLC0415

    for one in filter(is_unusable, system.deviations):
        session.warn(
            f"{one.origin}: {one.message}; mend it first, as what it registers counts as "
            "unregistered"
        )


def refuse_registered(system: System, path: ProjectPath) -> None:
    """Make sure that a file or folder has no record of its own, and can have one.

    Raises:
        AnalyzerError: it has one, is left out of the analysis, or nothing that has one.
    """
    if path == ".":
        raise AnalyzerError(
            ".: the whole project is no artifact; name a file or a folder in it, or add everything "
            "with --all-in ."
        )
    if any(record.origin.path == path for record in system.registry.records):
        raise AnalyzerError(f"{path}: a file of the registry itself; name what it is about")
    for artifact in system.artifacts.values():
        is_alone = artifact.files == (path,)
        if path in artifact.place.paths or is_alone:
            record = artifact.record
            raise AnalyzerError(f"{path}: {record.id} registers it already ({record.origin})")
    files = system.facts.files
    if path not in files and not any(file.startswith(f"{path}/") for file in files):
        raise AnalyzerError(
            f"{path}: left out of the analysis, by git or by `exclude`; only what is analysed can "
            "have a record"
        )


def select(answer: DiscoveryAnswer, wanted: list[ProjectPath]) -> DiscoveryAnswer:
    """The proposals for some files, and for what is below some folders."""
    from msgspec.structs import replace  # noqa: PLC0415

    def is_wanted(one: Proposal) -> bool:
        return any(
            path in (".", one.path) or one.path.startswith(f"{path}/") or path in one.files
            for path in wanted
        )

    return replace(
        answer, proposals=tuple(filter(is_wanted, answer.proposals)), asked=tuple(wanted)
    )
