"""Who calls whom in production: the dependencies that checks of authority and order judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from analyzer.graph.modules import runs
from analyzer.graph.system import System
from analyzer.model.entry_points import EntryKind
from analyzer.model.imports import Chain, Kind, Link
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Artifact

_WIRING = frozenset({EntryKind.WEB_APPLICATION, EntryKind.TASK_WORKER})
_TEST_TYPE = "test"


def is_call(kind: Kind) -> bool:
    """Whether a link happens when the program runs, and because the importer says so.

    Imports for type checkers do not happen, and the `__init__` of a package that is executed on
    the way to something else is not what the importer wants.
    """
    return runs(kind) and kind is not Kind.PARENT_INIT


class Calls(Struct, frozen=True, dict=True):
    """The calls of production code: test code neither calls nor is called."""

    system: System

    def pairs(self) -> Iterator[tuple[Artifact, Artifact]]:
        """Caller and called, where there may be a call; `chain` tells whether there is. Sorted."""
        artifacts = self.system.artifacts
        for caller, called in sorted(self.system.artifact_graph.networkx.edges):
            if _TEST_TYPE not in (artifacts[caller].record.type, artifacts[called].record.type):
                yield artifacts[caller], artifacts[called]

    def chain(self, *, caller: ArtifactId, called: ArtifactId) -> Chain:
        """A shortest chain of calls through code of no artifact; empty where there is no call.

        An application that takes in the routes of an artifact, and a worker its tasks, does not
        call it: it only puts the parts together.
        """
        chains: Mapping[ArtifactId, Chain]
        chains = self.system.artifact_graph.chains_from(caller, allows=is_call)
        chain = chains.get(called, ())
        is_test = any(self.system.is_test(link.importer) for link in chain)
        return () if is_test or self.is_wiring(chain) else chain

    def is_wiring(self, chain: Chain) -> bool:
        """Whether a chain only leads from where an application is put together to its parts."""
        if not chain or chain[-1].imported not in self._serving:
            return False
        points = self.system.entry_points.get(chain[0].importer, ())
        return any(point.kind in _WIRING for point in points)

    def direct_links(self, *, caller: Artifact, called: Artifact) -> Iterator[Link]:
        """The strongest call from each production file of one artifact to each of another."""
        targets = frozenset(called.files)
        for path in self.system.artifact_graph.files_of(caller.id):
            if self.system.is_test(path):
                continue
            for link in self.system.module_graph.imports_of(path, allows=is_call):
                if link.imported in targets and not self.is_wiring((link,)):
                    yield link

    @cached_property
    def _serving(self) -> frozenset[ProjectPath]:
        """The files with routes or tasks."""
        survey = self.system.survey
        serving = {endpoint.path for endpoint in survey.routes.endpoints}
        serving |= {endpoint.declared_in for endpoint in survey.routes.endpoints}
        serving |= {router.path for router in survey.routes.unmounted}
        return frozenset(serving | {task.path for task in survey.tasks.tasks})
