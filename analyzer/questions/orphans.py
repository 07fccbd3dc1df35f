"""`orphans`: registered artifacts that nothing in production uses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from msgspec.structs import replace

from analyzer.graph.system import System
from analyzer.model.answers import (
    Confidence,
    ImporterRole,
    Orphan,
    OrphanReason,
    OrphansAnswer,
    Reasoning,
)
from analyzer.model.imports import Mention
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Artifact
from analyzer.questions.judging import Judge

MentionFinder = Callable[[Mapping[str, Collection[ProjectPath]]], Mapping[ProjectPath, Mention]]
"""Names, with the files that each may mean -> where files are named without being imported."""


def find_orphans(system: System, *, find_mentions: MentionFinder) -> OrphansAnswer:
    """Find the artifacts that nothing in production uses, with reason and confidence.

    An artifact is used where code that something starts reaches it. Tests do not count, nor do
    scripts that people start by hand, nor a package that only passes on what nobody takes from it.
    What is no code, or is used by other means than imports, is not judged.

    Args:
        system: registry and code.
        find_mentions: looks for places that name a file without importing it; such a place makes
            the claim `likely` instead of `certain`.
    """
    judge = Judge(system)
    verdicts = {artifact.id: judge.judge(artifact) for artifact in system.artifacts.values()}
    orphans = [verdict for verdict in verdicts.values() if verdict is not None]
    mentions = find_mentions(_spellings(system, [one.artifact for one in orphans]))
    weighed = [_weigh(judge, orphan, mentions) for orphan in orphans]
    return OrphansAnswer(
        orphans=_doubt_what_rests_on_doubts(judge, weighed),
        not_analysed=tuple(
            artifact.id
            for artifact in system.artifacts.values()
            if verdicts[artifact.id] is None and not judge.is_analysed(artifact)
        ),
    )


def explain(system: System, artifact: Artifact, *, find_mentions: MentionFinder) -> Reasoning:
    """Tell everything that was weighed about one artifact, whatever came out."""
    # Whether others are orphans beyond doubt decides about this one, too.
    return next(_explain(system, [artifact], find_mentions=find_mentions))


def explain_all(system: System, *, find_mentions: MentionFinder) -> tuple[Reasoning, ...]:
    """Tell the same about every artifact, sorted by id."""
    artifacts = list(system.artifacts.values())
    return tuple(_explain(system, artifacts, find_mentions=find_mentions))


def _explain(
    system: System, artifacts: Collection[Artifact], *, find_mentions: MentionFinder
) -> Iterator[Reasoning]:
    judge = Judge(system)
    found = find_orphans(system, find_mentions=find_mentions).orphans
    orphans = {one.artifact.id: one for one in found}
    mentions = find_mentions(_spellings(system, artifacts))
    for artifact in artifacts:
        started_by, chain = judge.find_start(artifact)
        yield Reasoning(
            artifact=artifact,
            orphan=orphans.get(artifact.id),
            is_analysed=judge.is_analysed(artifact),
            entry_points=judge.entry_points_of(artifact),
            started_by=started_by,
            chain=chain,
            importers=judge.weigh_importers(artifact),
            mentions=tuple(mentions[path] for path in judge.files_of(artifact) if path in mentions),
            endpoints=judge.endpoints_of(artifact.id),
            unmounted=judge.unmounted_of(artifact.id),
        )


def _doubt_what_rests_on_doubts(judge: Judge, orphans: list[Orphan]) -> tuple[Orphan, ...]:
    """What only orphans reach is as sure as they are, through any number of them."""
    found = {one.artifact.id: one for one in orphans}
    resting: dict[ArtifactId, list[ArtifactId]] = defaultdict(list)
    for id_, one in sorted(found.items()):
        if one.reason in (OrphanReason.UNREACHABLE, OrphanReason.SCRIPTS_ONLY):
            importers = (judge.system.artifact_of.get(link.importer) for link in one.evidence)
            for importer in {known for known in importers if known is not None}:
                resting[importer].append(id_)
    pending = [id_ for id_, one in found.items() if one.confidence is Confidence.LIKELY]
    while pending:
        doubtful = pending.pop()
        for id_ in resting.get(doubtful, ()):
            one = found[id_]
            if one.confidence is Confidence.CERTAIN:
                text = f"{one.explanation}; but {doubtful} is only likely to be an orphan itself"
                found[id_] = replace(one, confidence=Confidence.LIKELY, explanation=text)
                pending.append(id_)
    return tuple(found.values())


def _spellings(system: System, artifacts: Iterable[Artifact]) -> dict[str, set[ProjectPath]]:
    """How other files may name the files of some artifacts; two services may have one `app.main`.

    A file name alone means a file where no other one in the project is called so; Python's own
    names, such as `__init__.py`, mean nothing without their folder.
    """
    names: dict[str, set[ProjectPath]] = defaultdict(set)
    called = Counter(path.rpartition("/")[2] for path in system.facts.files)
    for artifact in artifacts:
        for path in system.artifact_graph.files_of(artifact.id):
            names[path].add(path)
            file_name = path.rpartition("/")[2]
            if called[file_name] == 1 and not file_name.startswith("__"):
                names[file_name].add(path)
            module = system.modules.get(path)
            if module is None:
                continue
            if "." in module.name:
                names[module.name].add(path)
            root = "" if module.root == "." else f"{module.root}/"
            below = path.removeprefix(root)
            if "/" in below:
                names[below].add(path)
    return names


def _weigh(judge: Judge, orphan: Orphan, mentions: Mapping[ProjectPath, Mention]) -> Orphan:
    if orphan.reason is OrphanReason.MISSING_FILE:
        return orphan
    facts = judge.system.facts
    files = judge.files_of(orphan.artifact)
    doubts = [
        f"{mentions[path].path}:{mentions[path].line} names it"
        for path in files
        if path in mentions
    ]
    is_library = orphan.artifact.record.type == "library"
    if is_library and (point := judge.find_publication(files)) is not None:
        doubts.append(f"{point.declared_at} says that it is {point.how}: others may import it")
    if (unknown := judge.find_unknown_importer(orphan.artifact)) is not None:
        doubts.append(f"how {unknown} is started, which has no record, may be known elsewhere")
    if facts.unscanned:
        count = len({entry.path for entry in facts.unscanned})
        doubts.append(f"{count} file{'s' * (count > 1)} could not be read")
    own = set(files)
    doubts += [
        f"{one.importer}:{one.line} imports {one.name}, which it may be"
        for one in facts.ambiguous
        if own & set(one.candidates)
    ]
    doubts += [
        f"{one.importer}:{one.line} imports {one.what}"
        for one in judge.find_unknown_imports(orphan.artifact)
    ]
    doubts += [
        f"`{one.name}` of it may be mounted: {one.explanation}"
        for one in judge.unmounted_of(orphan.artifact.id)
        if one.is_doubtful
    ]
    importers = judge.weigh_importers(orphan.artifact)
    if any(one.role is ImporterRole.REEXPORT for one in importers):
        doubts.append("what the package does with it while it is executed is not known")
    if not doubts:
        return orphan
    explanation = f"{orphan.explanation}; but {', and '.join(doubts)}"
    return replace(orphan, confidence=Confidence.LIKELY, explanation=explanation)
