"""Whom a change concerns: who has to approve it, and who only has to know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from analyzer.model.answers import Affected
from analyzer.model.authority import ACTING
from analyzer.model.notification import Concerned, NotificationPlan, Notified
from analyzer.model.owners import Owners, order_of_owner
from analyzer.model.registry import Artifact


def plan_notification(
    touched: Iterable[Artifact], affected: Sequence[Affected], *, owners: Owners
) -> NotificationPlan:
    """Plan who has to hear of a change.

    Whoever owns something that mutates or enforces has to approve where the change touches it or
    reaches it directly; further away it is one of the dependents' own changes. Whoever owns
    something else that is touched or affected is informed, unless asked to approve already.
    """
    concerned = [(one, 0) for one in touched]
    concerned += [(one.artifact, one.distance) for one in affected]
    approving: dict[str | None, list[tuple[Artifact, int]]] = defaultdict(list)
    informed: dict[str | None, list[tuple[Artifact, int]]] = defaultdict(list)
    for artifact, distance in concerned:
        is_acting = artifact.record.authority_level in ACTING
        found = approving if is_acting and distance <= 1 else informed
        found[artifact.record.owner or None].append((artifact, distance))
    return NotificationPlan(
        approve=_notify(approving, owners),
        # Nobody knows who owns what has no owner: it is never said already.
        inform=_notify(
            {
                name: found
                for name, found in informed.items()
                if name is None or name not in approving
            },
            owners,
        ),
    )


def _notify(
    found: dict[str | None, list[tuple[Artifact, int]]], owners: Owners
) -> tuple[Notified, ...]:
    return tuple(
        Notified(
            owner=owner,
            handles=_find_handles(owner, [one for one, _ in found[owner]], owners),
            artifacts=tuple(
                Concerned(one.id, distance, one.record.authority_level)
                for one, distance in sorted(found[owner], key=lambda pair: (pair[1], pair[0].id))
            ),
        )
        for owner in sorted(found, key=order_of_owner)
    )


def _find_handles(
    owner: str | None, artifacts: Iterable[Artifact], owners: Owners
) -> tuple[str, ...]:
    """What an owner is called; where a record names none, whom CODEOWNERS names for the files."""
    if owner is not None:
        return owners.handles_of(owner)
    codeowners = owners.codeowners
    if codeowners is None:
        return ()
    files = (path for one in artifacts for path in one.files)
    return tuple(sorted({name for path in files for name in codeowners.owners_of(path)}))
