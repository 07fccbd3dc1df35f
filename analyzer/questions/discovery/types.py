"""What type of artifact a file is, and what says so."""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from analyzer.graph.entry_points import is_in_script_folder
from analyzer.graph.system import System
from analyzer.model.discovery import Certainty, Conduct, ProposedField
from analyzer.model.entry_points import EntryKind, EntryPoint, Standing
from analyzer.model.imports import Link
from analyzer.model.names import ProjectPath
from analyzer.model.routes import Endpoint
from analyzer.model.tasks import Task
from analyzer.questions.discovery.units import Unit
from analyzer.registry.places import FOLDERS_OF_TYPE

_FIELD = "type"
# Folders that say what their modules are. One for routes does not: what has none is a helper.
_TELLING = ("service", "worker", "migration", "library")
_SERVER_FILES = frozenset({"asgi.py", "wsgi.py"})
_WORKER_NAME = re.compile(
    r"(?:consumer|daemon|listener|poller|processor|runner|scheduler|worker)s?\.py$"
)
# What a file is that is no Python, as nothing in it is read.
_TYPE_OF_SUFFIX = {
    ".bash": "script",
    ".jsx": "ui-component",
    ".md": "doc",
    ".rst": "doc",
    ".sh": "script",
    ".sql": "script",
    ".tf": "infra",
    ".tsx": "ui-component",
    ".vue": "ui-component",
    ".yaml": "infra",
    ".yml": "infra",
}
# What stands in for a type that a registry's own schema does not have.
_INSTEAD = {
    "job": ("worker", "script", "service"),
    "library": ("service",),
    "migration": ("script", "infra", "library", "service"),
    "script": ("job", "infra", "service"),
    "sdk-package": ("library", "service"),
    "service": ("library",),
    "worker": ("job", "service"),
    "api-route": ("service",),
}


