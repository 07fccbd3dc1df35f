"""What the code says beyond its import statements: routes, tasks, programs, names in strings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analyzer.model.entry_points import EntryPoint, Invocation
from analyzer.model.globs import build_matcher
from analyzer.model.imports import Link
from analyzer.model.names import ProjectPath
from analyzer.model.routes import RouteFacts
from analyzer.model.survey import Survey
from analyzer.model.tasks import TaskFacts
from analyzer.sources.files import Listing
from analyzer.sources.processes import started
from analyzer.sources.roots import RootTable

# With fewer Python files the start of processes would cost more than it saves.
_FEWEST_FILES = 300
_LARGEST_FILE = 1_000_000


@dataclass(frozen=True, slots=True)
class SurveyRequest:
    """What a survey needs to know."""

    project: str
    """Absolute path of the project."""
    listing: Listing
    configured_roots: tuple[ProjectPath, ...]
    tests: tuple[str, ...]
    """Patterns of test code."""
    task_decorators: tuple[str, ...]
    """The project's own decorators of tasks."""


@dataclass(frozen=True, slots=True)
class CodeSurvey:
    """What Python files say."""

    links: tuple[Link, ...]
    routes: RouteFacts
    tasks: TaskFacts


@dataclass(frozen=True, slots=True)
class ProgramSurvey:
    """What other files say."""

    invocations: tuple[Invocation, ...]
    entry_points: tuple[EntryPoint, ...]


@contextmanager
def started_survey(request: SurveyRequest) -> Iterator[Callable[[], Survey]]:
    """Begin a survey; the result is there when it is asked for.

    On a large project it takes as long as the scan of imports, so that processes of their own do
    the two halves of it. Leaving the context ends them, whatever they are doing.
    """
    modules = sum(path.endswith(".py") for path in request.listing.files)
    if modules < _FEWEST_FILES:
        yield lambda: _put_together(survey_code(request), survey_programs(request))
        return
    with started(survey_code, request) as get_code, started(survey_programs, request) as get_rest:
        yield lambda: _put_together(get_code(), get_rest())


def _put_together(code: CodeSurvey, programs: ProgramSurvey) -> Survey:
    return Survey(
        links=code.links,
        invocations=programs.invocations,
        entry_points=programs.entry_points,
        routes=code.routes,
        tasks=code.tasks,
    )


def survey_programs(request: SurveyRequest) -> ProgramSurvey:
    """Read the files that start programs, and what packages and frameworks declare."""
    # Imported here, as below: only the process that does this needs them.
    from analyzer.sources.entry_points import find_entry_points  # noqa: PLC0415
    from analyzer.sources.import_resolver import build_program_resolver  # noqa: PLC0415
    from analyzer.sources.invocations import build_commands, find_invocations  # noqa: PLC0415

    project, files = Path(request.project), request.listing.files
    resolve_module = build_program_resolver(_build_table(request))
    commands = build_commands(project=project, files=files, resolve_module=resolve_module)
    return ProgramSurvey(
        invocations=find_invocations(commands, files),
        entry_points=find_entry_points(project=project, files=files, resolve_module=resolve_module),
    )


def survey_code(request: SurveyRequest) -> CodeSurvey:
    """Read the Python files for routes, tasks, and what strings name.

    What cannot be read is passed over: the scan of imports reports it.
    """
    from analyzer.sources.dynamic_imports import find_dynamic_links  # noqa: PLC0415
    from analyzer.sources.import_resolver import (  # noqa: PLC0415
        build_import_resolver,
        build_program_resolver,
    )
    from analyzer.sources.invocations import build_commands  # noqa: PLC0415
    from analyzer.sources.outline.code import Code  # noqa: PLC0415
    from analyzer.sources.outline.interest import (  # noqa: PLC0415
        build_interest,
        words_of_decorators,
    )
    from analyzer.sources.program_runs import find_program_runs  # noqa: PLC0415
    from analyzer.sources.routes.finding import find_routes  # noqa: PLC0415
    from analyzer.sources.tasks import find_tasks  # noqa: PLC0415

    modules = [path for path in request.listing.files if path.endswith(".py")]
    project = Path(request.project)
    is_test = cache(build_matcher(request.tests))
    read_data = cache(_build_reader(project))
    interest = build_interest(
        (read_data(path) for path in modules if not is_test(path)),
        more=words_of_decorators(request.task_decorators),
    )
    table = _build_table(request)
    code = Code(
        interesting=[
            path for path in modules if interest.is_in(read_data(path), is_test=is_test(path))
        ],
        read_data=read_data,
        resolve_import=build_import_resolver(table=table, modules=modules),
        interest=interest,
    )
    # Tests mount routers and send tasks to try them.
    production = code.restricted_to(lambda path: not is_test(path))
    routes = find_routes(production)
    tasks = find_tasks(production, decorators=request.task_decorators)
    commands = build_commands(
        project=project,
        files=request.listing.files,
        resolve_module=build_program_resolver(table),
    )
    started_programs = (
        one.link for one in find_program_runs(code, commands) if not one.is_test_run
    )
    links = {
        *find_dynamic_links(code),
        *started_programs,
        *tasks.links,
        *tasks.schedules,
        *tasks.imports,
        *routes.links,
    }
    return CodeSurvey(tuple(sorted(links, key=Link.sort_key)), routes.facts, tasks)


def _build_table(request: SurveyRequest) -> RootTable:
    return RootTable(
        files=request.listing.files,
        aliases=request.listing.aliases,
        configured=request.configured_roots,
        is_test=build_matcher(request.tests),
    )


def _build_reader(project: Path) -> Callable[[ProjectPath], bytes]:
    def read_data(path: ProjectPath) -> bytes:
        try:
            data = (project / path).read_bytes()
        except OSError:
            return b""
        return data if len(data) <= _LARGEST_FILE else b""

    return read_data
