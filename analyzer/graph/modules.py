"""The graph of files, and the shortest chains in it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

import networkx as nx

from analyzer.model.imports import Chain, Kind, Link, Module
from analyzer.model.names import ProjectPath

KindFilter = Callable[[Kind], bool]


def any_kind(_: Kind) -> bool:
    """Every link counts."""
    return True


def runs(kind: Kind) -> bool:
    """The link exists when the program runs: all but imports for type checkers."""
    return kind is not Kind.TYPE_CHECKING


def imports_when_it_runs(kind: Kind) -> bool:
    """The link is an import that happens when the program runs: no task or program is sent off."""
    return kind.is_import and runs(kind)


class Edge(NamedTuple):
    """Two files with links between them."""

    importer: ProjectPath
    imported: ProjectPath
    kinds: frozenset[Kind]
    entering: frozenset[Kind]
    """The kinds of those links that a chain may go on from."""


class Walk:
    """The files that a walk along the imports has come to, nearest first."""

    def __init__(self) -> None:
        """Begin a walk that has come to nothing yet."""
        self._reached: dict[ProjectPath, Link] = {}
        self._entered: dict[ProjectPath, Link] = {}

    def __iter__(self) -> Iterator[ProjectPath]:
        return iter(self._reached)

    def __contains__(self, path: ProjectPath) -> bool:
        return path in self._reached

    def add(self, link: Link) -> bool:
        """Note a link; tell whether the walk may go on from what it imports.

        A file can be reached by a `parent-init` link first, where a chain may only end, and be
        entered by a longer chain later.
        """
        self._reached.setdefault(link.imported, link)
        if link.ends_here or link.imported in self._entered:
            return False
        self._entered[link.imported] = link
        return True

    def chain_to(self, path: ProjectPath) -> Chain:
        """A shortest chain from where the walk began to a file that it has come to."""
        links = [self._reached[path]]
        while links[-1].importer in self._entered:
            links.append(self._entered[links[-1].importer])
        return tuple(reversed(links))


class ModuleGraph:
    """Files and the links between them; edges run from importer to imported.

    A `parent-init` link ends where it leads: a chain may hold one only as its last link.
    """

    def __init__(self, *, modules: Iterable[Module], links: Iterable[Link]) -> None:
        """Build the graph.

        Args:
            modules: the files.
            links: sorted, so that of two between the same files the stronger evidence comes first.
        """
        self._graph: nx.DiGraph[ProjectPath] = nx.DiGraph()
        self._graph.add_nodes_from(module.path for module in modules)
        evidence: dict[tuple[ProjectPath, ProjectPath], list[Link]] = {}
        for link in links:
            evidence.setdefault((link.importer, link.imported), []).append(link)
        self._graph.add_edges_from(
            (
                importer,
                imported,
                {
                    "links": tuple(found),
                    "kinds": frozenset(link.kind for link in found),
                    "entering": frozenset(link.kind for link in found if not link.ends_here),
                },
            )
            for (importer, imported), found in evidence.items()
        )

    @property
    def networkx(self) -> nx.DiGraph[ProjectPath]:
        """The graph itself; each edge has `links`, the strongest evidence first."""
        return self._graph

    def links_between(self, *, importer: ProjectPath, imported: ProjectPath) -> tuple[Link, ...]:
        """All links from one file to another."""
        if not self._graph.has_edge(importer, imported):
            return ()
        links: tuple[Link, ...] = self._graph.edges[importer, imported]["links"]
        return links

    def kinds_of_edges(self) -> Iterator[Edge]:
        """Both ends and the kinds of the links between them, for each edge."""
        for importer, edges in self._graph.adjacency():
            for imported, data in edges.items():
                yield Edge(importer, imported, data["kinds"], data["entering"])

    def find_link(
        self, *, importer: ProjectPath, imported: ProjectPath, allows: KindFilter = any_kind
    ) -> Link | None:
        """The strongest link from one file to another, among the kinds that are allowed.

        One that a chain can go on from comes before one that ends: else a chain would be lost.
        """
        links = self.links_between(importer=importer, imported=imported)
        allowed = [link for link in links if allows(link.kind)]
        return next((link for link in allowed if not link.ends_here), next(iter(allowed), None))

    def imports_of(self, path: ProjectPath, *, allows: KindFilter = any_kind) -> Iterator[Link]:
        """The strongest link to each file that a file imports, sorted."""
        for imported in sorted(self._graph.successors(path)):
            link = self.find_link(importer=path, imported=imported, allows=allows)
            if link is not None:
                yield link

    def importers_of(self, path: ProjectPath, *, allows: KindFilter = any_kind) -> Iterator[Link]:
        """The strongest link from each file that imports a file, sorted."""
        for importer in sorted(self._graph.predecessors(path)):
            link = self.find_link(importer=importer, imported=path, allows=allows)
            if link is not None:
                yield link

    def executors_of(self, init: ProjectPath) -> Iterator[Link]:
        """A link from each file that imports something below a package, to its `__init__`, sorted.

        Python executes the `__init__` of a package before anything inside of it. Files inside of
        the package are left out: they do not run without it either, but nothing they say does so.
        """
        folder = init.removesuffix("__init__.py")
        if not folder or not init.endswith("/__init__.py"):
            return
        first: dict[ProjectPath, Link] = {}
        for imported in sorted(self._graph):
            if not imported.startswith(folder) or imported == init:
                continue
            for link in self.importers_of(imported, allows=runs):
                if not link.importer.startswith(folder):
                    known = first.get(link.importer)
                    if known is None or link.line < known.line:
                        first[link.importer] = link
        for importer in sorted(first):
            yield replace(first[importer], imported=init, kind=Kind.PARENT_INIT)

    def walk(
        self,
        starts: Collection[ProjectPath],
        *,
        allows: KindFilter = any_kind,
        enters: Callable[[ProjectPath], bool] = lambda _: True,
    ) -> Walk:
        """Walk along the imports, breadth first.

        Args:
            starts: where to begin.
            allows: which kinds of links count.
            enters: whether to go on from a file that has been reached.

        Returns:
            The files that are reached, but for the starts; the same for the same graph.
        """
        walk = Walk()
        seen = set(starts)
        queue = deque(sorted(path for path in seen if path in self._graph))
        while queue:
            for link in self.imports_of(queue.popleft(), allows=allows):
                if link.imported not in seen and walk.add(link):
                    seen.add(link.imported)
                    if enters(link.imported):
                        queue.append(link.imported)
        return walk

    def walk_back(
        self,
        starts: Collection[ProjectPath],
        *,
        allows: KindFilter = any_kind,
        enters: Callable[[ProjectPath], bool] = lambda _: True,
    ) -> dict[ProjectPath, Link]:
        """Walk against the imports, breadth first: who reaches the starts?

        Returns:
            Each file that reaches a start -> the first link of a shortest chain from it. Follow
            them with `chain_from`.
        """
        first: dict[ProjectPath, Link] = {}
        seen = set(starts)
        queue = deque(sorted(path for path in seen if path in self._graph))
        beginnings = frozenset(starts)
        while queue:
            current = queue.popleft()
            is_start = current in beginnings
            for link in self.importers_of(current, allows=allows):
                path = link.importer
                if path in seen or (link.ends_here and not is_start):
                    continue
                seen.add(path)
                first[path] = link
                if enters(path):
                    queue.append(path)
        return first

    def find_shortest_chain(
        self,
        *,
        importer: Collection[ProjectPath],
        imported: Collection[ProjectPath],
        allows: KindFilter = any_kind,
    ) -> Chain:
        """A shortest chain from any of some files to any of others; empty if there is none.

        Always the same one where several are shortest.
        """
        targets = set(imported)
        walk = self.walk(importer, allows=allows, enters=lambda path: path not in targets)
        chains = [walk.chain_to(path) for path in walk if path in targets]
        return min(
            chains, key=lambda chain: (len(chain), [one.sort_key() for one in chain]), default=()
        )


def chain_from(path: ProjectPath, first: dict[ProjectPath, Link]) -> Chain:
    """The chain that a walk back found from a file to where the walk began."""
    links: list[Link] = []
    current = path
    while current in first:
        link = first[current]
        links.append(link)
        current = link.imported
    return tuple(links)
