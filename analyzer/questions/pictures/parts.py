"""What every picture is put together from: boxes, and the lines between them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import assert_never

from analyzer.graph.artifacts import ArtifactGraph
from analyzer.graph.system import System
from analyzer.model.answers import Dependency, sorted_kinds
from analyzer.model.imports import Chain, Link
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.pictures import Box, BoxKind, Direction, Edge, FoldBy, Mark, Role
from analyzer.model.registry import Artifact

KeyOf = Callable[[ProjectPath], str | None]
"""The key of the box that a file belongs to; nothing where none is drawn."""


def box_artifact(
    artifact: Artifact,
    *,
    role: Role = Role.MEMBER,
    framed_by: FoldBy | None = None,
    distance: int | None = None,
    direction: Direction | None = None,
) -> Box:
    """An artifact as a box, in the frame that its record puts it in."""
    record, paths = artifact.record, artifact.place.paths
    # A box names one place only, which it leads to; the others are notes.
    purpose = (record.purpose,) if record.purpose else ()
    return Box(
        key=artifact.id,
        kind=BoxKind.ARTIFACT,
        name=record.name or artifact.id,
        role=role,
        type=record.type,
        owner=record.owner,
        wave=record.wave,
        product=record.product,
        path=paths[0] if paths else None,
        marks=() if paths else (Mark.MISSING,),
        notes=(*purpose, *paths[1:]),
        distance=distance,
        direction=direction,
        groups=() if framed_by is None else (name_frame(artifact, by=framed_by),),
    )


def box_file(path: ProjectPath, *, role: Role, distance: int | None = None) -> Box:
    """A file as a box of its own."""
    return Box(
        key=path,
        kind=BoxKind.FILE,
        name=path.rpartition("/")[2],
        role=role,
        path=path,
        distance=distance,
    )


def name_frame(artifact: Artifact, *, by: FoldBy) -> str:
    """What is written on the frame that an artifact stands in."""
    record, paths = artifact.record, artifact.place.paths
    match by:
        case FoldBy.WAVE:
            return "no wave" if record.wave is None else f"wave {record.wave}"
        case FoldBy.OWNER:
            return record.owner or "no owner"
        case FoldBy.TYPE:
            return record.type or "no type"
        case FoldBy.PRODUCT:
            return record.product or "no product"
        case FoldBy.FOLDER:
            return posixpath.dirname(paths[0]) or "." if paths else "no place"
        case FoldBy.DISTANCE:
            raise ValueError("no frame says how far away an artifact is: the rows do")
        case _:
            assert_never(by)


def draw_between(
    graph: ArtifactGraph, shown: Collection[ArtifactId], *, core: Collection[ArtifactId]
) -> tuple[tuple[Edge, ...], int]:
    """The dependencies among what is shown that the core has a part in; how many others there are.

    Sorted by both ends.
    """
    edges: list[Edge] = []
    hidden = 0
    for dependent in sorted(shown):
        wanted = set()
        for depends_on in graph.networkx.successors(dependent):
            if depends_on in shown:
                if dependent in core or depends_on in core:
                    wanted.add(depends_on)
                else:
                    hidden += 1
        edges.extend(
            draw_dependency(graph, dependency)
            for dependency in (graph.dependencies_of(dependent) if wanted else ())
            if dependency.depends_on in wanted
        )
    return tuple(edges), hidden


def draw_dependency(graph: ArtifactGraph, dependency: Dependency) -> Edge:
    """A dependency as a line."""
    dependent, depends_on = dependency.dependent, dependency.depends_on
    return Edge(
        dependent=dependent,
        depends_on=depends_on,
        kinds=dependency.kinds,
        evidence=dependency.chain,
        through=graph.between(dependency.chain),
        links=graph.count_links(dependent=dependent, depends_on=depends_on),
    )


def list_owners(system: System) -> tuple[str, ...]:
    """Every owner in the registry, sorted."""
    owners = {one.record.owner for one in system.artifacts.values()}
    return tuple(sorted(owner for owner in owners if owner))


def name_box(artifact: Artifact) -> str:
    """An artifact for a title: what people call it, and its id where that is another one."""
    name = artifact.record.name
    return f"{name} ({artifact.id})" if name and name != artifact.id else artifact.id


def enumerate_words(words: Iterable[str]) -> str:
    """`a, b and c`."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def split_chain(chain: Chain, key_of: KeyOf) -> Iterator[tuple[str, str, Chain]]:
    """The parts of a chain from one box to the next, with the keys of both.

    Steps within a box are left out; files without a box are passed.
    """
    start = key_of(chain[0].importer) if chain else None
    part: list[Link] = []
    for link in chain:
        part.append(link)
        end = key_of(link.imported)
        if end is not None:
            if start is not None and end != start:
                yield start, end, tuple(part)
            start, part = end, []


def draw_chain(*, dependent: str, depends_on: str, chain: Chain, key_of: KeyOf) -> Edge:
    """A chain from one box to another one as a line."""
    passed = (link.imported for link in chain[:-1])
    return Edge(
        dependent=dependent,
        depends_on=depends_on,
        kinds=sorted_kinds({link.kind for link in chain}),
        evidence=chain,
        through=tuple(path for path in passed if key_of(path) is None),
    )
