"""`registry change new`: what a change says about itself."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence

from analyzer.graph.system import System
from analyzer.model.authority import authority_rank
from analyzer.model.change_records import (
    OPEN,
    ChangeDraft,
    ChangeRecord,
    ChangeUnderReview,
    Drafted,
)
from analyzer.model.changes import ChangeSet
from analyzer.model.entry_points import EntryKind
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.reports import ReviewAnswer
from analyzer.sources.python_interface import InterfaceChange

_DOCUMENTS = (".md", ".rst", ".txt", ".adoc")
_TYPES = "bugfix, refactor, behavior_change, performance, security, cleanup, feature or deprecation"
_MOST_NAMED = 3


Interfaces = Mapping[ProjectPath, InterfaceChange | None]
"""By the path now, or the last one: how the interface of each changed Python file differs; nothing
for one that cannot be parsed."""


def find_change_under_review(
    base: System | None, head: System, changes: ChangeSet, records: Iterable[ChangeRecord]
) -> ChangeUnderReview:
    """Find the artifacts whose files a change touches, and the records of changes that it brings.

    Test code of an artifact counts as its code. A file that is gone belongs to the artifact that
    it belonged to. Of the files of an artifact the first one counts that is there afterwards.
    """
    brought = {one.after for one in changes.files}
    artifacts: dict[ArtifactId, ProjectPath] = {}
    for path in sorted(changes.paths, key=lambda one: (one not in brought, one)):
        known = head.artifact_of.get(path)
        if known is None and base is not None:
            known = base.artifact_of.get(path)
        if known is not None:
            artifacts.setdefault(known, path)
    return ChangeUnderReview(
        artifacts=dict(sorted(artifacts.items())),
        records=tuple(one for one in records if one.origin.path in brought),
    )


def draft_change(
    base: System,
    head: System,
    answer: ReviewAnswer,
    *,
    id_: str,
    date: str,
    folder: str,
    interfaces: Interfaces,
) -> ChangeDraft:
    """Draft the record of a change.

    Args:
        base: the system before it.
        head: the system with it.
        answer: what a review says of it.
        id_: of the record.
        date: of today, `YYYY-MM-DD`.
        folder: of the records of changes, which are no part of a change themselves.
        interfaces: how the interface of each changed Python file differs.
    """
    files = [
        one
        for one in answer.changes.files
        if not any(f"{path}".startswith(f"{folder}/") for path in (one.before, one.after) if path)
    ]
    changes = ChangeSet(tuple(files), answer.changes.lines)
    touched = find_change_under_review(base, head, changes, ()).artifacts
    renamed = tuple(sorted(changes.renames.items()))
    records = {one.origin.path for system in (base, head) for one in system.registry.records}
    code = [
        path
        for path in changes.paths
        if not (path in records or path.lower().endswith(_DOCUMENTS) or _is_test(path, base, head))
    ]
    is_same = bool(code) and all(
        (found := interfaces.get(path)) is not None and found.is_same_code
        for path in code
        if path not in changes.renames
    )
    authority, data = _authority(answer), _data(base, head, changes, code, is_same=is_same)
    now = sorted({changes.renames.get(path, path) for path in code})
    behavior = _behavior(now, is_same=is_same and not renamed)
    interface, compatibility = _interface(base, head, interfaces, changes)
    tests = [one for one in files if _is_test(one.after or one.before or "", base, head)]
    return ChangeDraft(
        id=id_,
        date=date,
        change_type=_type(changes, code, base, head),
        artifacts=tuple(touched),
        added=tuple(sorted(one.after for one in files if one.after and one.before is None)),
        removed=tuple(sorted(one.before for one in files if one.before and one.after is None)),
        renamed=renamed,
        authority=authority,
        behavior=behavior,
        interface=interface,
        data=data,
        risk=_risk(
            answer,
            touched,
            authority=authority,
            behavior=behavior,
            data=data,
            is_renaming=bool(renamed),
        ),
        compatibility=compatibility,
        tests_added=_yes_or_no(any(one.before is None for one in tests)),
        tests_modified=_yes_or_no(any(one.before and one.after for one in tests)),
    )


def _yes_or_no(is_so: bool, reason: str = "") -> Drafted:
    return Drafted("yes" if is_so else "no", reason)


def _is_test(path: str, base: System, head: System) -> bool:
    return any(system.is_test(ProjectPath(path)) for system in (head, base))


def _type(changes: ChangeSet, code: Sequence[ProjectPath], base: System, head: System) -> Drafted:
    if code:
        only = {path for pair in changes.renames.items() for path in pair}
        if only and only.issuperset(code) and not only.intersection(changes.lines):
            return Drafted("rename", "files are renamed, and nothing else")
        return Drafted(OPEN, _TYPES)
    if changes.paths and all(_is_test(path, base, head) for path in changes.paths):
        return Drafted("test_only", "only tests change")
    if changes.paths and all(path.lower().endswith(_DOCUMENTS) for path in changes.paths):
        return Drafted("documentation", "only documents change")
    return Drafted(OPEN, _TYPES)


def _authority(answer: ReviewAnswer) -> Drafted:
    """What records say before and after; an artifact that is new has no level to compare with."""
    steps = [
        (one, authority_rank(one.after) - authority_rank(one.before))
        for one in answer.records
        if one.field == "authority_level"
    ]
    for value, found in (
        ("increased", [one for one, step in steps if step > 0]),
        ("reduced", [one for one, step in steps if step < 0]),
    ):
        if found:
            each = (f"{one.artifact} from {one.before} to {one.after}" for one in found)
            return Drafted(value, _some(each))
    return Drafted("none", "no record changes its authority_level")


def _behavior(code: Sequence[ProjectPath], *, is_same: bool) -> Drafted:
    if not code:
        return Drafted("no", "only tests, documents and records change")
    if is_same:
        return Drafted("no", "only comments, docstrings and layout change")
    return Drafted(OPEN, f"yes or no: code changes, such as {_some(code)}")


def _data(
    base: System, head: System, changes: ChangeSet, code: Sequence[ProjectPath], *, is_same: bool
) -> Drafted:
    migrations = [path for path in changes.paths if _is_migration(path, base, head)]
    if migrations:
        return Drafted("yes", f"migrations: {_some(migrations)}")
    if not code or is_same:
        return Drafted("no", "no code changes")
    return Drafted(OPEN, "yes or no: no migration changes")


def _is_migration(path: ProjectPath, base: System, head: System) -> bool:
    if path.endswith(".sql"):
        return True
    points = (point for one in (head, base) for point in one.entry_points.get(path, ()))
    is_known = any(point.kind is EntryKind.MIGRATION for point in points)
    return is_known or (path.endswith(".py") and "migrations" in posixpath.dirname(path).split("/"))


def _interface(
    base: System, head: System, interfaces: Interfaces, changes: ChangeSet
) -> tuple[Drafted, Drafted]:
    """Whether callers see another interface, and whether it fits what they were written for."""
    before, after = _addresses(base), _addresses(head)
    gone = [f"{method} {route} is gone" for method, route in sorted(before - after)]
    new = [f"{method} {route} is new" for method, route in sorted(after - before)]
    changed: list[str] = []
    unknown: list[str] = []
    for path, one in sorted(interfaces.items()):
        if _is_test(path, base, head):
            continue
        if one is None:
            unknown.append(path)
            continue
        gone += [f"{path}: {name} is gone" for name in one.removed]
        changed += [f"{path}: {name} changes" for name in one.changed]
        new += [f"{path}: {name} is new" for name in one.added]
    gone += [f"{path} is renamed" for path in sorted(changes.renames) if path.endswith(".py")]
    if gone or changed or new:
        reason = _some([*gone, *changed, *new])
        interface = Drafted("yes", reason)
        if gone:
            return interface, Drafted("no", _some(gone))
        if changed or unknown:
            return interface, Drafted("unknown", _some([*changed, *unknown]))
        return interface, Drafted("yes", "there is only more than before")
    if unknown:
        reason = f"not to be parsed: {_some(unknown)}"
        return Drafted(OPEN, f"yes or no: {reason}"), Drafted("unknown", reason)
    return (
        Drafted("no", "public names, their parameters and endpoints stay as they are"),
        Drafted("yes", "as far as names, parameters and endpoints go"),
    )


def _addresses(system: System) -> set[tuple[str, str]]:
    return {(one.method, one.route or "/") for one in system.survey.routes.endpoints}


def _risk(
    answer: ReviewAnswer,
    touched: Iterable[ArtifactId],
    *,
    authority: Drafted,
    behavior: Drafted,
    data: Drafted,
    is_renaming: bool,
) -> Drafted:
    acting = [
        one.artifact for person in answer.plan.approve for one in person.artifacts if one.distance
    ]
    others = [one.artifact.id for one in answer.affected if one.artifact.id not in {*touched}]
    # The first that holds.
    reasons = (
        (data.value == "yes", "high", "data changes"),
        (authority.value == "increased", "high", "authority is increased"),
        (behavior.value == "no", "low", "nothing that runs changes"),
        (bool(acting), "high", f"directly reaches what mutates or enforces: {_some(acting)}"),
        (bool(others), "medium", f"reaches {len(others)} more, such as {_some(others)}"),
        (is_renaming, "medium", "files are renamed"),
        (True, "low", "reaches no other artifact"),
    )
    return next(Drafted(value, reason) for holds, value, reason in reasons if holds)


def _some(values: Iterable[str]) -> str:
    """The first few, and how many more there are."""
    found = list(values)
    more = len(found) - _MOST_NAMED
    return ", ".join(found[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
