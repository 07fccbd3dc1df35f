"""The graph of files, and the shortest chains in it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import networkx as nx
from msgspec.structs import replace

from analyzer.model.imports import Chain, Kind, Link, Module
from analyzer.model.names import ProjectPath, folders_above

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
        link = self._reached[path]
        return (*self.chain_into(link.importer), link)

    def has_entered(self, path: ProjectPath) -> bool:
        """Whether the walk could go on from a file that it has come to."""
        return path in self._entered

    def chain_into(self, path: ProjectPath) -> Chain:
        """A chain that can go on from a file; empty where the walk began there."""
        links: list[Link] = []
        while path in self._entered:
            links.append(self._entered[path])
            path = links[-1].importer
        return tuple(reversed(links))


class ModuleGraph:
    """Files and the links between them; edges run from importer to imported.

    Importing a module executes the `__init__` of each package around it. Such a `parent-init` link
    counts only for what the `__init__` itself does: a chain may hold one only as its last link.
    Imports that take a name from a package give one as a link; for the others `executors_of` does.
    """

    def __init__(
        self,
        *,
        modules: Iterable[Module],
        links: Sequence[Link],
        executing: Sequence[Link] | None = None,
    ) -> None:
        """Build the graph.

        Args:
            modules: the files.
            links: sorted, so that of two between the same files the stronger evidence comes first.
            executing: what executes the packages that it leads into, where that is not all of them.
        """
        self._executing = links if executing is None else executing
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

    def __contains__(self, path: ProjectPath) -> bool:
        return path in self._graph

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

    def executors_of(self, init: ProjectPath, *, allows: KindFilter = any_kind) -> tuple[Link, ...]:
        """A link from each file that imports something below a package, to its `__init__`, sorted.

        Python executes the `__init__` of a package before anything inside of it. Files inside of
        the package are left out: they do not run without it either, but nothing they say does so.
        """
        if not allows(Kind.PARENT_INIT):
            return ()
        found = self._executors.get(init, {})
        return tuple(found[importer] for importer in sorted(found))

    @cached_property
    def _executors(self) -> dict[ProjectPath, dict[ProjectPath, Link]]:
        """`__init__` -> importer -> the first of its links that execute it."""
        found: dict[ProjectPath, dict[ProjectPath, Link]] = defaultdict(dict)
        packages: dict[ProjectPath, list[tuple[str, ProjectPath]]] = {}
        for link in sorted(self._executing, key=lambda one: (one.line, one.sort_key())):
            if not runs(link.kind):
                continue
            if link.imported not in packages:
                packages[link.imported] = list(self._packages_around(link.imported))
            for folder, init in packages[link.imported]:
                if not link.importer.startswith(folder):
                    executed = replace(
                        link, imported=init, kind=Kind.PARENT_INIT, only_passes=True, unfollowed=()
                    )
                    found[init].setdefault(link.importer, executed)
        return found

    def _packages_around(self, path: ProjectPath) -> Iterator[tuple[str, ProjectPath]]:
        """The folder, with a slash at its end, and the `__init__` of each package around a file."""
        for folder in folders_above(path):
            init = ProjectPath(f"{folder}/__init__.py")
            if init in self._graph and init != path:
                yield f"{folder}/", init

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
        if not chains:
            # Nothing imports it, but something inside of the package, which executes it.
            begun = set(importer)
            chains = [
                (*walk.chain_into(link.importer), link)
                for target in targets
                for link in self.executors_of(target, allows=allows)
                if link.importer in begun or walk.has_entered(link.importer)
            ]
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
