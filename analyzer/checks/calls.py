"""Who calls whom in production: the dependencies that checks of authority and order judge."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
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
        call it: it only puts the parts together. What else its artifact calls counts.
        """
        chains: Mapping[ArtifactId, Chain]
        chains = self.system.artifact_graph.chains_from(caller, allows=is_call)
        chain = chains.get(called, ())
        is_test = any(self.system.is_test(link.importer) for link in chain)
        if not is_test and not self.is_wiring(chain):
            return chain
        # A test, or the application, is nearest; what calls it beside them may be further away.
        if caller not in self._longer:
            self._longer[caller] = self.chains_from(
                caller,
                to=self.system.artifacts,
                enters=lambda path: path not in self.system.artifact_of,
            )
        return self._longer[caller].get(called, ())

    def chains_from(
        self,
        caller: ArtifactId,
        *,
        to: Collection[ArtifactId],
        enters: Callable[[ProjectPath], bool],
    ) -> Mapping[ArtifactId, Chain]:
        """A shortest chain from an artifact to each of those that it calls.

        Args:
            caller: the artifact.
            to: those that are asked for.
            enters: whether a chain may go on from a file; from test code none does.
        """
        system = self.system
        files = [
            path for path in system.artifact_graph.files_of(caller) if not system.is_test(path)
        ]
        calling = [path for path in files if not self._puts_together(path)]
        # From a file that puts parts together no chain ends at one of the parts.
        walks = [(files, False), (calling, True)] if len(calling) < len(files) else [(files, None)]
        found: dict[ArtifactId, Chain] = {}
        for starts, ends_at_parts in walks:
            walk = system.module_graph.walk(
                starts,
                allows=is_call,
                enters=lambda path: enters(path) and not system.is_test(path),
            )
            for path in walk:
                other = system.artifact_of.get(path)
                if other is None or other == caller or other not in to:
                    continue
                if ends_at_parts is None or ends_at_parts is (path in self._serving):
                    chain = walk.chain_to(path)
                    if other not in found or len(chain) < len(found[other]):
                        found[other] = chain
        return found

    def is_wiring(self, chain: Chain) -> bool:
        """Whether a chain only leads from where an application is put together to its parts."""
        is_part = bool(chain) and chain[-1].imported in self._serving
        return is_part and self._puts_together(chain[0].importer)

    def _puts_together(self, path: ProjectPath) -> bool:
        return any(point.kind in _WIRING for point in self.system.entry_points.get(path, ()))

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
    def _longer(self) -> dict[ArtifactId, Mapping[ArtifactId, Chain]]:
        """Caller -> its chains beside tests and applications; filled where somebody asks."""
        return {}

    @cached_property
    def _serving(self) -> frozenset[ProjectPath]:
        """The files with routes or tasks."""
        survey = self.system.survey
        serving = {endpoint.path for endpoint in survey.routes.endpoints}
        serving |= {endpoint.declared_in for endpoint in survey.routes.endpoints}
        serving |= {router.path for router in survey.routes.unmounted}
        return frozenset(serving | {task.path for task in survey.tasks.tasks})
