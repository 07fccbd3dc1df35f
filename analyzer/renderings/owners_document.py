"""`owners`, and the notification plans of `impact` and `review`, as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.model.codeowners import Codeowners, OwnerRule
from analyzer.model.history import ArtifactHistory, HistoryAnswer
from analyzer.model.notification import NotificationPlan, Notified
from analyzer.model.ownership import (
    CompiledCodeowners,
    OwnerDependency,
    OwnersAnswer,
    OwnerShareOfSystem,
)
from analyzer.renderings.document_parts import (
    Json,
    dependency_json,
    endpoint_json,
    finding_json,
    severities_json,
)


def owners_json(body: OwnersAnswer) -> Json:
    """The document of `owners`; `history` is null where it was not asked for."""
    return {
        "codeowners": None if body.codeowners is None else _codeowners(body.codeowners, body.idle),
        "owners": [_share(one) for one in body.owners],
        "dependencies": [_dependency(one) for one in body.dependencies],
        "without_owner": [
            {
                "artifact": one.id,
                "path": one.record.origin.path,
                "line": one.record.line_of("owner"),
            }
            for one in body.without_owner
        ],
        "unowned": [{"path": one.path, "files": one.files} for one in body.unowned],
        "history": None if body.history is None else _history(body.history),
    }


def _codeowners(one: Codeowners, idle: Iterable[OwnerRule]) -> Json:
    return {
        "path": one.path,
        "dialect": one.dialect.value,
        "rules": len(one.rules),
        "problems": [
            {"line": problem.line, "message": problem.message} for problem in one.problems
        ],
        "idle": [{"line": rule.line, "pattern": rule.pattern} for rule in idle],
    }


def _share(one: OwnerShareOfSystem) -> Json:
    return {
        "owner": one.owner,
        "handles": list(one.handles),
        "artifacts": list(one.artifacts),
        "endpoints": [endpoint_json(found.endpoint, found.artifact) for found in one.endpoints],
        "findings": [finding_json(finding) for finding in one.findings],
        "summary": severities_json(one.findings),
    }


def _dependency(one: OwnerDependency) -> Json:
    return {
        "from": one.dependent,
        "to": one.depends_on,
        "count": one.dependencies,
        "authority_level": one.authority,
        "worst": dependency_json(one.worst),
    }


def _history(one: HistoryAnswer) -> Json:
    history = one.history
    return {
        "head": history.head,
        "since": history.since,
        "until": history.until,
        "commits": len(history.commits),
        "left_out": {"bots": history.bots, "bulk": history.bulk, "most_files": history.most_files},
        "shallow": history.is_shallow,
        "artifacts": [_artifact(found) for found in one.artifacts],
        "unknown_owners": list(one.unknown_owners),
    }


def _artifact(one: ArtifactHistory) -> Json:
    return {
        "artifact": one.artifact,
        "owner": one.owner,
        "commits": one.commits,
        "authors": [
            {
                "name": found.author.name,
                "email": found.author.email,
                "commits": found.commits,
                "share": round(found.commits / one.commits, 3),
            }
            for found in one.authors
        ],
        "owner_among_authors": one.is_owner_among,
    }


def compiled_json(body: CompiledCodeowners) -> Json:
    """The document of `registry codeowners`."""
    return {
        "rules": [
            {
                "pattern": rule.pattern,
                "handles": list(rule.handles),
                "artifacts": list(rule.artifacts),
            }
            for rule in body.rules
        ],
        "stale": body.stale,
    }


def plan_json(plan: NotificationPlan) -> Json:
    """Who has to approve a change, and who has to know."""
    return {
        "approve": [_notified(one) for one in plan.approve],
        "inform": [_notified(one) for one in plan.inform],
    }


def _notified(one: Notified) -> Json:
    return {
        "owner": one.owner,
        "handles": list(one.handles),
        "artifacts": [
            {
                "artifact": found.artifact,
                "distance": found.distance,
                "authority_level": found.authority,
            }
            for found in one.artifacts
        ],
    }
