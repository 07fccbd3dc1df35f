"""`show`, `deps` and `why`: what reaches what."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.graph.system import System
from analyzer.model.answers import DepsAnswer, ShowAnswer, StartedApplication, WhyAnswer
from analyzer.model.registry import Artifact
from analyzer.model.routes import Endpoint
from analyzer.questions.applications import find_started_application
from analyzer.questions.judging import Judge
from analyzer.questions.references import Reference


def show(system: System, artifact: Artifact) -> ShowAnswer:
    """One artifact with its direct neighbours, what starts it, and what it answers to."""
    graph = system.artifact_graph
    judge = Judge(system)
    return ShowAnswer(
        artifact=artifact,
        is_analysed=bool(graph.files_of(artifact.id)),
        dependencies=graph.dependencies_of(artifact.id),
        dependents=graph.dependents_of(artifact.id),
        entry_points=judge.entry_points_of(artifact),
        endpoints=judge.endpoints_of(artifact.id),
        unmounted=judge.unmounted_of(artifact.id),
        applications=_applications(judge, judge.endpoints_of(artifact.id)),
    )


def _applications(judge: Judge, endpoints: Iterable[Endpoint]) -> tuple[StartedApplication, ...]:
    paths = sorted({one.application for one in endpoints if one.application is not None})
    return tuple(find_started_application(judge.system, path) for path in paths)


def find_dependencies(
    system: System, artifact: Artifact, *, is_reverse: bool, is_transitive: bool
) -> DepsAnswer:
    """What an artifact depends on; reversed, what depends on it.

    Transitive answers follow the code through other artifacts too. The unregistered code in an
    answer is what the artifact itself reaches, or is reached by.
    """
    graph = system.artifact_graph
    if is_transitive:
        find = graph.transitive_dependents_of if is_reverse else graph.transitive_dependencies_of
    else:
        find = graph.dependents_of if is_reverse else graph.dependencies_of
    unregistered = graph.unregistered_above if is_reverse else graph.unregistered_below
    return DepsAnswer(
        artifact=artifact,
        is_reverse=is_reverse,
        is_transitive=is_transitive,
        is_analysed=bool(graph.files_of(artifact.id)),
        dependencies=find(artifact.id),
        unregistered=unregistered(artifact.id),
    )


def find_why(system: System, *, source: Reference, target: Reference) -> WhyAnswer:
    """A shortest chain of imports from one thing to another; none within the same files."""
    chain = system.module_graph.find_shortest_chain(importer=source.files, imported=target.files)
    return WhyAnswer(_spell(source), _spell(target), chain)


def _spell(reference: Reference) -> str:
    """The id of an artifact that was named as such, else what the user wrote."""
    artifact = reference.artifact
    if artifact is not None and reference.ref.lower() == artifact.id.lower():
        return artifact.id
    return reference.ref
