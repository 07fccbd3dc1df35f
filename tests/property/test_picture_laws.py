"""Laws of what pictures show, on systems of all shapes: nothing is dropped in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from analyzer.graph.modules import runs
from analyzer.graph.system import System
from analyzer.model.imports import CodeFacts, Kind, Link, Module, Root
from analyzer.model.names import ArtifactId, ModuleName, ProjectPath
from analyzer.model.pictures import Box, BoxKind, Direction, Picture, Role
from analyzer.model.registry import Artifact, Origin, Place, Record, Registry, Resolution
from analyzer.questions.folding import fold_picture
from analyzer.questions.impact import find_impact
from analyzer.questions.pictures.around import picture_around
from analyzer.questions.pictures.chains import picture_why
from analyzer.questions.pictures.impacts import picture_impact
from analyzer.questions.pictures.selections import Selection, picture_selection
from analyzer.questions.reducing import reduce_picture
from analyzer.questions.references import Reference

PATHS = [ProjectPath(f"m{number}.py") for number in range(10)]
IDS = [ArtifactId(name) for name in "ABCDEF"]
KINDS = [Kind.RUNTIME, Kind.FUNCTION_LEVEL, Kind.TYPE_CHECKING, Kind.ENQUEUES]

links = st.builds(
    lambda ends, kind: Link(ends[0], ends[1], 1, kind, f"import {ends[1]}"),
    st.tuples(st.sampled_from(PATHS), st.sampled_from(PATHS)).filter(
        lambda ends: ends[0] != ends[1]
    ),
    st.sampled_from(KINDS),
)


@st.composite
def systems(draw: st.DrawFn) -> System:
    found = draw(st.sets(links, max_size=25))
    owners = draw(st.lists(st.sampled_from([*IDS, None]), min_size=len(PATHS), max_size=len(PATHS)))
    files = dict(zip(PATHS, owners, strict=True))
    artifacts = {}
    for id_ in IDS:
        own = tuple(path for path, owner in files.items() if owner == id_)
        record = Record(
            id=id_,
            origin=Origin(ProjectPath("r.yaml"), 1),
            type=draw(st.sampled_from(["service", "worker"])),
            owner=draw(st.sampled_from(["a", "b", None])),
            wave=draw(st.sampled_from([1, 2, None])),
        )
        place = Place(Resolution.PATH if own else Resolution.MISSING, own)
        artifacts[id_] = Artifact(record, place, own)
    facts = CodeFacts(
        files=tuple(PATHS),
        roots=(Root(ProjectPath("."), ()),),
        modules=tuple(
            Module(path, ModuleName(path), ProjectPath("."), False, True, False) for path in PATHS
        ),
        links=tuple(sorted(found, key=Link.sort_key)),
        unscanned=(),
        ambiguous=(),
    )
    return System(
        registry=Registry(),
        facts=facts,
        artifacts=artifacts,
        artifact_of={path: owner for path, owner in files.items() if owner is not None},
        deviations=(),
        has_registry=True,
        is_entry_point=lambda _: False,
    )


selections = st.builds(
    Selection,
    waves=st.sampled_from([(), (1,), (1, 2)]),
    owners=st.sampled_from([(), ("a",), ("a", "")]),
    types=st.sampled_from([(), ("service",)]),
)


def keys_of(boxes: Iterable[Box]) -> list[str]:
    return [key for box in boxes for key in (box.fold.list_keys() if box.fold else (box.key,))]


def count_drawn(picture: Picture) -> int:
    inside = sum(box.fold.inner_edges for box in picture.boxes if box.fold is not None)
    drawn = sum(edge.count for edge in picture.edges)
    return drawn + inside + picture.hidden_edges + picture.reduced_edges


def count_among(system: System, picture: Picture) -> int:
    shown = set(map(ArtifactId, keys_of(picture.boxes)))
    return system.artifact_graph.networkx.subgraph(shown).number_of_edges()


@given(systems(), selections, st.integers(2, 6))
def test_what_is_selected_is_in_one_box_and_every_dependency_is_counted(
    system: System, selection: Selection, limit: int
) -> None:
    members = {id_ for id_, one in system.artifacts.items() if selection.holds(one.record)}
    values: dict[str, set[object]] = {
        "waves": {one.record.wave for one in system.artifacts.values()},
        "owners": {one.record.owner or "" for one in system.artifacts.values()},
        "types": {one.record.type for one in system.artifacts.values()},
    }
    if not members or any(not {*getattr(selection, name)} <= values[name] for name in values):
        return
    whole = picture_selection(system, selection)
    graph = system.artifact_graph.networkx
    assert {(edge.dependent, edge.depends_on) for edge in whole.edges} == {
        edge for edge in graph.edges if not members.isdisjoint(edge)
    }
    folded = fold_picture(whole, max_boxes=limit)
    for picture in (whole, folded, reduce_picture(whole), reduce_picture(folded)):
        shown = Counter(keys_of(box for box in picture.boxes if box.role is Role.MEMBER))
        assert shown == Counter(members)
        assert count_drawn(picture) == count_among(system, whole)


@given(systems(), st.sampled_from(IDS), st.integers(1, 3))
def test_surroundings_are_as_far_away_as_they_say(
    system: System, start: ArtifactId, depth: int
) -> None:
    pictures = {
        direction: picture_around(system, system.artifacts[start], depth=depth, direction=direction)
        for direction in Direction
    }
    for way, picture in pictures.items():
        assert count_drawn(picture) == count_among(system, picture)
        at = {box.key: box for box in picture.boxes}
        edges = {(edge.dependent, edge.depends_on) for edge in picture.edges}
        for box in picture.boxes:
            assert (box.distance == 0) == (box.key == start) == (box.direction is None)
            if box.distance:
                # Both ways at once, what stands on the way may be nearer the other way.
                nearer = {
                    other.key
                    for other in picture.boxes
                    if other.distance == box.distance - 1
                    or (way is Direction.BOTH and (other.distance or 0) < box.distance)
                }
                ways = {
                    Direction.UPSTREAM: {(other, box.key) for other in nearer},
                    Direction.DOWNSTREAM: {(box.key, other) for other in nearer},
                }
                assert box.direction is not None
                assert edges & ways[box.direction], at
    both = {*keys_of(pictures[Direction.UPSTREAM].boxes)}
    both |= {*keys_of(pictures[Direction.DOWNSTREAM].boxes)}
    assert both == {*keys_of(pictures[Direction.BOTH].boxes)}
    for other in keys_of(pictures[Direction.UPSTREAM].boxes):
        back = picture_around(
            system,
            system.artifacts[ArtifactId(other)],
            depth=depth,
            direction=Direction.DOWNSTREAM,
        )
        assert start in keys_of(back.boxes)


@given(systems(), st.sets(st.sampled_from(PATHS), min_size=1, max_size=3))
def test_an_impact_shows_what_is_affected_and_a_way_to_each(
    system: System, paths: set[ProjectPath]
) -> None:
    references = [Reference(path, None, (path,)) for path in sorted(paths)]
    picture = picture_impact(system, references, allows=runs)
    affected: dict[str, int] = {
        one.artifact.id: one.distance for one in find_impact(system, references).affected
    }
    changed = {system.artifact_of.get(path, path) for path in paths}
    expected: dict[str, int] = dict.fromkeys(changed, 0)
    expected.update(affected)
    assert {box.key: box.distance for box in picture.boxes} == expected
    assert {box.key for box in picture.boxes if box.kind is BoxKind.FILE} == {
        path for path in paths if path not in system.artifact_of
    }
    leading: dict[str, set[str]] = {}
    for edge in picture.edges:
        leading.setdefault(edge.dependent, set()).add(edge.depends_on)
    distance = {box.key: box.distance for box in picture.boxes}
    for id_, number in affected.items():
        assert any((distance[other] or 0) < number for other in leading.get(id_, ()))


@given(systems(), st.sampled_from(PATHS), st.sampled_from(PATHS))
def test_a_chain_leads_from_one_end_to_the_other(
    system: System, start: ProjectPath, end: ProjectPath
) -> None:
    source, target = (Reference(path, None, (path,)) for path in (start, end))
    picture = picture_why(system, source=source, target=target)
    chain = system.module_graph.find_shortest_chain(importer=[start], imported=[end])
    assert (picture is None) == (not chain)
    if picture is None:
        return
    seen = [link for edge in picture.edges for link in edge.evidence]
    inside = [note for box in picture.boxes for note in box.notes if note.startswith("on the way")]
    assert len(seen) + len(inside) == len(chain)
    assert {*seen} <= {*chain}
