"""What is wrong with what a picture shows: findings, orphans, unregistered code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from analyzer.graph.system import System
from analyzer.model.answers import Orphan
from analyzer.model.findings import Finding, Severity
from analyzer.model.names import ProjectPath
from analyzer.model.pictures import Box, Edge, Mark, Picture
from analyzer.questions.pictures.parts import split_chain

_MARKS = {Severity.ERROR: Mark.ERROR, Severity.WARNING: Mark.WARNING}
_UNREGISTERED_MODULE = "REG006"
_UNREGISTERED_DEPENDENCY = "DEP001"
# That a record has no place is a mark of its own.
_MISSING = frozenset({"REG003", "REG004"})

_Marked = TypeVar("_Marked", bound=Box | Edge)
_Said = tuple[Mark, str]
_Pair = tuple[str, str]


def mark_picture(
    picture: Picture, *, system: System, findings: Sequence[Finding], orphans: Sequence[Orphan] = ()
) -> Picture:
    """The same picture with what is wrong in it, marked and told in notes.

    A finding about one dependency marks its line, where that is drawn, else the box. What is only
    worth knowing is left out.

    Args:
        picture: before it is folded.
        system: what it shows.
        findings: what the checks have found, and nobody has accepted.
        orphans: what is said of those that findings speak of, instead of the finding's own words.
    """
    boxes = {box.key for box in picture.boxes}
    edges = {(edge.dependent, edge.depends_on) for edge in picture.edges}
    of_boxes: dict[str, list[_Said]] = defaultdict(list)
    of_edges: dict[_Pair, list[_Said]] = defaultdict(list)
    reasons = {
        one.artifact.id: f"orphan ({one.confidence}, {one.reason}): {one.explanation}"
        for one in orphans
    }
    for finding in findings:
        mark = _choose_mark(finding)
        if mark is None:
            continue
        text = f"{finding.severity} {finding.code}: {finding.message}"
        if mark is Mark.ORPHAN and finding.artifact is not None:
            text = reasons.get(finding.artifact, text)
        said = (mark, text)
        pair = _find_pair(system, finding, boxes)
        if pair in edges:
            of_edges[pair].append(said)
        else:
            of_boxes[finding.artifact or finding.path].append(said)
    unregistered = _find_unregistered(findings)
    for path in unregistered:
        of_boxes[path].append((Mark.UNREGISTERED, "it ought to have a record"))
    for edge in picture.edges:
        of_edges[edge.dependent, edge.depends_on].extend(
            (Mark.UNREGISTERED, f"{path} ought to have a record")
            for path in edge.through
            if path in unregistered
        )
    return replace(
        picture,
        boxes=tuple(_mark(box, of_boxes.get(box.key, ())) for box in picture.boxes),
        edges=tuple(
            _mark(edge, of_edges[edge.dependent, edge.depends_on]) for edge in picture.edges
        ),
    )


def _choose_mark(finding: Finding) -> Mark | None:
    if finding.code.startswith("ORP"):
        return Mark.ORPHAN
    if finding.code in _MISSING:
        return Mark.MISSING
    if finding.code == _UNREGISTERED_MODULE:
        return None
    return _MARKS.get(finding.severity)


def _find_pair(system: System, finding: Finding, boxes: Collection[str]) -> _Pair | None:
    """The dependency that a finding is about: its only one, or the first one of a cycle."""

    def key_of(path: ProjectPath) -> str | None:
        return system.artifact_of.get(path, path if path in boxes else None)

    pairs = [
        (dependent, depends_on) for dependent, depends_on, _ in split_chain(finding.chain, key_of)
    ]
    if not pairs or pairs[0][0] != finding.artifact:
        return None
    return pairs[0] if len(pairs) == 1 or pairs[-1][1] == pairs[0][0] else None


def _find_unregistered(findings: Iterable[Finding]) -> frozenset[ProjectPath]:
    """The files that ought to have a record."""
    found = set()
    for finding in findings:
        if finding.code == _UNREGISTERED_MODULE:
            found.add(finding.path)
        elif finding.code == _UNREGISTERED_DEPENDENCY and finding.chain:
            found.add(finding.chain[-1].imported)
    return frozenset(found)


def _mark(one: _Marked, said: Sequence[_Said]) -> _Marked:
    if not said:
        return one
    marks = {*one.marks, *(mark for mark, _ in said)}
    texts = dict.fromkeys(text for mark in Mark for own, text in said if own is mark)
    return replace(
        one, marks=tuple(mark for mark in Mark if mark in marks), notes=(*texts, *one.notes)
    )
