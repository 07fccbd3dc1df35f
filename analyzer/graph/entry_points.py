"""What starts the files of a project, put together from everything that says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from analyzer.model.entry_points import EntryKind, EntryPoint
from analyzer.model.imports import Module
from analyzer.model.names import ProjectPath
from analyzer.model.survey import Survey


def collect_entry_points(
    *,
    modules: Iterable[Module],
    survey: Survey,
    is_configured: Callable[[ProjectPath], bool],
) -> Mapping[ProjectPath, tuple[EntryPoint, ...]]:
    """Find what starts each file that something outside of Python starts.

    Test code is left out on both sides: what a test starts is tested, not used.

    Returns:
        By path; what starts a file is sorted and holds nothing twice.
    """
    modules = tuple(modules)
    tests = {module.path for module in modules if module.is_test}
    found: dict[ProjectPath, set[EntryPoint]] = {}
    for one in _everything(modules, survey, is_configured):
        if one.path not in tests and one.declared_at not in tests:
            found.setdefault(one.path, set()).add(one)
    return {path: tuple(sorted(found[path], key=EntryPoint.sort_key)) for path in sorted(found)}


def _everything(
    modules: Iterable[Module], survey: Survey, is_configured: Callable[[ProjectPath], bool]
) -> Iterator[EntryPoint]:
    yield from survey.entry_points
    for invocation in survey.invocations:
        if not invocation.is_test_run:
            link = invocation.link
            how = f"{link.importer} runs it"
            yield EntryPoint(link.imported, EntryKind.INVOKED, how, link.importer, link.line)
    for application in survey.routes.applications:
        how = f"{application.framework} application `{application.name}`"
        yield EntryPoint(
            application.path, EntryKind.WEB_APPLICATION, how, application.path, application.line
        )
    for worker in survey.tasks.workers:
        how = "what a worker of a task queue is started with"
        yield EntryPoint(worker, EntryKind.TASK_WORKER, how, worker, None)
    for module in modules:
        path = module.path
        if module.is_started:
            how = "a `__main__` guard, a shebang, or its name"
            yield EntryPoint(path, EntryKind.MAIN_GUARD, how, path, None)
        if is_configured(path):
            yield EntryPoint(path, EntryKind.CONFIGURED, "the configuration", path, None)


# What people keep beside a program: to look after it, to try it out, to show it.
_SCRIPT_FOLDERS = frozenset(
    {
        "benchmarks", "bin", "contrib", "demo", "demos", "dev", "example", "examples", "hack",
        "misc", "ops", "samples", "script", "scripts", "tool", "tools",
    }
)  # fmt: skip
_BY_HAND = frozenset({EntryKind.MAIN_GUARD})


def is_started_by_hand(points: Iterable[EntryPoint]) -> bool:
    """Whether nothing but a file's own `__main__` guard or shebang says that it is started."""
    return all(one.kind in _BY_HAND for one in points)


def is_in_script_folder(path: ProjectPath) -> bool:
    """Whether a file stands in a folder for what people start by hand."""
    return not _SCRIPT_FOLDERS.isdisjoint(path.split("/")[:-1])
