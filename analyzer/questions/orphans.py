"""`orphans`: registered artifacts that nothing in production uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from analyzer.graph.modules import runs
from analyzer.graph.system import System
from analyzer.model.answers import Confidence, Orphan, OrphanReason, OrphansAnswer
from analyzer.model.imports import Link, Mention
from analyzer.model.names import ArtifactId, ProjectPath, is_package_init
from analyzer.model.registry import Artifact, Resolution

# People and machines start these by their path, or publish them: that nothing imports them says
# nothing about their use.
_USED_WITHOUT_IMPORT = frozenset(
    {"doc", "infra", "job", "migration", "script", "sdk-package", "test"}
)

MentionFinder = Callable[[Mapping[str, ProjectPath]], Mapping[ProjectPath, Mention]]
"""Names of files -> where these files are named without being imported."""


def find_orphans(system: System, *, find_mentions: MentionFinder) -> OrphansAnswer:
    """Find the artifacts that nothing in production uses, with reason and confidence.

    An artifact is used where code outside of it imports it, or where it can be started as a
    program. Tests do not count, nor does a package that only passes on what nobody takes from it.
    What is no Python code, or is used by other means than imports, is not judged.

    Args:
        system: registry and code.
        find_mentions: looks for places that name a file without importing it; such a place makes
            the claim `likely` instead of `certain`.
    """
    judged = [(artifact, _judge(system, artifact)) for artifact in system.artifacts.values()]
    orphans = [verdict for _, verdict in judged if isinstance(verdict, Orphan)]
    mentions = find_mentions(_spellings(system, orphans))
    return OrphansAnswer(
        orphans=tuple(_weigh(system, orphan, mentions) for orphan in orphans),
        not_analysed=tuple(artifact.id for artifact, verdict in judged if verdict is _UNKNOWN),
    )


def count_orphans(system: System) -> int:
    """How many orphans there are, without weighing them."""
    return sum(isinstance(_judge(system, one), Orphan) for one in system.artifacts.values())


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A verdict that is no orphan."""

    text: str


_USED = _Verdict("used")
_UNKNOWN = _Verdict("not analysed")


def _judge(system: System, artifact: Artifact) -> Orphan | _Verdict:
    if artifact.place.resolution is Resolution.MISSING:
        path = artifact.record.origin.path
        reason = OrphanReason.MISSING_FILE
        return Orphan(artifact, path, reason, Confidence.CERTAIN, artifact.place.explanation, ())
    files = system.artifact_graph.files_of(artifact.id)
    if not files or artifact.record.type == "test":
        # An ambiguous place, code in another language, or what a test runner starts.
        return _UNKNOWN
    links = _links_from_outside(system, artifact.id)
    is_started = any(
        system.modules[path].is_started or system.is_entry_point(path) for path in files
    )
    reexports = tuple(link for link in links if _is_idle_reexport(system, link))
    tests = tuple(link for link in links if system.modules[link.importer].is_test)
    if is_started or len(links) > len(reexports) + len(tests):
        return _USED
    if artifact.record.type in _USED_WITHOUT_IMPORT:
        return _UNKNOWN
    if tests:
        explanation = f"only tests import it ({len(tests)} of them)"
        reason = OrphanReason.TESTS_ONLY
    else:
        explanation = "no module imports it, and it has no `__main__` guard to be started by"
        reason = OrphanReason.NO_IMPORTERS
    if reexports:
        where = ", ".join(f"{link.importer}:{link.line}" for link in reexports)
        explanation += f"; {where} passes it on, and production takes no name of it from there"
    return Orphan(artifact, files[0], reason, Confidence.CERTAIN, explanation, links)


def _is_idle_reexport(system: System, link: Link) -> bool:
    """Whether a package only passes a module of its own on, and nobody uses it through there.

    Whoever takes a name that can be followed has a link of their own to the module. What imports
    the package as a whole may use anything in it.
    """
    package = link.importer.removesuffix("__init__.py")
    is_own = is_package_init(link.importer) and link.imported.startswith(package)
    takes_a_name = link.text.startswith("from") and not link.text.startswith("from . import")
    if not is_own or not takes_a_name or system.modules[link.importer].is_test:
        return False
    return all(
        found.ends_here or system.modules[found.importer].is_test
        for found in system.module_graph.importers_of(link.importer)
    )


def _links_from_outside(system: System, artifact: ArtifactId) -> tuple[Link, ...]:
    """The strongest link from each file outside of an artifact into it."""
    graph = system.module_graph
    links = {
        link
        for path in system.artifact_graph.files_of(artifact)
        # Importing anything inside of a package uses its `__init__`, too.
        for link in (*graph.importers_of(path, allows=runs), *graph.executors_of(path))
        if system.artifact_of.get(link.importer) != artifact
    }
    return tuple(sorted(links, key=Link.sort_key))


def _spellings(system: System, orphans: list[Orphan]) -> dict[str, ProjectPath]:
    """How other files may name the files of orphans."""
    names: dict[str, ProjectPath] = {}
    for orphan in orphans:
        for path in system.artifact_graph.files_of(orphan.artifact.id):
            names[path] = path
            module = system.modules[path]
            if "." in module.name:
                names[str(module.name)] = path
            root = "" if module.root == "." else f"{module.root}/"
            below = path.removeprefix(root)
            if "/" in below:
                names[below] = path
    return names


def _weigh(system: System, orphan: Orphan, mentions: Mapping[ProjectPath, Mention]) -> Orphan:
    if orphan.reason is OrphanReason.MISSING_FILE:
        return orphan
    doubts = [
        f"{mentions[path].path}:{mentions[path].line} names it"
        for path in system.artifact_graph.files_of(orphan.artifact.id)
        if path in mentions
    ]
    if system.facts.unscanned:
        count = len({entry.path for entry in system.facts.unscanned})
        doubts.append(f"{count} file{'s' * (count > 1)} could not be read")
    own = set(system.artifact_graph.files_of(orphan.artifact.id))
    doubts += [
        f"{one.importer}:{one.line} imports {one.name}, which it may be"
        for one in system.facts.ambiguous
        if own & set(one.candidates)
    ]
    if any(_is_idle_reexport(system, link) for link in orphan.evidence):
        doubts.append("what the package does with it while it is executed is not known")
    if not doubts:
        return orphan
    explanation = f"{orphan.explanation}; but {', and '.join(doubts)}"
    return replace(orphan, confidence=Confidence.LIKELY, explanation=explanation)
