"""The page walks the graph as the command line does: on systems of all shapes, for all pairs."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from analyzer.graph.system import System
from analyzer.model.imports import CodeFacts, Kind, Link, Module, Root
from analyzer.model.names import ArtifactId, ModuleName, ProjectPath
from analyzer.model.registry import Artifact, Origin, Place, Record, Registry, Resolution
from analyzer.questions.exploring import find_everything
from analyzer.questions.impact import find_impact
from analyzer.questions.references import Reference
from analyzer.renderings.explorer import rendering
from analyzer.renderings.explorer.payload import render_payload

_PATHS = [
    ProjectPath(path)
    for path in (
        "p/__init__.py", "p/a.py", "p/b.py", "p/q/__init__.py", "p/q/c.py", "d.py", "e.py", "f.py",
        "g.py", "tests/test_h.py",
    )
]  # fmt: skip
_KINDS = (Kind.RUNTIME, Kind.FUNCTION_LEVEL, Kind.TYPE_CHECKING, Kind.PARENT_INIT, Kind.INVOKES)
_IDS = [ArtifactId(f"T-SVC-{letter}-001") for letter in "ABCD"]
_SYSTEMS = 60

_HARNESS = """(async ({ sources, payloads, questions, filters }) => {
    const answer = new Function("payload", "asked", "filters", `
        const byId = () => ({ textContent: payload });
        ${sources}
        const DATA = { ...loadData(), filters };
        STATE = { ...START };
        return asked(DATA, { findReaching, findReached, findChain, dependenciesBy });
    `);
    const asked = eval(questions);
    return payloads.map((payload) => answer(payload, asked, filters));
})"""
# Some kinds together, as somebody may filter by them.
_FILTERS = (
    [Kind.RUNTIME],
    [Kind.FUNCTION_LEVEL, Kind.TYPE_CHECKING],
    [Kind.RUNTIME, Kind.PARENT_INIT, Kind.INVOKES],
    list(Kind),
)
_QUESTIONS = """((data, walk) => data.artifacts.map((one) => ({
    filtered: data.filters.map((kinds) => walk
        .dependenciesBy(kinds.reduce((mask, kind) => mask | (1 << data.kinds.indexOf(kind)), 0))
        .filter((each) => each.from === one.number)
        .map(({ to, kinds, chain }) => [
            data.artifacts[to].id,
            data.kinds.filter((_, bit) => kinds & (1 << bit)),
            chain.map((number) => data.links[number])
                .map((link) => [data.files[link.from].path, data.files[link.to].path, link.line]),
        ])),
    reaching: [...walk.findReaching(one.number)]
        .map(([other, distance]) => [data.artifacts[other].id, distance]).sort(),
    reached: [...walk.findReached(one.number).keys()]
        .map((other) => data.artifacts[other].id).sort(),
    chains: data.artifacts.filter((other) => other !== one)
        .map((other) => walk.findChain(one.number, other.number)
            .map((link) => [data.files[link.from].path, data.files[link.to].path, link.line])),
})))"""


def _build_system(chance: random.Random) -> System:
    links = {
        Link(importer, imported, chance.randint(1, 3), chance.choice(_KINDS), f"import {imported}")
        for importer, imported in (
            chance.sample(_PATHS, 2) for _ in range(chance.choice((4, 10, 24)))
        )
    }
    owners = {path: chance.choice((*_IDS, None)) for path in _PATHS}
    artifact_of = {path: owner for path, owner in owners.items() if owner is not None}
    artifacts = {
        id_: Artifact(
            Record(id_, Origin(ProjectPath("r.yaml"), 1)),
            Place(Resolution.PATH, (ProjectPath("x"),)),
            tuple(path for path in sorted(_PATHS) if artifact_of.get(path) == id_),
        )
        for id_ in _IDS
    }
    modules = tuple(
        Module(path, ModuleName(path), ProjectPath("."), path.startswith("tests/"), True, False)
        for path in sorted(_PATHS)
    )
    facts = CodeFacts(
        files=tuple(sorted(_PATHS)),
        roots=(Root(ProjectPath("."), ()),),
        modules=modules,
        links=tuple(sorted(links, key=Link.sort_key)),
        unscanned=(),
        ambiguous=(),
    )
    return System(
        registry=Registry(records=tuple(one.record for one in artifacts.values())),
        facts=facts,
        artifacts=artifacts,
        artifact_of=artifact_of,
        deviations=(),
        has_registry=True,
        is_entry_point=lambda _: False,
    )


def _list_dependencies(system: System, id_: ArtifactId) -> list[list[Any]]:
    return [
        [
            one.depends_on,
            list(one.kinds),
            [[link.importer, link.imported, link.line] for link in one.chain],
        ]
        for one in system.artifact_graph.dependencies_of(id_)
    ]


def _expect(system: System) -> list[dict[str, Any]]:
    graph = system.artifact_graph
    filtered = [system.restricted_to(frozenset(kinds)) for kinds in _FILTERS]
    expected = []
    for id_, artifact in system.artifacts.items():
        reference = Reference(id_, artifact, artifact.files)
        affected = find_impact(system, [reference]).affected
        expected.append(
            {
                "filtered": [_list_dependencies(one, id_) for one in filtered],
                "reaching": sorted([one.artifact.id, one.distance] for one in affected),
                "reached": [one.depends_on for one in graph.transitive_dependencies_of(id_)],
                "chains": [
                    [
                        [link.importer, link.imported, link.line]
                        for link in system.module_graph.find_shortest_chain(
                            importer=artifact.files, imported=other.files
                        )
                    ]
                    for other in system.artifacts.values()
                    if other is not artifact
                ],
            }
        )
    return expected


def test_page_reaches_what_the_command_line_reaches(browser: Browser) -> None:
    chance = random.Random(5)  # noqa: S311 - the same systems each time
    systems = [_build_system(chance) for _ in range(_SYSTEMS)]
    payloads = [
        render_payload(find_everything(system, title="x", findings=(), find_mentions=lambda _: {}))
        for system in systems
    ]
    folder = Path(rendering.__file__).parent / "page"
    names = ("data.js", "state.js", "filters.js", "reach.js")
    sources = "\n".join((folder / name).read_text(encoding="utf-8") for name in names)
    page = browser.new_page()
    answers = page.evaluate(
        _HARNESS,
        {
            "sources": sources,
            "payloads": payloads,
            "questions": _QUESTIONS,
            "filters": _FILTERS,
        },
    )
    page.close()
    for number, system in enumerate(systems):
        for found, expected in zip(answers[number], _expect(system), strict=True):
            assert found == expected, f"system {number}: {system.facts.links}"
    assert any(chain for answer in answers for one in answer for chain in one["chains"])
