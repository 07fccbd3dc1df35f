"""Laws of the graphs, on systems of all shapes."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from analyzer.graph.artifacts import ArtifactGraph
from analyzer.graph.modules import ModuleGraph
from analyzer.model.answers import Dependency
from analyzer.model.imports import Kind, Link, Module
from analyzer.model.names import ArtifactId, ModuleName, ProjectPath
from analyzer.model.registry import Artifact, Origin, Place, Record, Resolution

_PATHS = [ProjectPath(f"m{number}.py") for number in range(9)]
_KINDS = [Kind.RUNTIME, Kind.FUNCTION_LEVEL, Kind.TYPE_CHECKING, Kind.PARENT_INIT]

_links = st.builds(
    lambda ends, line, kind: Link(ends[0], ends[1], line, kind, f"import {ends[1]}"),
    st.lists(st.sampled_from(_PATHS), min_size=2, max_size=2, unique=True),
    st.integers(1, 3),
    st.sampled_from(_KINDS),
)
# Each file belongs to one of three artifacts or to none.
_systems = st.tuples(
    st.sets(_links, max_size=25),
    st.lists(st.sampled_from(["A", "B", "C", ""]), min_size=len(_PATHS), max_size=len(_PATHS)),
)
System = tuple[set[Link], list[str]]


def _module_graph(links: set[Link]) -> ModuleGraph:
    modules = [
        Module(path, ModuleName(path), ProjectPath("."), False, True, False) for path in _PATHS
    ]
    return ModuleGraph(modules=modules, links=sorted(links, key=Link.sort_key))


def _build(system: System) -> ArtifactGraph:
    links, owners = system
    place = Place(Resolution.PATH, (ProjectPath("x"),))
    artifacts = {
        ArtifactId(name): Artifact(Record(ArtifactId(name), Origin(ProjectPath("r"), 1)), place)
        for name in "ABC"
    }
    artifact_of = {
        path: ArtifactId(owner) for path, owner in zip(_PATHS, owners, strict=True) if owner
    }
    return ArtifactGraph(modules=_module_graph(links), artifacts=artifacts, artifact_of=artifact_of)


def _pairs(graph: ArtifactGraph) -> set[tuple[str, str]]:
    return {(one.dependent, one.depends_on) for one in graph.all_dependencies()}


def _is_chain(system: System, one: Dependency, *, is_direct: bool) -> bool:
    """Whether links of the system lead from one end to the other, and pass what they may."""
    links, owners = system
    owner = dict(zip(_PATHS, owners, strict=True))
    if not one.chain or not set(one.chain) <= links:
        return False
    ends = (owner[one.chain[0].importer], owner[one.chain[-1].imported])
    return ends == (one.dependent, one.depends_on) and all(
        link.imported == after.importer
        and link.kind is not Kind.PARENT_INIT
        and not (is_direct and owner[link.imported])
        for link, after in pairwise(one.chain)
    )


@given(_systems)
def test_every_link_of_a_chain_is_an_import(system: System) -> None:
    graph = _build(system)
    for one in graph.all_dependencies():
        assert _is_chain(system, one, is_direct=True)
    for name in "ABC":
        for one in graph.transitive_dependencies_of(ArtifactId(name)):
            assert _is_chain(system, one, is_direct=False)


@given(_systems)
def test_pairs_found_at_once_are_those_that_walks_find(system: System) -> None:
    graph = _build(system)
    assert set(graph.networkx.edges) == _pairs(graph)


@given(_systems)
def test_dependencies_and_dependents_are_inverse(system: System) -> None:
    graph = _build(system)
    for name in map(ArtifactId, "ABC"):
        for one in graph.dependencies_of(name):
            assert one in graph.dependents_of(one.depends_on)
        for one in graph.dependents_of(name):
            assert one in graph.dependencies_of(one.dependent)
    up = {
        (a, one.depends_on)
        for a in "ABC"
        for one in graph.transitive_dependencies_of(ArtifactId(a))
    }
    down = {
        (one.dependent, a) for a in "ABC" for one in graph.transitive_dependents_of(ArtifactId(a))
    }
    assert up == down


@given(_systems, st.data())
def test_removing_an_import_adds_no_dependency(system: System, data: st.DataObject) -> None:
    links, owners = system
    if not links:
        return
    removed = data.draw(st.sampled_from(sorted(links, key=Link.sort_key)))
    assert _pairs(_build((links - {removed}, owners))) <= _pairs(_build(system))


@given(_systems, st.randoms(use_true_random=False))
def test_the_order_of_the_code_does_not_matter(system: System, order: random.Random) -> None:
    links, owners = system
    shuffled = sorted(links, key=Link.sort_key)
    order.shuffle(shuffled)
    assert _build(system).all_dependencies() == _build((set(shuffled), owners)).all_dependencies()


@given(_systems, st.sampled_from(_PATHS), st.sampled_from(_PATHS))
def test_a_shortest_chain_is_a_chain_and_none_is_shorter(
    system: System, importer: ProjectPath, imported: ProjectPath
) -> None:
    if importer == imported:
        return
    graph = _module_graph(system[0])
    chain = graph.find_shortest_chain(importer=[importer], imported=[imported])
    backwards = graph.walk_back([imported])
    assert bool(chain) == (importer in backwards)
    for link, after in pairwise(chain):
        assert link.imported == after.importer
    if chain:
        assert (chain[0].importer, chain[-1].imported) == (importer, imported)
        assert set(chain) <= system[0]
        assert len(set(chain)) == len(chain)


@given(_systems)
def test_free_files_have_the_dependents_that_they_would_have_as_artifacts(system: System) -> None:
    """All at once, as one by one."""
    links, owners = system
    found = _build(system).dependents_of_free()
    for path, owner in zip(_PATHS, owners, strict=True):
        if owner:
            assert path not in found
            continue
        artifact_of = {one: ArtifactId(o) for one, o in zip(_PATHS, owners, strict=True) if o}
        alone = ArtifactGraph(
            modules=_module_graph(links),
            artifacts=[ArtifactId(one) for one in ("A", "B", "C", path)],
            artifact_of={**artifact_of, path: ArtifactId(path)},
        )
        expected = tuple(one.dependent for one in alone.dependents_of(ArtifactId(path)))
        assert found.get(path, ()) == expected
