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
        self._known: dict[Node, tuple[Address[Node], ...]] = {}
        self._whole: dict[Node, tuple[Address[Node], ...]] = {}

    def take_in(self, *, router: Node, by: Node, prefix: str) -> None:
        """Note that a router is taken in; the same may be taken in several times."""
        self._takers[router][by, prefix] = None
        self._known.clear()
        self._whole.clear()

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
        if router not in self._known:
            self._known[router], _ = self._climb(router, is_application, frozenset())
        return self._known[router]

    def _climb(
        self, node: Node, is_application: Callable[[Node], bool], below: frozenset[Node]
    ) -> tuple[tuple[Address[Node], ...], bool]:
        """The addresses, and whether they are all: not where a circle leads back to `below`."""
        if node in self._whole:
            return self._whole[node], True
        around = below | {node}
        found: dict[Address[Node], None] = {}
        is_all = True
        for taker, prefix in self._takers.get(node, ()):
            if taker in around:
                is_all &= taker == node
                continue
            above, is_whole = self._climb(taker, is_application, around)
            is_all &= is_whole
            found.update((Address(one.top, self._join(one.prefix, prefix)), None) for one in above)
        mounted = tuple(address for address in found if is_application(address.top))
        if not mounted:
            mounted = tuple(found) if found and not is_application(node) else (Address(node, ""),)
        if is_all:
            self._whole[node] = mounted
        return mounted, is_all
