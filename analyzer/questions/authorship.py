"""`owners --history`: who really changes each artifact, and who never does."""

from __future__ import annotations

from collections import Counter, defaultdict

from analyzer.graph.system import System
from analyzer.model.history import (
    ArtifactHistory,
    Author,
    AuthorShare,
    History,
    HistoryAnswer,
)
from analyzer.model.names import ArtifactId
from analyzer.model.owners import Owners


def find_authors(system: System, history: History, *, owners: Owners) -> HistoryAnswer:
    """Find who changed each artifact in a while, and whether the owner is among them.

    A commit counts once for each artifact whose files it changed. An author is known by the
    address; of several names the one that comes first counts.
    """
    authors: dict[str, Author] = {}
    commits: dict[ArtifactId, Counter[str]] = defaultdict(Counter)
    for commit in history.commits:
        key = commit.author.email.casefold() or commit.author.name
        known = authors.setdefault(key, commit.author)
        authors[key] = min(known, commit.author)
        for artifact in {system.artifact_of.get(path) for path in commit.files}:
            if artifact is not None:
                commits[artifact][key] += 1
    people = {
        owner: {
            key
            for key, author in authors.items()
            if owners.is_author(owner, name=author.name, email=author.email)
        }
        for owner in {one.record.owner for one in system.artifacts.values()}
        if owner
    }

    def judge(id_: ArtifactId, owner: str | None) -> ArtifactHistory:
        counts = commits.get(id_, Counter())
        shares = [AuthorShare(authors[key], count) for key, count in counts.items()]
        known = people.get(owner, set()) if owner else set()
        return ArtifactHistory(
            artifact=id_,
            owner=owner or None,
            commits=counts.total(),
            authors=tuple(sorted(shares, key=lambda one: (-one.commits, one.author))),
            is_owner_among=not known.isdisjoint(counts) if known and counts else None,
        )

    return HistoryAnswer(
        history=history,
        artifacts=tuple(judge(id_, one.record.owner) for id_, one in system.artifacts.items()),
        unknown_owners=tuple(sorted(owner for owner, keys in people.items() if not keys)),
    )