class TypeFinder:
    """Finds types; everything that is asked of a system for it is looked up once."""

    def __init__(self, system: System) -> None:
        """Sort what is known about files by file."""
        self._system = system
        self._allowed = system.registry.allowed.get(_FIELD, ())
        self.endpoints: dict[ProjectPath, list[Endpoint]] = defaultdict(list)
        for endpoint in system.survey.routes.endpoints:
            for path in sorted({endpoint.path, endpoint.declared_in}):
                self.endpoints[path].append(endpoint)
        self.tasks: dict[ProjectPath, list[Task]] = defaultdict(list)
        for task in system.survey.tasks.tasks:
            self.tasks[task.path].append(task)
        self._routers = {one.path: one for one in reversed(system.survey.routes.unmounted)}
        self._applications = {one.path: one for one in reversed(system.survey.routes.applications)}
        self._workers = frozenset(system.survey.tasks.workers)
        self._by_folder: dict[str, Counter[str]] = defaultdict(Counter)
        for artifact in system.artifacts.values():
            if artifact.record.type is not None:
                for place in artifact.place.paths:
                    self._by_folder[posixpath.dirname(place)][artifact.record.type] += 1

    def find_type(self, unit: Unit, conducts: Mapping[ProjectPath, Conduct]) -> ProposedField:
        """The type of a unit: the first that anything speaks for, the surest first."""
        found = next(self._candidates(unit, conducts))
        if not self._allowed or found.value in self._allowed:
            return found
        usual = self._by_folder[posixpath.dirname(unit.path)].most_common(1)
        instead = [*_INSTEAD.get(found.value, ()), *(one for one, _ in usual), *self._allowed]
        value = next(one for one in instead if one in self._allowed)
        reason = f"{found.reason}; the schema of the registry has no {found.value}"
        return ProposedField(_FIELD, value, reason, Certainty.GUESS, found.path, found.line)

    def _candidates(
        self, unit: Unit, conducts: Mapping[ProjectPath, Conduct]
    ) -> Iterator[ProposedField]:
        if unit.is_client:
            yield _field(
                "sdk-package", "a client that others install", Certainty.CERTAIN, unit.path
            )
        if unit.is_package:
            yield from self._by_siblings(unit)
        yield from self._by_routes(unit)
        yield from self._by_tasks(unit)
        yield from self._by_starts(unit)
        yield from self._by_loop(unit, conducts, is_started=True)
        if not unit.is_package:
            yield from self._by_siblings(unit)
        yield from self._by_folder_name(unit)
        yield from self._by_loop(unit, conducts, is_started=False)
        yield from self._by_starts_and_name(unit)
        suffix = posixpath.splitext(unit.path)[1].lower()
        if suffix in _TYPE_OF_SUFFIX and not unit.is_package:
            reason = f"so is what ends in {suffix}"
            yield _field(_TYPE_OF_SUFFIX[suffix], reason, Certainty.GUESS)
        importers = len({link.importer for file in unit.files for link in self._importers(file)})
        if importers:
            reason = f"nothing starts it, and {_importing(importers)}"
            yield _field("library", reason, Certainty.GUESS)
        yield _field("library", "nothing starts it, and nothing imports it", Certainty.GUESS)

    def _importers(self, file: ProjectPath) -> Iterator[Link]:
        graph = self._system.module_graph
        for link in graph.importers_of(file) if file in graph else ():
            if not self._system.is_test(link.importer):
                yield link

    def _by_routes(self, unit: Unit) -> Iterator[ProposedField]:
        everything = [(file, one) for file in unit.files for one in self.endpoints.get(file, ())]
        own = [(file, one) for file, one in everything if one.path == file]
        found = own or everything
        if found:
            file, first = found[0]
            line = first.line if own else first.declared_line
            verb = "it answers" if own else "it declares"
            count = f"{len(found)} endpoints, the first" if len(found) > 1 else verb
            mounted = "" if any(one.is_mounted for _, one in found) else ", mounted nowhere"
            reason = f"{count} {first.method} {first.route}{mounted}"
            yield _field("api-route", reason, Certainty.CERTAIN, file, line)
        for file in unit.files:
            router = self._routers.get(file)
            if router is not None:
                reason = f"it builds the router `{router.name}`"
                yield _field("api-route", reason, Certainty.CERTAIN, file, router.line)

    def _by_tasks(self, unit: Unit) -> Iterator[ProposedField]:
        found = [task for file in unit.files for task in self.tasks.get(file, ())]
        if found:
            first = found[0]
            count = (
                f"{len(found)} tasks of {first.queue}, the first is"
                if len(found) > 1
                else (f"a task of {first.queue}:")
            )
            reason = f"{count} `{first.function}`"
            yield _field("worker", reason, Certainty.CERTAIN, first.path, first.line)
        for file in unit.files:
            if file in self._workers:
                yield _field(
                    "worker", "a worker of a task queue is started with it", Certainty.CERTAIN, file
                )

    def _by_starts(self, unit: Unit) -> Iterator[ProposedField]:
        starts = [
            (file, point)
            for file in unit.files
            for point in self._system.entry_points.get(file, ())
        ]
        for _, point in starts:
            if point.kind is EntryKind.MIGRATION:
                place = point.declared_at
                reason = f"a migration: {point.how}"
                yield _field("migration", reason, Certainty.CERTAIN, place, point.line)
        for file in unit.files:
            application = self._applications.get(file)
            if application is not None:
                reason = f"it builds the {application.framework} application `{application.name}`"
                yield _field("service", reason, Certainty.CERTAIN, file, application.line)
        for file in unit.files:
            if posixpath.basename(file) in _SERVER_FILES:
                yield _field("service", "what a web server is started with", Certainty.LIKELY, file)
        for file, point in starts:
            if is_in_script_folder(file):
                reason = f"started ({point.how}), in a folder for scripts"
                yield _field("script", reason, Certainty.CERTAIN, *_declared(file, point))
        for _, point in starts:
            if point.kind is EntryKind.CONSOLE_SCRIPT:
                yield _field("script", point.how, Certainty.LIKELY, point.declared_at, point.line)

    def _by_siblings(self, unit: Unit) -> Iterator[ProposedField]:
        """What most of the other records in its folder are."""
        folder = posixpath.dirname(unit.path)
        types = self._by_folder.get(folder, Counter())
        ordered = sorted(types, key=lambda one: (-types[one], one))
        if ordered and types[ordered[0]] * 2 > types.total():
            best = ordered[0]
            if best == "api-route" and self.endpoints:
                # Where routes are read, one that has none is none: a helper of theirs.
                return
            where = folder or "the project's folder"
            reason = f"so are {types[best]} of the {types.total()} registered in {where}"
            if types.total() == 1:
                reason = f"so is the only one that is registered in {where}"
            yield _field(best, reason, Certainty.LIKELY)

    def _by_folder_name(self, unit: Unit) -> Iterator[ProposedField]:
        parts = unit.path.split("/")[:-1]
        for depth in (-1, -2):
            name = parts[depth] if len(parts) >= -depth else ""
            for type_ in _TELLING:
                if name.lower() in FOLDERS_OF_TYPE[type_]:
                    certainty = Certainty.LIKELY if depth == -1 else Certainty.GUESS
                    reason = f"it stands in a folder `{name}`"
                    yield _field(type_, reason, certainty)

    def _by_loop(
        self, unit: Unit, conducts: Mapping[ProjectPath, Conduct], *, is_started: bool
    ) -> Iterator[ProposedField]:
        """A loop without an end, in what is started, or in what nobody uses or calls a worker.

        Clients have such loops, too: they are used, and nothing starts them.
        """
        for file in unit.files:
            if conducts[file].loop_line is None:
                continue
            points = self._system.entry_points.get(file, ())
            reason = "a loop in it goes on until it is told to stop"
            if is_started and points:
                strongest = min(points, key=lambda one: one.standing)
                reason = f"{strongest.how}, and {reason}"
                yield _field("worker", reason, Certainty.LIKELY, file, conducts[file].loop_line)
            is_meant = _WORKER_NAME.search(file) or not any(self._importers(file))
            if not is_started and is_meant:
                yield _field("worker", reason, Certainty.GUESS, file, conducts[file].loop_line)

    def _by_starts_and_name(self, unit: Unit) -> Iterator[ProposedField]:
        for file in unit.files:
            points = self._system.entry_points.get(file, ())
            for point in sorted(points, key=lambda one: one.standing):
                is_used = any(True for _ in self._importers(file))
                if point.standing is not Standing.GUARD or not is_used:
                    certainty = Certainty.GUESS if is_used else Certainty.LIKELY
                    reason = f"it is started: {point.how}"
                    yield _field("script", reason, certainty, *_declared(file, point))
        stem = posixpath.splitext(posixpath.basename(unit.path))[0]
        for ending, type_ in (("service", "service"), ("worker", "worker")):
            if stem == ending or stem.endswith(f"_{ending}"):
                yield _field(type_, f"its name ends with `{ending}`", Certainty.LIKELY)


def _field(
    value: str,
    reason: str,
    certainty: Certainty,
    path: ProjectPath | None = None,
    line: int | None = None,
) -> ProposedField:
    return ProposedField(_FIELD, value, reason, certainty, path, line)


def _declared(file: ProjectPath, point: EntryPoint) -> tuple[ProjectPath, int | None]:
    return (point.declared_at, point.line) if point.line is not None else (file, None)


def _importing(number: int) -> str:
    return "1 module imports it" if number == 1 else f"{number} modules import it"
