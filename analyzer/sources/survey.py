"""What the code says beyond its import statements: routes, tasks, programs, names in strings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.model.entry_points import EntryPoint, Invocation
from analyzer.model.globs import build_matcher
from analyzer.model.imports import Link, UnknownImport, Unscanned
from analyzer.model.names import ProjectPath
from analyzer.model.routes import RouteFacts
from analyzer.model.survey import Survey
from analyzer.model.tasks import TaskFacts
from analyzer.sources.files import LARGEST_MODULE, Listing
from analyzer.sources.processes import started
from analyzer.sources.roots import RootTable

if TYPE_CHECKING:
    from analyzer.sources.outline.code import Code
    from analyzer.sources.outline.interest import Interest
    from analyzer.sources.outline.meanings import Plugins

# With fewer Python files the start of processes would cost more than it saves.
_FEWEST_FILES = 300


class SurveyRequest(Struct, frozen=True):
    """What a survey needs to know."""

    project: str
    """Absolute path of the project."""
    listing: Listing
    configured_roots: tuple[ProjectPath, ...]
    tests: tuple[str, ...]
    """Patterns of test code."""
    task_decorators: tuple[str, ...]
    """The project's own decorators of tasks."""


class FrameworkSurvey(Struct, frozen=True):
    """What web frameworks and task queues are told."""

    routes: RouteFacts
    tasks: TaskFacts
    links: tuple[Link, ...]


class ProgramSurvey(Struct, frozen=True):
    """What is started or imported by a name in a string, and what is declared."""

    links: tuple[Link, ...]
    invocations: tuple[Invocation, ...]
    entry_points: tuple[EntryPoint, ...]
    unknown_imports: tuple[UnknownImport, ...]
    unscanned: tuple[Unscanned, ...]


@contextmanager
def started_survey(request: SurveyRequest) -> Iterator[Callable[[], Survey]]:
    """Begin a survey; the result is there when it is asked for.

    On a large project it takes as long as the scan of imports, so that processes of their own do
    the two halves of it. Leaving the context ends them, whatever they are doing.
    """
    apart = is_large(request.listing)
    with (
        started(survey_frameworks, request, apart=apart) as get_frameworks,
        started(survey_programs, request, apart=apart) as get_programs,
    ):
        yield lambda: _put_together(get_frameworks(), get_programs())


def is_large(listing: Listing) -> bool:
    """Whether a project has so many modules that processes of their own save time."""
    return sum(path.endswith(".py") for path in listing.files) >= _FEWEST_FILES


def _put_together(frameworks: FrameworkSurvey, programs: ProgramSurvey) -> Survey:
    return Survey(
        links=tuple(sorted({*frameworks.links, *programs.links}, key=Link.sort_key)),
        invocations=programs.invocations,
        entry_points=programs.entry_points,
        routes=frameworks.routes,
        tasks=frameworks.tasks,
        unknown_imports=programs.unknown_imports,
        unscanned=programs.unscanned,
    )


def survey_frameworks(request: SurveyRequest) -> FrameworkSurvey:
    """Read the Python files for routes and tasks.

    Tests are left out: they mount routers and send tasks to try them. What cannot be read is passed
    over: the scan of imports reports it.
    """
    # Imported here, as below: only the process that does this needs them.
    from analyzer.sources.outline.interest import (  # noqa: PLC0415
        build_interest,
        words_of_decorators,
    )
    from analyzer.sources.routes.finding import find_routes  # noqa: PLC0415
    from analyzer.sources.tasks import find_tasks  # noqa: PLC0415

    is_test = build_matcher(request.tests)
    production = [path for path in _modules(request) if not is_test(path)]
    read_data = _build_reader(request)
    interest = build_interest(
        map(read_data, production), more=words_of_decorators(request.task_decorators)
    )
    table = _build_table(request)
    code = _build_code(request, production, interest, read_data, table)
    routes = find_routes(code)
    tasks = find_tasks(code, decorators=request.task_decorators)
    links = (*tasks.links, *tasks.schedules, *tasks.imports, *routes.links)
    return FrameworkSurvey(routes.facts, tasks, links)


def survey_programs(request: SurveyRequest) -> ProgramSurvey:
    """Read the files that start programs, strings in Python files, and what packages declare."""
    from analyzer.sources.dynamic_imports import find_dynamic_imports  # noqa: PLC0415
    from analyzer.sources.entry_points import find_broken, find_entry_points  # noqa: PLC0415
    from analyzer.sources.import_resolver import build_program_resolver  # noqa: PLC0415
    from analyzer.sources.invocations import (  # noqa: PLC0415
        build_commands,
        find_invocations,
        find_unread,
    )
    from analyzer.sources.outline.interest import NAMES  # noqa: PLC0415
    from analyzer.sources.program_runs import find_program_runs  # noqa: PLC0415

    project, files = Path(request.project), request.listing.files
    table = _build_table(request)
    resolve_module = build_program_resolver(table)
    commands = build_commands(project=project, files=files, resolve_module=resolve_module)
    code = _build_code(request, _modules(request), NAMES, _build_reader(request), table)
    runs = (one.link for one in find_program_runs(code, commands) if not one.is_test_run)
    invocations = find_invocations(commands, files)
    imports = find_dynamic_imports(code)
    return ProgramSurvey(
        links=(*imports.links, *runs),
        invocations=invocations,
        entry_points=find_entry_points(project=project, files=files, resolve_module=resolve_module),
        unknown_imports=imports.unknown,
        unscanned=(*find_unread(commands, files), *find_broken(project=project, files=files)),
    )


def _modules(request: SurveyRequest) -> list[ProjectPath]:
    return [path for path in request.listing.files if path.endswith(".py")]


def _build_code(
    request: SurveyRequest,
    paths: Iterable[ProjectPath],
    interest: Interest,
    read_data: Callable[[ProjectPath], bytes],
    table: RootTable,
) -> Code:
    """The Python files, of which some are looked through for what is of interest."""
    from analyzer.sources.import_resolver import build_import_resolver  # noqa: PLC0415
    from analyzer.sources.outline.code import Code  # noqa: PLC0415

    is_test = build_matcher(request.tests)
    return Code(
        interesting=[path for path in paths if interest.is_in(read_data(path))],
        read_data=read_data,
        resolve_import=build_import_resolver(table=table, modules=_modules(request)),
        interest=interest,
        files=[path for path in _modules(request) if not is_test(path)],
        find_plugins=partial(_find_plugins, request, table),
    )


def _find_plugins(request: SurveyRequest, table: RootTable) -> Plugins:
    from analyzer.sources.entry_points import find_plugins  # noqa: PLC0415
    from analyzer.sources.import_resolver import build_program_resolver  # noqa: PLC0415

    return find_plugins(
        project=Path(request.project),
        files=request.listing.files,
        resolve_module=build_program_resolver(table),
    )


def _build_table(request: SurveyRequest) -> RootTable:
    return RootTable(
        files=request.listing.files,
        aliases=request.listing.aliases,
        configured=request.configured_roots,
        is_test=build_matcher(request.tests),
    )


def _build_reader(request: SurveyRequest) -> Callable[[ProjectPath], bytes]:
    folder = os.path.join(request.project, "")  # noqa: PTH118 - strings are much faster

    @cache
    def read_data(path: ProjectPath) -> bytes:
        try:
            with open(folder + path, "rb") as file:  # noqa: PTH123
                data = file.read()
        except OSError:
            return b""
        return data if len(data) <= LARGEST_MODULE else b""

    return read_data
