"""Routers that take in routers, under a prefix: where each of them ends up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from msgspec import Struct

from analyzer.model.names import ProjectPath

Node = TypeVar("Node", bound=Hashable)
"""A router or an application, as one framework's interpreter knows it."""
Site = tuple[ProjectPath, int, str]
"""File, line and name of a statement that builds a router."""


class Address(Struct, Generic[Node], frozen=True):
    """Where a router answers."""

    top: Node
    """What takes in the router, or what takes that in, and so on; itself where nothing does."""
    prefix: str
    """What stands before the routes of the router."""


def concatenate(outer: str, inner: str) -> str:
    """Join a prefix and what follows, as FastAPI does: as they are."""
    return outer + inner


class Mounts(Generic[Node]):
    """Which router is taken in by which router or application, and under which prefix."""

    def __init__(self, *, join: Callable[[str, str], str] = concatenate) -> None:
        """Start empty.

        Args:
            join: puts a prefix before what follows.
        """
        self._join = join
        self._takers: dict[Node, dict[tuple[Node, str], None]] = defaultdict(dict)
        self._known: dict[tuple[Node, frozenset[Node]], tuple[Address[Node], ...]] = {}
        self._above: dict[Node, frozenset[Node]] = {}
        self._is_circular: bool | None = None

    def take_in(self, *, router: Node, by: Node, prefix: str) -> None:
        """Note that a router is taken in; the same may be taken in several times."""
        self._takers[router][by, prefix] = None
        self._known.clear()
        self._above.clear()
        self._is_circular = None

    def find_takers(self, router: Node) -> tuple[Node, ...]:
        """What takes in a router itself."""
        return tuple(dict.fromkeys(taker for taker, _ in self._takers.get(router, ())))

    def find_addresses(
        self, router: Node, *, is_application: Callable[[Node], bool]
    ) -> tuple[Address[Node], ...]:
        """Every address of a router, through all levels.

        Only the outermost applications, where it leads to any; else the outermost routers. Circles
        lead nowhere. An application that is mounted on another one is part of that.
        """
        return self._climb(router, is_application, frozenset())

    def _climb(
        self, node: Node, is_application: Callable[[Node], bool], below: frozenset[Node]
    ) -> tuple[Address[Node], ...]:
        """The addresses by ways that do not lead through `below`."""
        # What is below matters in circles only. Without this key each way up to one, of which there
        # may be thousands of millions, would be gone by itself.
        key = (node, below & self._find_above(node) if self._has_circles() else frozenset())
        if key not in self._known:
            around = below | {node}
            found = {
                Address(one.top, self._join(one.prefix, prefix)): None
                for taker, prefix in self._takers.get(node, ())
                if taker not in around
                for one in self._climb(taker, is_application, around)
            }
            mounted = tuple(address for address in found if is_application(address.top))
            if not mounted:
                is_top = not found or is_application(node)
                mounted = (Address(node, ""),) if is_top else tuple(found)
            self._known[key] = mounted
        return self._known[key]

    def _has_circles(self) -> bool:
        """Whether anything is left when what nothing takes in is taken away, again and again."""
        if self._is_circular is None:
            taken: dict[Node, set[Node]] = defaultdict(set)
            missing: dict[Node, int] = {}
            for node, ways in self._takers.items():
                takers = {taker for taker, _ in ways}
                missing[node] = len(takers)
                for taker in takers:
                    taken[taker].add(node)
            pending = [node for node in taken if node not in missing]
            while pending:
                for node in taken.get(pending.pop(), ()):
                    missing[node] -= 1
                    if not missing[node]:
                        pending.append(node)
            self._is_circular = any(missing.values())
        return self._is_circular

    def _find_above(self, node: Node) -> frozenset[Node]:
        """What takes in a router, what takes that in, and so on; in a circle also itself."""
        if node not in self._above:
            found: set[Node] = set()
            pending = [node]
            while pending:
                takers = {taker for taker, _ in self._takers.get(pending.pop(), ())} - found
                found |= takers
                pending += takers
            self._above[node] = frozenset(found)
        return self._above[node]
