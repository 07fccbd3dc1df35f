"""What is reached from some starts, and from which of them it is said to be reached."""

from __future__ import annotations

from analyzer.graph.liveness import Liveness, find_live
from analyzer.graph.modules import ModuleGraph
from analyzer.model.imports import Kind, Link, Module
from analyzer.model.names import ModuleName, ProjectPath


def live(edges: str, starts: str, **ranks: int) -> Liveness:
    """Walk through a graph written as `a>b b>c`."""
    pairs = [
        (ProjectPath(one), ProjectPath(two)) for one, two in (e.split(">") for e in edges.split())
    ]
    links = [Link(one, two, 1, Kind.RUNTIME, f"import {two}") for one, two in sorted(pairs)]
    modules = [
        Module(path, ModuleName(path), ProjectPath("."), False, True, False)
        for path in sorted({path for pair in pairs for path in pair})
    ]
    return find_live(
        ModuleGraph(modules=modules, links=links),
        [ProjectPath(path) for path in starts.split()],
        enters=lambda _: True,
        rank=lambda path: ranks.get(path, 0),
    )


def way(found: Liveness, path: str) -> str:
    chain = found.chain_to(ProjectPath(path))
    return ">".join([*(link.importer for link in chain), path])


def test_the_start_of_the_least_rank_is_shown() -> None:
    found = live("far>b b>c near>c", "far near", near=1)
    assert way(found, "c") == "far>b>c"
    assert way(live("far>b b>c near>c", "far near"), "c") == "near>c"


def test_a_start_that_a_better_one_reaches_is_on_the_way() -> None:
    found = live("main>tool tool>c", "main tool", tool=1)
    assert way(found, "c") == "main>tool>c"
    assert way(found, "tool") == "main>tool"
    assert way(live("main>tool tool>c", "main tool"), "tool") == "tool"


def test_starts_in_a_loop_end_where_they_begin() -> None:
    found = live("a>b b>a b>c", "a b", b=1)
    assert way(found, "c") == "a>b>c"
    assert way(found, "a") == "a"
    assert ProjectPath("c") in found


def test_ranks_do_not_decide_what_is_reached() -> None:
    edges, starts = "a>b x>y y>b", "a x"
    for path in "abxy":
        assert ProjectPath(path) in live(edges, starts, a=2, x=1)
        assert ProjectPath(path) in live(edges, starts)


def test_a_package_whose_module_starts_and_comes_back_to_it_is_no_circle() -> None:
    # The start executes the `__init__` around it, which imports what imports the package again.
    found = live("p/__init__.py>d d>p/__init__.py", "p/start.py")
    assert way(found, "p/__init__.py") == "p/__init__.py"
    found = live("p/__init__.py>d d>p/__init__.py p/start.py>e", "p/start.py")
    assert way(found, "p/__init__.py") == "p/__init__.py"
    assert way(found, "d") == "p/__init__.py>d"
