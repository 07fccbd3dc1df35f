"""Whether production uses an artifact, and what speaks for and against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct

from analyzer.graph.entry_points import is_in_script_folder, is_started_by_hand
from analyzer.graph.liveness import Liveness, find_live, is_idle_reexport
from analyzer.graph.modules import runs
from analyzer.graph.system import System
from analyzer.model.answers import (
    Confidence,
    ImporterRole,
    Orphan,
    OrphanReason,
    WeighedImporter,
)
from analyzer.model.entry_points import EntryKind, EntryPoint, Standing
from analyzer.model.imports import Chain, Link, UnknownImport
from analyzer.model.names import ArtifactId, ProjectPath, folders_above, is_package_init
from analyzer.model.registry import Artifact, Resolution
from analyzer.model.routes import Endpoint, UnmountedRouter

# People and machines start these by their path, or publish them: that nothing imports them says
# nothing about their use.
_USED_WITHOUT_IMPORT = frozenset(
    {"doc", "infra", "job", "migration", "script", "sdk-package", "test"}
)
_MOST_NAMED = 3


class Judge(Struct, frozen=True, dict=True):
    """Judges the artifacts of one system."""

    system: System

    @cached_property
    def live(self) -> Liveness:
        """What is reached from what something starts.

        Where nothing is known to start anything, as in a library, every module that is not
        registered stands for the code that uses it.
        """
        starts = {
            path
            for path, points in self.system.entry_points.items()
            if not self._is_script(path, points)
        }
        if not starts:
            starts = {
                path
                for path in self.system.modules
                if path not in self.system.artifact_of
                and not self.system.is_test(path)
                and not is_package_init(path)
                and path not in self.system.entry_points
                and not is_in_script_folder(path)
            }
        starts |= {
            path
            for artifact in self.system.artifacts.values()
            if artifact.record.type in _USED_WITHOUT_IMPORT - {"script", "test"}
            for path in artifact.files
        }
        return self._walk(starts)

    @cached_property
    def live_by_hand(self) -> Liveness:
        """What is reached from scripts that people start."""
        scripts = {
            path
            for path, points in self.system.entry_points.items()
            if self._is_script(path, points)
        }
        return self._walk(scripts)

    def judge(self, artifact: Artifact) -> Orphan | None:
        """Tell why an artifact is an orphan; nothing where it is used or cannot be judged."""
        if artifact.place.resolution is Resolution.MISSING:
            path = artifact.record.origin.path
            reason = OrphanReason.MISSING_FILE
            return Orphan(
                artifact, path, reason, Confidence.CERTAIN, artifact.place.explanation, ()
            )
        if not self.is_analysed(artifact):
            return None
        importers = self.weigh_importers(artifact)
        unmounted = self._judge_routes(artifact, importers)
        if unmounted is not None:
            return unmounted
        files = self.files_of(artifact)
        if any(path in self.live for path in files) or self._is_used_without_import(artifact):
            return None
        return self._judge_importers(artifact, importers)

    def is_analysed(self, artifact: Artifact) -> bool:
        """Whether something can be said: it has code, and is not what a test runner starts.

        What is started without being imported can be seen to be used, never to be unused.
        """
        files = self.files_of(artifact)
        if not files or artifact.record.type == "test":
            return False
        if not self._is_used_without_import(artifact) or self.entry_points_of(artifact):
            return True
        return any(one.role is ImporterRole.LIVE for one in self.weigh_importers(artifact))

    def files_of(self, artifact: Artifact) -> tuple[ProjectPath, ...]:
        """The files of an artifact that links are known of."""
        return tuple(self.system.artifact_graph.files_of(artifact.id))

    def entry_points_of(self, artifact: Artifact) -> tuple[EntryPoint, ...]:
        """What starts an artifact's own files."""
        return tuple(
            point
            for path in self.files_of(artifact)
            for point in self.system.entry_points.get(path, ())
        )

    def find_start(self, artifact: Artifact) -> tuple[EntryPoint | None, Chain]:
        """The start that says most about production, and the chain from there to an artifact.

        Nothing where nothing leads to it; no entry point where the start is only known to be code
        that is not registered, or is of a type that is used without being imported.
        """
        ways = {
            path: self.live.chain_to(path) for path in self.files_of(artifact) if path in self.live
        }
        starts = {path: chain[0].importer if chain else path for path, chain in ways.items()}
        if not ways:
            return None, ()
        first = min(ways, key=lambda path: (self._standing_of(starts[path]), len(ways[path])))
        points = self.system.entry_points.get(starts[first], ())
        return min(points, key=lambda one: one.standing, default=None), ways[first]

    def weigh_importers(self, artifact: Artifact) -> tuple[WeighedImporter, ...]:
        """Everything outside of an artifact that imports or starts it, and what that says."""
        return tuple(
            WeighedImporter(link, self._role_of(link))
            for link in self._links_from_outside(artifact)
        )

    def _walk(self, starts: set[ProjectPath]) -> Liveness:
        system = self.system
        return find_live(
            system.module_graph,
            starts,
            enters=lambda path: not system.is_test(path),
            rank=self._standing_of,
        )

    def _standing_of(self, path: ProjectPath) -> Standing:
        points = self.system.entry_points.get(path, ())
        return min((one.standing for one in points), default=Standing.GUARD)

    def _is_script(self, path: ProjectPath, points: tuple[EntryPoint, ...]) -> bool:
        """Whether a file is a script that, as far as is known, only people start."""
        artifact = self.system.artifact_of.get(path)
        is_registered = (
            artifact is not None and self.system.artifacts[artifact].record.type == "script"
        )
        return is_started_by_hand(points) and (is_registered or is_in_script_folder(path))

    def _is_used_without_import(self, artifact: Artifact) -> bool:
        return artifact.record.type in _USED_WITHOUT_IMPORT

    def _role_of(self, link: Link) -> ImporterRole:
        importer = link.importer
        if self.system.is_test(importer):
            return ImporterRole.TEST
        links = self.system.module_graph.links_between(importer=importer, imported=link.imported)
        is_idle = is_idle_reexport([one for one in links if runs(one.kind)])
        if is_idle and link.imported not in self.live:
            return ImporterRole.REEXPORT
        if importer in self.live or importer not in self.system.modules:
            # What is no Python code is not asked who reads it.
            return ImporterRole.LIVE
        return ImporterRole.SCRIPT if importer in self.live_by_hand else ImporterRole.DEAD

    def _links_from_outside(self, artifact: Artifact) -> tuple[Link, ...]:
        """The strongest link from each file outside of an artifact into it."""
        graph = self.system.module_graph
        links = {
            link
            for path in self.files_of(artifact)
            # Importing anything inside of a package uses its `__init__`, too.
            for link in (*graph.importers_of(path, allows=runs), *graph.executors_of(path))
            if self.system.artifact_of.get(link.importer) != artifact.id
        }
        return tuple(sorted(links, key=Link.sort_key))

    def _judge_routes(
        self, artifact: Artifact, importers: tuple[WeighedImporter, ...]
    ) -> Orphan | None:
        """An API route none of whose endpoints an application answers to.

        Nothing is said where that is doubtful: its imports tell whether it is used.
        """
        endpoints, routers = self.endpoints_of(artifact.id), self.unmounted_of(artifact.id)
        is_mounted = any(one.is_mounted for one in endpoints)
        is_doubtful = any(one.is_doubtful for one in endpoints) or any(
            one.is_doubtful for one in routers
        )
        if artifact.record.type != "api-route" or is_mounted or is_doubtful or not routers:
            return None
        if not self.system.survey.routes.applications:
            # A part of a system that is put together elsewhere.
            return None
        first = routers[0]
        explanation = "; ".join(f"`{one.name}`: {one.explanation}" for one in routers)
        live = [one.link for one in importers if one.role is ImporterRole.LIVE]
        if live:
            explanation += f"; production does import it ({_places(live)})"
        evidence = tuple(one.link for one in importers)
        confidence = Confidence.LIKELY if live else Confidence.CERTAIN
        reason = OrphanReason.UNMOUNTED_ROUTE
        return Orphan(artifact, first.path, reason, confidence, explanation, evidence, first.line)

    def endpoints_of(self, artifact: ArtifactId) -> tuple[Endpoint, ...]:
        """The endpoints whose handlers stand in an artifact's files."""
        return tuple(self._endpoints.get(artifact, ()))

    def unmounted_of(self, artifact: ArtifactId) -> tuple[UnmountedRouter, ...]:
        """The routers of an artifact that no application takes in."""
        return tuple(self._unmounted.get(artifact, ()))

    @cached_property
    def _unmounted(self) -> Mapping[ArtifactId, list[UnmountedRouter]]:
        found: dict[ArtifactId, list[UnmountedRouter]] = defaultdict(list)
        for one in self.system.survey.routes.unmounted:
            artifact = self.system.artifact_of.get(one.path)
            if artifact is not None:
                found[artifact].append(one)
        return found

    @cached_property
    def _endpoints(self) -> Mapping[ArtifactId, list[Endpoint]]:
        found: dict[ArtifactId, list[Endpoint]] = defaultdict(list)
        for one in self.system.survey.routes.endpoints:
            artifact = self.system.artifact_of.get(one.path)
            if artifact is not None:
                found[artifact].append(one)
        return found

    def _judge_importers(
        self, artifact: Artifact, importers: tuple[WeighedImporter, ...]
    ) -> Orphan:
        by_role: dict[ImporterRole, list[Link]] = {role: [] for role in ImporterRole}
        for one in importers:
            by_role[one.role].append(one.link)
        dead, tests = by_role[ImporterRole.DEAD], by_role[ImporterRole.TEST]
        if by_role[ImporterRole.SCRIPT]:
            reason = OrphanReason.SCRIPTS_ONLY
            scripts = by_role[ImporterRole.SCRIPT]
            explanation = f"only scripts reach it ({_places(scripts)})"
            if dead:
                explanation += f"; nothing reaches {_places(dead)}, which imports it, too"
        elif dead:
            reason = OrphanReason.UNREACHABLE
            explanation = f"nothing reaches what imports it ({_places(dead)})"
        elif tests:
            reason = OrphanReason.TESTS_ONLY
            explanation = f"only tests import it ({len(tests)} of them)"
        else:
            reason = OrphanReason.NO_IMPORTERS
            explanation = "nothing imports it, and nothing starts it"
        if reexports := by_role[ImporterRole.REEXPORT]:
            where = _places(reexports)
            explanation += (
                f"; {where} passes it on, and production takes no name of it from there: "
                "without it this line has to go, too"
            )
        evidence = tuple(one.link for one in importers)
        path = self.files_of(artifact)[0]
        return Orphan(artifact, path, reason, Confidence.CERTAIN, explanation, evidence)

    def find_unknown_importer(self, artifact: Artifact) -> ProjectPath | None:
        """The first file without a record that imports an artifact, and that nothing reaches."""
        return next(
            (
                one.link.importer
                for one in self.weigh_importers(artifact)
                if one.role is ImporterRole.DEAD
                and one.link.importer not in self.system.artifact_of
            ),
            None,
        )

    def find_unknown_imports(self, artifact: Artifact) -> tuple[UnknownImport, ...]:
        """Imports by other files of production, partly known names, that may mean its files."""
        files = self.files_of(artifact)
        return tuple(
            one
            for one in self.system.survey.unknown_imports
            if not self.system.is_test(one.importer)
            and self.system.artifact_of.get(one.importer) != artifact.id
            and any(one.may_mean(path) for path in files)
        )

    def find_publication(self, files: Iterable[ProjectPath]) -> EntryPoint | None:
        """What publishes the package around one of some files."""
        for path in files:
            for folder in folders_above(path):
                init = ProjectPath(f"{folder}/__init__.py")
                for point in self.system.entry_points.get(init, ()):
                    if point.kind is EntryKind.PUBLISHED:
                        return point
        return None


def _places(links: list[Link]) -> str:
    shown = ", ".join(f"{link.importer}:{link.line}" for link in links[:_MOST_NAMED])
    more = len(links) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown
