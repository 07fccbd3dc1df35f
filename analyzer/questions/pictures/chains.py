"""The picture of a chain: why one thing depends on another one."""

from __future__ import annotations

from collections import defaultdict

from msgspec.structs import replace

from analyzer.graph.system import System
from analyzer.model.answers import sorted_kinds
from analyzer.model.imports import Link
from analyzer.model.names import ProjectPath
from analyzer.model.pictures import Box, Edge, Picture, Role
from analyzer.questions.dependencies import find_why
from analyzer.questions.pictures.parts import box_artifact, box_file, list_owners
from analyzer.questions.references import Reference


def picture_why(system: System, *, source: Reference, target: Reference) -> Picture | None:
    """A shortest chain of imports from one thing to another; nothing where there is none.

    The files of an artifact are one box; so is each file that no artifact has. Within a single
    artifact, each of its files is.
    """
    answer = find_why(system, source=source, target=target)
    if not answer.chain:
        return None
    paths = (answer.chain[0].importer, *(link.imported for link in answer.chain))
    is_inside = len({system.artifact_of.get(path, path) for path in paths}) == 1
    keys = {path: path if is_inside else system.artifact_of.get(path, path) for path in paths}
    ends = {keys[paths[0]], keys[paths[-1]]}
    inner: dict[str, list[str]] = defaultdict(list)
    edges: dict[tuple[str, str], Edge] = {}
    for link in answer.chain:
        dependent, depends_on = keys[link.importer], keys[link.imported]
        if dependent == depends_on:
            inner[dependent].append(f"on the way {link.importer}:{link.line}: {link.text}")
        else:
            edge = _draw_link(system, link, dependent, depends_on)
            known = edges.get((dependent, depends_on))
            edges[dependent, depends_on] = edge if known is None else _join(known, edge)
    boxes: dict[str, Box] = {}
    for path, key in keys.items():
        role = Role.FOCUS if key in ends else Role.MEMBER
        boxes.setdefault(key, _draw_box(system, path, key, role))
    return Picture(
        title=f"Why {answer.source} depends on {answer.target}",
        boxes=tuple(
            replace(boxes[key], notes=(*inner[key], *boxes[key].notes)) for key in sorted(boxes)
        ),
        edges=tuple(edges[pair] for pair in sorted(edges)),
        grouped_by=None,
        owners=list_owners(system),
    )


def _join(one: Edge, other: Edge) -> Edge:
    """A line that the chain goes along twice: from a file to a file it may well come back."""
    return replace(
        one,
        kinds=sorted_kinds({*one.kinds, *other.kinds}),
        evidence=(*one.evidence, *other.evidence),
        links=one.links + other.links,
    )


def _draw_box(system: System, path: ProjectPath, key: str, role: Role) -> Box:
    artifact = system.find_artifact_of(path)
    if artifact is None or key == path:
        return box_file(path, role=role)
    return box_artifact(artifact, role=role)


def _draw_link(system: System, link: Link, dependent: str, depends_on: str) -> Edge:
    links = system.module_graph.links_between(importer=link.importer, imported=link.imported)
    return Edge(
        dependent=dependent,
        depends_on=depends_on,
        kinds=sorted_kinds({link.kind, *(one.kind for one in links)}),
        evidence=(link,),
        links=max(1, len(links)),
    )
