"""The graph of artifacts: who depends on whom, and by which chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import networkx as nx

from analyzer.graph.modules import (
    KindFilter,
    ModuleGraph,
    any_kind,
    chain_from,
    imports_when_it_runs,
)
from analyzer.model.answers import Dependency, Unregistered, sorted_kinds
from analyzer.model.imports import Chain, Link
from analyzer.model.names import ArtifactId, ProjectPath


class ArtifactGraph:
    """Artifacts and the dependencies between them.

    An artifact depends on another one where its code reaches code of the other directly, or only
    through code that belongs to no artifact.
    """

    def __init__(
        self,
        *,
        modules: ModuleGraph,
        artifacts: Iterable[ArtifactId],
        artifact_of: Mapping[ProjectPath, ArtifactId],
    ) -> None:
        """Join a graph of files with the artifacts that the files belong to."""
        self._modules = modules
        self._artifact_of = artifact_of
        self._files: dict[ArtifactId, list[ProjectPath]] = {id_: [] for id_ in artifacts}
        for path in sorted(modules.networkx):
            if path in artifact_of:
                self._files[artifact_of[path]].append(path)
        self._found: dict[ArtifactId, dict[ArtifactId, Dependency]] = {}
        self._links: dict[ArtifactId, Mapping[ArtifactId, Sequence[Link]]] = {}
        self._chains: dict[tuple[ArtifactId, KindFilter], Mapping[ArtifactId, Chain]] = {}

    @cached_property
    def networkx(self) -> nx.DiGraph[ArtifactId]:
        """Artifacts, and an edge from each dependent to what it depends on."""
        return self._build(any_kind)

    @cached_property
    def running(self) -> nx.DiGraph[ArtifactId]:
        """The same by imports that happen when the program runs, and nothing else."""
        kinds = {kind for edge in self._modules.kinds_of_edges() for kind in edge.kinds}
        if all(map(imports_when_it_runs, kinds)):
            return self.networkx
        return self._build(imports_when_it_runs)

    def files_of(self, artifact: ArtifactId) -> Sequence[ProjectPath]:
        """The modules of an artifact, sorted."""
        return self._files[artifact]

    def count(self) -> int:
        """How many dependencies there are."""
        return self.networkx.number_of_edges()

    def dependencies_of(self, artifact: ArtifactId) -> tuple[Dependency, ...]:
        """What an artifact depends on, sorted by id."""
        found = self._dependencies(artifact)
        return tuple(found[id_] for id_ in sorted(found))

    def dependents_of(self, artifact: ArtifactId) -> tuple[Dependency, ...]:
        """What depends on an artifact, sorted by id."""
        dependents = sorted(self.networkx.predecessors(artifact))
        return tuple(self._dependencies(dependent)[artifact] for dependent in dependents)

    def count_links(self, *, dependent: ArtifactId, depends_on: ArtifactId) -> int:
        """How many links prove a dependency: those from one straight to the other.

        One where it leads only through code of no artifact.
        """
        return len(self._links_of(dependent).get(depends_on, ())) or 1

    def between(self, chain: Chain) -> tuple[ProjectPath, ...]:
        """The files of no artifact that a chain passes, without its ends."""
        passed = (link.imported for link in chain[:-1])
        return tuple(path for path in passed if path not in self._artifact_of)

    def find_running_chain(self, *, dependent: ArtifactId, depends_on: ArtifactId) -> Chain:
        """A shortest chain of imports from one artifact to another when the program runs.

        Empty where there is none; it passes only through code of no artifact.
        """
        return self.chains_from(dependent, allows=imports_when_it_runs).get(depends_on, ())

    def chains_from(
        self, dependent: ArtifactId, *, allows: KindFilter
    ) -> Mapping[ArtifactId, Chain]:
        """What an artifact depends on by links of some kinds, with a shortest chain to each.

        The chains pass only through code of no artifact; walked once.
        """
        if (dependent, allows) not in self._chains:
            walk = self._modules.walk(
                self._files[dependent],
                allows=allows,
                enters=lambda path: path not in self._artifact_of,
            )
            found: dict[ArtifactId, Chain] = {}
            for path in walk:
                other = self._artifact_of.get(path)
                if other is not None and other != dependent and other not in found:
                    found[other] = walk.chain_to(path)
            self._chains[dependent, allows] = found
        return self._chains[dependent, allows]

    def all_dependencies(self) -> tuple[Dependency, ...]:
        """Every dependency, sorted by both ends."""
        return tuple(
            dependency
            for artifact in sorted(self._files)
            for dependency in self.dependencies_of(artifact)
        )

    def transitive_dependencies_of(self, artifact: ArtifactId) -> tuple[Dependency, ...]:
        """What an artifact reaches through any code, sorted by id."""
        walk = self._modules.walk(self._files[artifact])
        chains: dict[ArtifactId, Chain] = {}
        for path in walk:
            other = self._artifact_of.get(path)
            if other is not None and other != artifact and other not in chains:
                chains[other] = walk.chain_to(path)
        return tuple(
            self._dependency(dependent=artifact, depends_on=other, chain=chains[other])
            for other in sorted(chains)
        )

    def transitive_dependents_of(self, artifact: ArtifactId) -> tuple[Dependency, ...]:
        """What reaches an artifact through any code, sorted by id."""
        first = self._modules.walk_back(self._files[artifact])
        chains: dict[ArtifactId, Chain] = {}
        for path in first:
            other = self._artifact_of.get(path)
            if other is not None and other != artifact and other not in chains:
                chains[other] = chain_from(path, first)
        return tuple(
            self._dependency(dependent=other, depends_on=artifact, chain=chains[other])
            for other in sorted(chains)
        )

    def unregistered_below(self, artifact: ArtifactId) -> tuple[Unregistered, ...]:
        """The code of no artifact that an artifact reaches without passing another artifact."""
        files = self._files[artifact]
        walk = self._modules.walk(files, enters=lambda path: path not in self._artifact_of)
        return tuple(
            Unregistered(path, walk.chain_to(path))
            for path in sorted(walk)
            if path not in self._artifact_of
        )

    def unregistered_above(self, artifact: ArtifactId) -> tuple[Unregistered, ...]:
        """The code of no artifact that reaches an artifact without passing another artifact."""
        first = self._modules.walk_back(
            self._files[artifact], enters=lambda path: path not in self._artifact_of
        )
        return tuple(
            Unregistered(path, chain_from(path, first))
            for path in sorted(first)
            if path not in self._artifact_of
        )

    def dependents_of_free(self) -> Mapping[ProjectPath, tuple[ArtifactId, ...]]:
        """For each file of no artifact the artifacts that would depend on it, were it one.

        They reach it directly, or through such files only. All at once, in the time of the links.
        """
        names = sorted(self._files)
        bits = {artifact: 1 << number for number, artifact in enumerate(names)}
        last: dict[ProjectPath, int] = defaultdict(int)
        entered: dict[ProjectPath, int] = defaultdict(int)
        backwards: nx.DiGraph[ProjectPath] = nx.DiGraph()
        ends: list[tuple[ProjectPath, ProjectPath]] = []
        for importer, imported, _, entering in self._modules.kinds_of_edges():
            if imported in self._artifact_of:
                continue
            owner = self._artifact_of.get(importer)
            backwards.add_node(imported)
            if owner is not None:
                last[imported] |= bits[owner]
                entered[imported] |= bits[owner] if entering else 0
            elif entering:
                backwards.add_edge(imported, importer)
            else:
                ends.append((importer, imported))
        reach = _reach_by_component(backwards, entered)
        for importer, imported in ends:
            last[imported] |= reach.get(importer, 0)
        return {path: _ids_of(mask | last[path], names) for path, mask in reach.items()}

    def _dependencies(self, artifact: ArtifactId) -> dict[ArtifactId, Dependency]:
        """The dependencies of an artifact with a shortest chain each; walked once."""
        if artifact not in self._found:
            files = self._files[artifact]
            walk = self._modules.walk(files, enters=lambda path: path not in self._artifact_of)
            found: dict[ArtifactId, Dependency] = {}
            for path in walk:
                other = self._artifact_of.get(path)
                if other is not None and other != artifact and other not in found:
                    found[other] = self._dependency(
                        dependent=artifact, depends_on=other, chain=walk.chain_to(path)
                    )
            self._found[artifact] = found
        return self._found[artifact]

    def _dependency(
        self, *, dependent: ArtifactId, depends_on: ArtifactId, chain: Chain
    ) -> Dependency:
        links = self._links_of(dependent)[depends_on] if len(chain) == 1 else chain
        kinds = {link.kind for link in links}
        return Dependency(dependent, depends_on, sorted_kinds(kinds), chain)

    def _links_of(self, dependent: ArtifactId) -> Mapping[ArtifactId, Sequence[Link]]:
        """The links that lead from an artifact straight into others; looked up once."""
        if dependent not in self._links:
            links: dict[ArtifactId, list[Link]] = {}
            for importer in self._files[dependent]:
                for imported in self._modules.networkx.successors(importer):
                    other = self._artifact_of.get(imported)
                    if other is not None and other != dependent:
                        found = self._modules.links_between(importer=importer, imported=imported)
                        links.setdefault(other, []).extend(found)
            self._links[dependent] = links
        return self._links[dependent]

    def _build(self, allows: KindFilter) -> nx.DiGraph[ArtifactId]:
        """All pairs at once, without a walk for each artifact.

        The code of no artifact is condensed into its strongly connected components, and each
        component gets the set of artifacts that it reaches, as the bits of an integer: the time is
        that of the links, not that of artifacts times modules.
        """
        bits = {artifact: 1 << number for number, artifact in enumerate(sorted(self._files))}
        direct: dict[ProjectPath, int] = defaultdict(int)
        free: nx.DiGraph[ProjectPath] = nx.DiGraph()
        steps: list[tuple[ProjectPath, ProjectPath]] = []
        between: list[tuple[ProjectPath, ProjectPath]] = []
        for importer, imported, kinds, entering in self._modules.kinds_of_edges():
            target = self._artifact_of.get(imported)
            if target is not None:
                if any(map(allows, kinds)):
                    direct[importer] |= bits[target]
            elif any(map(allows, entering)):
                (steps if importer in self._artifact_of else between).append((importer, imported))
        free.add_edges_from(between)
        free.add_nodes_from(imported for _, imported in steps)
        reach = _reach_by_component(free, direct)
        own: dict[ArtifactId, int] = defaultdict(int)
        for path, artifact in self._artifact_of.items():
            own[artifact] |= direct.get(path, 0)
        for importer, imported in steps:
            own[self._artifact_of[importer]] |= reach[imported]
        names = sorted(self._files)
        graph: nx.DiGraph[ArtifactId] = nx.DiGraph()
        graph.add_nodes_from(names)
        for artifact in names:
            mask = own[artifact] & ~bits[artifact]
            graph.add_edges_from((artifact, other) for other in _ids_of(mask, names))
        return graph


def _ids_of(mask: int, names: Sequence[ArtifactId]) -> tuple[ArtifactId, ...]:
    """The names whose bits are set, sorted."""
    found = []
    while mask:
        lowest = mask & -mask
        found.append(names[lowest.bit_length() - 1])
        mask ^= lowest
    return tuple(found)


def _reach_by_component(
    free: nx.DiGraph[ProjectPath], direct: Mapping[ProjectPath, int]
) -> dict[ProjectPath, int]:
    """For each file of no artifact, the artifacts that it reaches through such files only."""
    condensed = nx.condensation(free)
    masks: dict[int, int] = {}
    for component in reversed(list(nx.topological_sort(condensed))):
        mask = 0
        for member in condensed.nodes[component]["members"]:
            mask |= direct.get(member, 0)
        for below in condensed.successors(component):
            mask |= masks[below]
        masks[component] = mask
    mapping: Mapping[ProjectPath, int] = condensed.graph["mapping"]
    return {path: masks[component] for path, component in mapping.items()}
