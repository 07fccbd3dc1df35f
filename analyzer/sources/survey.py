"""What the code says beyond its import statements: routes, tasks, programs, names in strings.

On a large project this takes as long as the imports, so most of it is done at the same time, by a
process of its own: `started_survey` begins, and what it gives has the result.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import pickle
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

from analyzer.model.entry_points import EntryPoint, Invocation
from analyzer.model.globs import build_matcher
from analyzer.model.imports import Link
from analyzer.model.names import ProjectPath
from analyzer.model.routes import RouteFacts
from analyzer.model.survey import Survey
from analyzer.model.tasks import TaskFacts
from analyzer.sources.files import Listing
from analyzer.sources.roots import RootTable

# With fewer Python files the start of a process would cost more than it saves.
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
    """What Python files say; the rest is in other files."""

    links: tuple[Link, ...]
    routes: RouteFacts
    tasks: TaskFacts


@contextmanager
def started_survey(request: SurveyRequest) -> Iterator[Callable[[], Survey]]:
    """Begin a survey; the result is there when it is asked for.

    The Python files are read by a process of its own, the others here when the result is asked for.
    Where no process can be started, or it fails, everything is read here. Leaving the context ends
    the process, whatever it is doing.
    """
    modules = sum(path.endswith(".py") for path in request.listing.files)
    if modules < _FEWEST_FILES:
        yield lambda: _put_together(request, survey_code(request))
        return
    # On Linux a copy of this process: it starts at once, with everything loaded. Nothing that it
    # does needs the one other thread there may be, which shows that something is being done.
    context: multiprocessing.context.ForkContext | multiprocessing.context.SpawnContext
    if sys.platform == "linux":
        context = multiprocessing.get_context("fork")
    else:
        context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_run_child, args=(request, sender), daemon=True)
    try:
        # Where no process can be had, nothing is received, and everything is read here.
        with (
            contextlib.suppress(OSError),
            warnings.catch_warnings(action="ignore", category=DeprecationWarning),
        ):
            child.start()
        sender.close()
        yield lambda: _put_together(request, None, receiver)
    finally:
        if child.pid is not None:
            child.kill()
            child.join()
        receiver.close()


def _put_together(
    request: SurveyRequest, code: CodeSurvey | None, receiver: Connection | None = None
) -> Survey:
    invocations, entry_points = survey_programs(request)
    if code is None and receiver is not None:
        code = _receive(receiver)
    found = code or survey_code(request)
    return Survey(
        links=found.links,
        invocations=invocations,
        entry_points=entry_points,
        routes=found.routes,
        tasks=found.tasks,
    )


def _receive(receiver: Connection) -> CodeSurvey | None:
    try:
        found = pickle.loads(receiver.recv_bytes())  # noqa: S301 - our own process has written it
    except (OSError, EOFError, pickle.UnpicklingError):
        return None
    return found if isinstance(found, CodeSurvey) else None


def _run_child(request: SurveyRequest, sender: Connection) -> None:
    # An interrupt is the parent's to tell of.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    with contextlib.suppress(Exception):
        # Where this fails the parent does it again, and whoever waits there learns why.
        sender.send_bytes(pickle.dumps(survey_code(request), protocol=pickle.HIGHEST_PROTOCOL))


def survey_programs(
    request: SurveyRequest,
) -> tuple[tuple[Invocation, ...], tuple[EntryPoint, ...]]:
    """Read the files that start programs, and what packages and frameworks declare."""
    # Imported here: the process that reads the code does not need them.
    from analyzer.sources.entry_points import find_entry_points  # noqa: PLC0415
    from analyzer.sources.import_resolver import build_program_resolver  # noqa: PLC0415
    from analyzer.sources.invocations import find_invocations  # noqa: PLC0415

    project, files = Path(request.project), request.listing.files
    resolve_module = build_program_resolver(_build_table(request))
    return (
        find_invocations(project=project, files=files, resolve_module=resolve_module),
        find_entry_points(project=project, files=files, resolve_module=resolve_module),
    )


def survey_code(request: SurveyRequest) -> CodeSurvey:
    """Read the Python files for routes, tasks, and what strings name.

    What cannot be read is passed over: the scan of imports reports it.
    """
    # Imported here: the parent may never need them.
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
    is_test = build_matcher(request.tests)
    project = Path(request.project)
    read_data = _build_reader(project)
    table = _build_table(request)
    interest = build_interest(
        (read_data(path) for path in modules if not is_test(path)),
        more=words_of_decorators(request.task_decorators),
    )
    code = Code(
        interesting=[
            path for path in modules if interest.is_in(read_data(path), is_test=is_test(path))
        ],
        read_data=cache(read_data),
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
    started = (one.link for one in find_program_runs(code, commands) if not one.is_test_run)
    links = {
        *find_dynamic_links(code),
        *started,
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
