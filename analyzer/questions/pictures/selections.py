"""The picture of what the records say: waves, owners, types, products, or everything."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from analyzer.graph.system import System
from analyzer.model.errors import AnalyzerError
from analyzer.model.hints import near_name
from analyzer.model.pictures import FoldBy, Picture, Role
from analyzer.model.registry import Artifact, Record
from analyzer.questions.pictures.parts import (
    box_artifact,
    draw_between,
    enumerate_words,
    list_owners,
    name_frame,
)


class Selection(Struct, frozen=True):
    """Which artifacts are asked for: each field narrows, its values are alternatives."""

    waves: tuple[int, ...] = ()
    owners: tuple[str, ...] = ()
    """An empty one stands for artifacts that have none; of types and products too."""
    types: tuple[str, ...] = ()
    products: tuple[str, ...] = ()

    def holds(self, record: Record) -> bool:
        """Whether a record is asked for."""
        return (
            (not self.waves or record.wave in self.waves)
            and (not self.owners or (record.owner or "") in self.owners)
            and (not self.types or (record.type or "") in self.types)
            and (not self.products or (record.product or "") in self.products)
        )


def picture_selection(system: System, selection: Selection) -> Picture:
    """The artifacts that are asked for and their neighbours; without a selection, everything.

    Raises:
        AnalyzerError: no record has one of the values, or none has all of them, or there is none.
    """
    if not system.artifacts:
        raise AnalyzerError(
            "the registry holds no records to draw; check --registry or the configuration"
        )
    for problem in _find_unknown(system, selection):
        raise AnalyzerError(problem)
    members = [one for one in system.artifacts.values() if selection.holds(one.record)]
    if not members:
        raise AnalyzerError(
            f"no artifact is all of this: {', '.join(_words(selection))}; ask for less at once"
        )
    return _picture(
        system,
        members,
        title=_title(system, selection),
        framed_by=_choose_frames(selection, members),
    )


def _picture(
    system: System, members: Sequence[Artifact], *, title: str, framed_by: FoldBy
) -> Picture:
    graph = system.artifact_graph
    inside = {one.id for one in members}
    shown = set(inside)
    for id_ in inside:
        shown.update(graph.networkx.successors(id_), graph.networkx.predecessors(id_))
    edges, hidden = draw_between(graph, shown, core=inside)
    return Picture(
        title=title,
        boxes=tuple(
            box_artifact(system.artifacts[id_], framed_by=framed_by)
            if id_ in inside
            else box_artifact(system.artifacts[id_], role=Role.NEIGHBOUR)
            for id_ in sorted(shown)
        ),
        edges=edges,
        grouped_by=framed_by,
        hidden_edges=hidden,
        owners=list_owners(system),
    )


def _choose_frames(selection: Selection, members: Sequence[Artifact]) -> FoldBy:
    """By what the members are framed: the first that tells some of them apart."""
    tried = [FoldBy.TYPE, FoldBy.OWNER, FoldBy.WAVE]
    if len(selection.waves) > 1 or not _words(selection):
        tried.insert(0, FoldBy.WAVE)
    telling = (by for by in tried if len({name_frame(one, by=by) for one in members}) > 1)
    return next(telling, FoldBy.TYPE)


def _title(system: System, selection: Selection) -> str:
    words = _words(selection)
    if not words:
        return "All artifacts"
    if len(selection.waves) == 1:
        wave = selection.waves[0]
        titles = [one.title for one in system.registry.waves if one.number == wave and one.title]
        words[0] = f"{words[0]}: {titles[0]}" if titles else words[0]
    return words[0][:1].upper() + ", ".join(words)[1:]


def _words(selection: Selection) -> list[str]:
    """What is asked for, such as `waves 1 and 2` and `owner backend`."""
    words = []
    if selection.waves:
        waves = sorted(set(selection.waves))
        words.append(f"wave{'s' * (len(waves) > 1)} {enumerate_words(map(str, waves))}")
    for name, values in _texts(selection):
        if set(values) == {""}:
            words.append(f"no {name}")
        elif values:
            shown = [value or f"no {name}" for value in sorted(set(values))]
            words.append(f"{name}{'s' * (len(shown) > 1)} {enumerate_words(shown)}")
    return words


def _texts(selection: Selection) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        ("owner", selection.owners),
        ("type", selection.types),
        ("product", selection.products),
    )


def _find_unknown(system: System, selection: Selection) -> Iterator[str]:
    """What is wrong with values that no record has."""
    records = [one.record for one in system.artifacts.values()]
    waves = {record.wave for record in records}
    for wave in selection.waves:
        if wave not in waves:
            yield _explain_empty_wave(system, wave)
    for name, values in _texts(selection):
        known = {getattr(record, name) or "" for record in records}
        for value in values:
            if value not in known:
                yield _explain_unknown(name, value, known - {""})


def _explain_unknown(name: str, value: str, known: Collection[str]) -> str:
    if not value:
        return f"every artifact has its {name}; name one"
    hint = near_name(value, known) if known else f"; no record names one ({name}: ...)"
    return f'no artifact is of {name} "{value}"{hint}'


def _explain_empty_wave(system: System, wave: int) -> str:
    waves = sorted(
        {one.record.wave for one in system.artifacts.values() if one.record.wave is not None}
    )
    known = (
        f"waves with artifacts: {', '.join(map(str, waves))}" if waves else "no record has a wave"
    )
    message = f"no artifact belongs to wave {wave}; {known}"
    for documented in system.registry.waves:
        if documented.number == wave:
            message += (
                f". {documented.origin} counts its artifacts but lists none: add `wave: {wave}` "
                "to their records"
            )
            break
    return message
