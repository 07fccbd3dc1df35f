"""Which code production runs: what is reached from the files that something starts.

A package's `__init__` is executed when anything inside of the package is imported, which uses what
it imports for its effects; a name that it only passes on is used where somebody takes it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec import Struct

from analyzer.graph.modules import ModuleGraph, runs
from analyzer.model.imports import Chain, Kind, Link
from analyzer.model.names import ProjectPath, folders_above, is_package_init


class Liveness(Struct, frozen=True):
    """The files that are reached from some starts."""

    starts: frozenset[ProjectPath]
    _first: Mapping[ProjectPath, Link]
    """File -> the last link of a shortest way to it."""
    _executed: Collection[ProjectPath]
    """The `__init__` files of packages around what is reached."""

    def __contains__(self, path: ProjectPath) -> bool:
        return path in self.starts or path in self._first or path in self._executed

    def chain_to(self, path: ProjectPath) -> Chain:
        """A chain to a file that is reached, from a start of the least rank that reaches it.

        No other one from these starts is shorter. Empty for such a start itself.
        """
        links: list[Link] = []
        while path in self._first:
            links.append(self._first[path])
            path = links[-1].importer
        return tuple(reversed(links))


def find_live(
    graph: ModuleGraph,
    starts: Collection[ProjectPath],
    *,
    enters: Callable[[ProjectPath], bool],
    rank: Callable[[ProjectPath], int] = lambda _: 0,
) -> Liveness:
    """Walk from the starts along everything that happens when the program runs, breadth first.

    Args:
        graph: files and links.
        starts: files that something outside of the code starts.
        enters: whether a file's own links count; those of test code do not.
        rank: of a start; what starts of several ranks reach is said to be reached from the least.
    """
    walk = _LiveWalk(graph, frozenset(starts), enters)
    walk.run(rank)
    return Liveness(walk.starts, walk.first, walk.executed)


class _LiveWalk:
    """One walk. An `__init__` may be executed first and be used as a whole later."""

    def __init__(
        self,
        graph: ModuleGraph,
        starts: frozenset[ProjectPath],
        enters: Callable[[ProjectPath], bool],
    ) -> None:
        self.starts = frozenset(path for path in starts if path in graph.networkx)
        self.first: dict[ProjectPath, Link] = {}
        self._graph = graph
        self._enters = enters
        self._used: set[ProjectPath] = set()
        self.executed: set[ProjectPath] = set()
        self._queue: deque[tuple[ProjectPath, bool]] = deque()

    def run(self, rank: Callable[[ProjectPath], int]) -> None:
        """Walk until nothing new is reached, from the starts of one rank after the other."""
        by_rank: dict[int, list[ProjectPath]] = defaultdict(list)
        for path in sorted(self.starts):
            by_rank[rank(path)].append(path)
        for _, paths in sorted(by_rank.items()):
            starts = [path for path in paths if path not in self._used]
            self._used.update(starts)
            for path in starts:
                self._queue.append((path, True))
                self._execute_packages_of(path, None)
            self._go_on()

    def _go_on(self) -> None:
        while self._queue:
            path, is_used = self._queue.popleft()
            for link in self._graph.imports_of(path, allows=runs):
                if is_used or not self._is_idle(link):
                    self._reach(link)

    def _is_idle(self, link: Link) -> bool:
        links = self._graph.links_between(importer=link.importer, imported=link.imported)
        return is_idle_reexport([one for one in links if runs(one.kind)])

    def _reach(self, link: Link) -> None:
        path = link.imported
        if not self._enters(path):
            return
        if link.ends_here:
            self._execute(path, link)
        elif path not in self._used:
            self._used.add(path)
            if path not in self.executed:
                # Else a way to it is known: that of what executes it, which may be a start in its
                # own package; what leads back to it would make that way a circle.
                self.first[path] = link
            self._queue.append((path, True))
        self._execute_packages_of(path, link)

    def _execute_packages_of(self, path: ProjectPath, link: Link | None) -> None:
        """Python executes the `__init__` of each package around a module."""
        for folder in folders_above(path):
            init = ProjectPath(f"{folder}/__init__.py")
            if init in self.executed or init not in self._graph.networkx or init == path:
                continue
            self._execute(init, link)

    def _execute(self, init: ProjectPath, link: Link | None) -> None:
        if init in self.executed or init in self._used or not self._enters(init):
            return
        self.executed.add(init)
        if link is not None:
            self.first.setdefault(init, _as_parent_init(link, init))
        self._queue.append((init, False))


def _as_parent_init(link: Link, init: ProjectPath) -> Link:
    return Link(link.importer, init, link.line, Kind.PARENT_INIT, link.text)


def is_idle_reexport(links: Sequence[Link]) -> bool:
    """Whether a package only passes on what its links to a module of its own take from there.

    It may do so by a table of names that it imports when they are asked for. Whoever takes a name
    that can be followed has a link of their own to the module.
    """
    return bool(links) and all(map(_is_idle, links))


def _is_idle(link: Link) -> bool:
    if link.kind is not Kind.DYNAMIC:
        return link.hands_on
    package = link.importer.removesuffix("__init__.py")
    is_own = is_package_init(link.importer) and link.imported.startswith(package)
    return is_own and "import" not in link.text
