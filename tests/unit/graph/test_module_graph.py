"""Walks and shortest chains in the graph of files."""

from __future__ import annotations

import pytest

from analyzer.graph.modules import ModuleGraph, chain_from
from analyzer.model.imports import Kind, Link, Module
from analyzer.model.names import ModuleName, ProjectPath


def graph(*edges: str) -> ModuleGraph:
    """A graph from `"a>b"`, or with a kind `"a>b parent-init"`."""
    links = []
    for edge in edges:
        ends, _, kind = edge.partition(" ")
        importer, imported = map(ProjectPath, ends.split(">"))
        links.append(Link(importer, imported, 1, Kind(kind or "runtime"), f"import {imported}"))
    names = sorted({end for link in links for end in (link.importer, link.imported)})
    modules = [
        Module(
            path=name,
            name=ModuleName(name),
            root=ProjectPath("."),
            is_test=False,
            is_scanned=True,
            is_started=False,
        )
        for name in names
    ]
    return ModuleGraph(modules=modules, links=sorted(links, key=Link.sort_key))


def chain(found: ModuleGraph, importer: str, imported: str) -> str:
    links = found.find_shortest_chain(
        importer=[ProjectPath(one) for one in importer],
        imported=[ProjectPath(one) for one in imported],
    )
    return "".join([link.importer for link in links[:1]] + [link.imported for link in links])


@pytest.mark.parametrize(
    ("edges", "importer", "imported", "expected"),
    [
        ("a>b b>c a>c", "a", "c", "ac"),
        ("a>b b>c c>d a>e e>d", "a", "d", "aed"),
        # Of equally short ones the first in the order of their links.
        ("a>c c>d a>b b>d", "a", "d", "abd"),
        # Between sets: the nearest pair.
        ("a>b b>c x>c", "ax", "c", "xc"),
        ("a>b b>c c>d", "a", "cd", "abc"),
        # Importer first: never against the imports.
        ("a>b", "b", "a", ""),
        ("a>b c>d", "a", "d", ""),
        ("a>b b>a b>c", "a", "c", "abc"),
    ],
)
def test_find_shortest_chain(edges: str, importer: str, imported: str, expected: str) -> None:
    assert chain(graph(*edges.split()), importer, imported) == expected


def test_a_parent_init_link_is_the_last_of_a_chain() -> None:
    found = graph("a>p parent-init", "p>x", "a>m", "m>x", "b>a")
    assert chain(found, "a", "p") == "ap"
    assert chain(found, "b", "p") == "bap"
    # Not through the package, though that would be as short.
    assert chain(graph("a>b parent-init", "b>x", "a>m", "m>x"), "a", "x") == "amx"
    only = graph("a>p parent-init", "p>x")
    assert chain(only, "a", "x") == ""
    assert list(only.walk([ProjectPath("a")])) == ["p"]
    # Against the imports: only where the package itself is what was asked about.
    assert list(only.walk_back([ProjectPath("p")])) == ["a"]
    assert list(only.walk_back([ProjectPath("x")])) == ["p"]


def test_walks_come_by_distance_and_their_chains_hold() -> None:
    found = graph("a>c", "a>b", "c>d", "b>e", "e>f", "d>a")
    forth = found.walk([ProjectPath("a")])
    assert list(forth) == ["b", "c", "e", "d", "f"]
    links = forth.chain_to(ProjectPath("f"))
    assert [(one.importer, one.imported) for one in links] == [("a", "b"), ("b", "e"), ("e", "f")]
    back = found.walk_back([ProjectPath("f")])
    assert list(back) == ["e", "b", "a", "d", "c"]
    assert [one.importer for one in chain_from(ProjectPath("d"), back)] == ["d", "a", "b", "e"]
    assert list(found.walk([ProjectPath("not-there")])) == []


def test_a_walk_goes_on_only_where_it_may_enter() -> None:
    found = graph("a>b", "b>c", "a>d", "d>e")
    assert list(found.walk([ProjectPath("a")], enters=lambda path: path != "b")) == ["b", "d", "e"]


def test_the_strongest_evidence_comes_first() -> None:
    found = graph("a>b type-checking", "a>b conditional", "a>b function-level")
    a, b = ProjectPath("a"), ProjectPath("b")
    links = found.links_between(importer=a, imported=b)
    expected = ["function-level", "conditional", "type-checking"]
    assert [one.kind.value for one in links] == expected
    assert found.find_link(importer=a, imported=b) == links[0]
    assert found.find_link(importer=b, imported=a) is None


def test_a_chain_that_ends_in_a_package_may_be_shorter_than_the_way_through_it() -> None:
    """`a` takes a name from the package and, through `b`, imports it as a whole."""
    found = graph("a>pkg parent-init", "a>b", "b>pkg", "pkg>mod")
    walk = found.walk([ProjectPath("a")])
    assert [one.imported for one in walk.chain_to(ProjectPath("pkg"))] == ["pkg"]
    assert [one.imported for one in walk.chain_to(ProjectPath("mod"))] == ["b", "pkg", "mod"]
