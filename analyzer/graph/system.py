"""The join: every file belongs to an artifact or to none, and links become dependencies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from analyzer.graph.artifacts import ArtifactGraph
from analyzer.graph.entry_points import collect_entry_points
from analyzer.graph.modules import ModuleGraph
from analyzer.graph.naming import FileNames, ModuleNames
from analyzer.model.codeowners import Codeowners
from analyzer.model.entry_points import EntryPoint
from analyzer.model.ignores import Ignore
from analyzer.model.imports import CodeFacts, Kind, Link, Module
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Artifact, Deviation, Registry
from analyzer.model.survey import Survey


class System(Struct, frozen=True, dict=True):
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
    survey: Survey = field(default_factory=Survey)
    """What the code says beyond its imports."""
    codeowners: Codeowners | None = None
    """The file that says whom a forge asks about changes; nothing where there is none."""
    kinds: frozenset[Kind] = frozenset(Kind)
    """The kinds of links that count."""

    @cached_property
    def modules(self) -> dict[ProjectPath, Module]:
        """Path -> module."""
        return {module.path: module for module in self.facts.modules}

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links between two files that count, sorted."""
        return tuple(link for link in self._all_links if link.kind in self.kinds)

    @cached_property
    def _all_links(self) -> tuple[Link, ...]:
        """Every link between two files, sorted: imports, and programs and tasks that are started.

        What a test runner is told to run is not among them.
        """
        started = (one.link for one in self.survey.invocations if not one.is_test_run)
        links = {*self.facts.links, *self.survey.links, *started}
        return tuple(sorted(links, key=Link.sort_key))

    @cached_property
    def entry_points(self) -> Mapping[ProjectPath, tuple[EntryPoint, ...]]:
        """File -> what starts it, for every file that something outside of Python starts."""
        return collect_entry_points(
            modules=self.facts.modules, survey=self.survey, is_configured=self.is_entry_point
        )

    @cached_property
    def module_graph(self) -> ModuleGraph:
        """The links between files."""
        return ModuleGraph(
            modules=self.facts.modules,
            links=self.links,
            executing=self._all_links if Kind.PARENT_INIT in self.kinds else (),
        )

    @cached_property
    def artifact_graph(self) -> ArtifactGraph:
        """The dependencies between artifacts."""
        return ArtifactGraph(
            modules=self.module_graph, artifacts=self.artifacts, artifact_of=self.artifact_of
        )

    def artifact_graph_with(self, files: Collection[ProjectPath]) -> ArtifactGraph:
        """The same, with some files of no artifact standing for themselves, under their path."""
        if not files:
            return self.artifact_graph
        alone = {path: ArtifactId(path) for path in files}
        return ArtifactGraph(
            modules=self.module_graph,
            artifacts=(*self.artifacts, *alone.values()),
            artifact_of={**self.artifact_of, **alone},
        )

    @cached_property
    def file_names(self) -> FileNames:
        """The files that a name in a record may mean."""
        return FileNames(self.facts.files)

    @cached_property
    def module_names(self) -> ModuleNames:
        """The modules that a dotted name in a record may mean."""
        return ModuleNames(self.facts)

    @property
    def ignores(self) -> tuple[Ignore, ...]:
        """Comments that say why a finding is left, in code and in records."""
        return self.facts.ignores + self.registry.ignores

    def find_artifact_of(self, path: ProjectPath) -> Artifact | None:
        """The artifact that a file belongs to."""
        id_ = self.artifact_of.get(path)
        return None if id_ is None else self.artifacts[id_]

    def is_test(self, path: ProjectPath) -> bool:
        """Whether a file is test code; only Python files are told apart."""
        module = self.modules.get(path)
        return module is not None and module.is_test

    def restricted_to(self, kinds: Collection[Kind]) -> System:
        """The same system with links of some kinds only."""
        return replace(self, kinds=frozenset(kinds))
