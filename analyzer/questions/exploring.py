"""`explore`: the whole system as one answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from analyzer.graph.system import System
from analyzer.model.exploring import Exploration, WaveProgress
from analyzer.model.findings import Finding
from analyzer.model.imports import Kind, Link
from analyzer.questions.orphans import MentionFinder, explain_all


def find_everything(
    system: System,
    *,
    title: str,
    findings: tuple[Finding, ...],
    find_mentions: MentionFinder,
) -> Exploration:
    """Collect what the explorer's page can be asked.

    Args:
        system: registry and code.
        title: what the page is called.
        findings: what a check of the whole tree finds, with the lines of source quoted.
        find_mentions: as in `find_orphans`.
    """
    links = tuple(sorted(set(_links(system)), key=Link.sort_key))
    executors = tuple(sorted(set(_executors(system)), key=Link.sort_key))
    ends = {path for link in (*links, *executors) for path in (link.importer, link.imported)}
    ends.update(system.artifact_of)
    return Exploration(
        title=title,
        artifacts=explain_all(system, find_mentions=find_mentions),
        dependencies=system.artifact_graph.all_dependencies(),
        links=links,
        executors=executors,
        tests=frozenset(path for path in ends if system.is_test(path)),
        endpoints=system.survey.routes.endpoints,
        findings=findings,
        waves=tuple(_progress(system)),
        unscanned=system.facts.unscanned,
    )


def _links(system: System) -> Iterator[Link]:
    graph = system.module_graph
    starts = {
        path for path in graph.networkx if path in system.artifact_of or not system.is_test(path)
    }
    # No chain comes through tests, but where production imports helpers of theirs.
    passed = starts.union(graph.walk(starts))
    for importer, imported in graph.networkx.edges:
        if importer not in passed:
            continue
        first: dict[tuple[Kind, bool], Link] = {}
        for link in graph.links_between(importer=importer, imported=imported):
            first.setdefault((link.kind, link.ends_here), link)
        yield from first.values()


def _executors(system: System) -> Iterator[Link]:
    for path in system.artifact_of:
        if path in system.modules:
            yield from system.module_graph.executors_of(path)


def _progress(system: System) -> Iterator[WaveProgress]:
    documented = {wave.number: wave for wave in system.registry.waves}
    waves = [(one.record.wave, bool(one.place.paths)) for one in system.artifacts.values()]
    records = Counter(wave for wave, _ in waves if wave is not None)
    located = Counter(wave for wave, has_place in waves if wave is not None and has_place)
    for number in sorted(documented.keys() | records.keys()):
        wave = documented.get(number)
        yield WaveProgress(
            number=number,
            title=wave.title if wave else "",
            status=wave.status if wave else None,
            claimed_registered=wave.claimed_registered if wave else None,
            claimed_total=wave.claimed_total if wave else None,
            listed=len(wave.rows) if wave else 0,
            records=records[number],
            located=located[number],
        )
