"""The join: every file belongs to an artifact or to none, and links become dependencies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from analyzer.graph.artifacts import ArtifactGraph
from analyzer.graph.modules import ModuleGraph
from analyzer.model.imports import CodeFacts, Module
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Artifact, Deviation, Registry


@dataclass(frozen=True)
class System:
    """Registry and code, joined. Questions and checks take this and nothing else."""

    registry: Registry
    facts: CodeFacts
    artifacts: Mapping[ArtifactId, Artifact]
    """Sorted by id."""
    artifact_of: Mapping[ProjectPath, ArtifactId]
    """The artifact that a file belongs to; files of no artifact are not in here."""
    deviations: tuple[Deviation, ...]
    """What is wrong in the registry, by itself and against the code."""
    has_registry: bool
    """Whether there is a registry at all, be it empty."""
    is_entry_point: Callable[[ProjectPath], bool]
    """Whether the configuration names a file as one that something outside of the code starts."""

    @cached_property
    def modules(self) -> dict[ProjectPath, Module]:
        """Path -> module."""
        return {module.path: module for module in self.facts.modules}

    @cached_property
    def module_graph(self) -> ModuleGraph:
        """The links between files."""
        return ModuleGraph(modules=self.facts.modules, links=self.facts.links)

    @cached_property
    def artifact_graph(self) -> ArtifactGraph:
        """The dependencies between artifacts."""
        return ArtifactGraph(
            modules=self.module_graph, artifacts=self.artifacts, artifact_of=self.artifact_of
        )
