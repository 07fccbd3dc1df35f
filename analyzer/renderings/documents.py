"""Answers as JSON documents: the shapes of the contract, version 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from analyzer.model.answers import (
    Affected,
    Answer,
    ArtifactExport,
    DepsAnswer,
    ImpactAnswer,
    ModuleExport,
    Orphan,
    OrphansAnswer,
    Reasoning,
    RegistryAnswer,
    ShowAnswer,
    StatusAnswer,
    WhyAnswer,
)
from analyzer.model.change_records import DraftedChange
from analyzer.model.discovery import AdditionAnswer, DiscoveryAnswer
from analyzer.model.entry_points import EntryPoint
from analyzer.model.findings import Finding
from analyzer.model.ownership import CompiledCodeowners, OwnersAnswer
from analyzer.model.progress import ProgressAnswer
from analyzer.model.registry import Artifact
from analyzer.model.reports import BaselineAnswer, CheckAnswer, Difference, ReviewAnswer
from analyzer.model.routes import UnmountedRouter
from analyzer.model.rules import ExplainedRule, RuleCatalogue
from analyzer.renderings.baseline import baseline_entry_document
from analyzer.renderings.discovery import addition_document, discovery_document
from analyzer.renderings.document_parts import (
    Json,
    chain_json,
    dependency_json,
    endpoint_json,
    finding_json,
    link_json,
    mention_json,
    severities_json,
)
from analyzer.renderings.inert import dump_json
from analyzer.renderings.owners_document import compiled_json, owners_json, plan_json
from analyzer.renderings.progress import progress_document
from analyzer.renderings.rules import rules_document

SCHEMA_VERSION = 1

Body = (
    AdditionAnswer
    | ArtifactExport
    | BaselineAnswer
    | CheckAnswer
    | CompiledCodeowners
    | DepsAnswer
    | DraftedChange
    | DiscoveryAnswer
    | ImpactAnswer
    | ModuleExport
    | OrphansAnswer
    | OwnersAnswer
    | Reasoning
    | ExplainedRule
    | ProgressAnswer
    | RegistryAnswer
    | ReviewAnswer
    | RuleCatalogue
    | ShowAnswer
    | StatusAnswer
    | WhyAnswer
)


def render_json(answer: Answer[Body]) -> str:
    """An answer as a JSON document: the same answer gives the same bytes."""
    return dump_json(begin_document(answer) | _body(answer.body))


def begin_document(answer: Answer[Any]) -> Json:
    """What every document begins with."""
    return {
        "schema_version": SCHEMA_VERSION,
        "command": answer.command,
        "complete": answer.is_complete,
        "unscanned": [
            {
                "path": entry.path,
                "line": entry.line,
                "reason": entry.reason.value,
                "detail": entry.detail,
            }
            for entry in answer.unscanned
        ],
    }


def _body(body: Body) -> Json:  # noqa: PLR0911, PLR0912 - one case for each type of answer
    match body:
        case StatusAnswer():
            return _status(body)
        case ShowAnswer():
            return {
                "artifact": _artifact(body.artifact),
                "dependencies": [dependency_json(one) for one in body.dependencies],
                "dependents": [dependency_json(one) for one in body.dependents],
                "entry_points": [_entry_point(one) for one in body.entry_points],
                "endpoints": [endpoint_json(one, body.artifact.id) for one in body.endpoints],
                "unmounted": [_unmounted(one) for one in body.unmounted],
                "applications": [
                    {
                        "path": one.path,
                        "entry_points": [_entry_point(point) for point in one.entry_points],
                        "chain": chain_json(one.chain),
                    }
                    for one in body.applications
                ],
            }
        case DepsAnswer():
            return {
                "artifact": body.artifact.id,
                "dependencies": [dependency_json(one) for one in body.dependencies],
                "unregistered": [
                    {"path": one.path, "chain": chain_json(one.chain)} for one in body.unregistered
                ],
            }
        case WhyAnswer():
            return {"from": body.source, "to": body.target, "chain": chain_json(body.chain)}
        case ImpactAnswer():
            return _impact(body)
        case OrphansAnswer():
            return {
                "orphans": [_orphan(one) for one in body.orphans],
                "not_analysed": list(body.not_analysed),
            }
        case Reasoning():
            return _reasoning(body)
        case CheckAnswer():
            return {
                **findings_document(body.findings, body.baselined),
                "stale": [baseline_entry_document(one) for one in body.stale],
            }
        case ReviewAnswer():
            return _review(body)
        case ExplainedRule() | RuleCatalogue():
            return rules_document(body)
        case BaselineAnswer():
            return {
                "path": body.path,
                "entries": body.entries,
                "added": [finding_json(one) for one in body.added],
                "removed": [baseline_entry_document(one) for one in body.removed],
            }
        case ProgressAnswer():
            return progress_document(body, show=link_json)
        case CompiledCodeowners():
            return compiled_json(body)
        case DraftedChange():
            return {
                "id": body.id,
                "path": body.path,
                "written": body.is_written,
                "artifacts": list(body.artifacts),
                "open": list(body.open),
                "text": body.text,
            }
        case OwnersAnswer():
            return owners_json(body)
        case RegistryAnswer():
            return {"artifacts": [_artifact(one) for one in body.artifacts]}
        case DiscoveryAnswer():
            return discovery_document(body)
        case AdditionAnswer():
            return addition_document(body)
        case ModuleExport():
            return _modules(body)
        case ArtifactExport():
            return {
                "artifacts": [_artifact(one) for one in body.artifacts],
                "dependencies": [dependency_json(one) for one in body.dependencies],
            }


def findings_document(findings: Sequence[Finding], baselined: int) -> Json:
    """Findings and how many there are of each severity."""
    return {
        "findings": [finding_json(one) for one in findings],
        "summary": {**severities_json(findings), "baselined": baselined},
    }


def _review(body: ReviewAnswer) -> Json:
    return {
        "base": body.base,
        "head": body.head,
        "clean": body.is_clean,
        **findings_document(body.findings, body.baselined),
        "mended": [finding_json(one) for one in body.mended],
        "added": _difference(body.added),
        "removed": _difference(body.removed),
        "records": [
            {
                "artifact": one.artifact,
                "field": one.field,
                "before": one.before,
                "after": one.after,
                "path": one.origin.path,
                "line": one.origin.line,
            }
            for one in body.records
        ],
        "affected": [_affected(one) for one in body.affected],
        "plan": plan_json(body.plan),
    }


def _difference(one: Difference) -> Json:
    return {
        "dependencies": [dependency_json(found) for found in one.dependencies],
        "artifacts": list(one.artifacts),
        "modules": list(one.modules),
    }


def _status(body: StatusAnswer) -> Json:
    records = [one.record for one in body.artifacts]
    return {
        "roots": [{"path": root.path, "packages": list(root.packages)} for root in body.roots],
        "modules": body.modules,
        "imports": body.imports,
        "artifacts": {
            "total": len(body.artifacts),
            "located": sum(bool(one.place.paths) for one in body.artifacts),
            "by_wave": _count(None if one.wave is None else f"{one.wave}" for one in records),
            "by_type": _count(one.type for one in records),
            "by_owner": _count(one.owner for one in records),
        },
        "dependencies": body.dependencies,
        "orphans": body.orphans,
        "entry_points": _count(one.kind.value for one in body.entry_points),
        "endpoints": {
            "total": len(body.endpoints),
            "mounted": sum(one.is_mounted for one in body.endpoints),
            "doubtful": sum(one.is_doubtful for one in body.endpoints),
        },
        "findings": severities_json(body.findings),
        "ambiguous_imports": [
            {
                "path": one.importer,
                "line": one.line,
                "name": one.name,
                "candidates": list(one.candidates),
            }
            for one in body.ambiguous
        ],
    }


def _impact(body: ImpactAnswer) -> Json:
    return {
        "changed": [
            {"ref": one.ref, "path": one.path, "artifact": one.artifact} for one in body.changed
        ],
        "affected": [_affected(one) for one in body.affected],
        "owners": [{"owner": one.owner, "artifacts": list(one.artifacts)} for one in body.owners],
        "endpoints": [endpoint_json(one.endpoint, one.artifact) for one in body.endpoints],
        "tests": list(body.tests),
        "modules": list(body.modules),
        "plan": plan_json(body.plan),
    }


def _affected(one: Affected) -> Json:
    return {
        "artifact": one.artifact.id,
        "distance": one.distance,
        "owner": one.artifact.record.owner,
        "wave": one.artifact.record.wave,
        "type": one.artifact.record.type,
        "chain": chain_json(one.chain),
    }


def _orphan(orphan: Orphan) -> Json:
    return {
        "artifact": orphan.artifact.id,
        "path": orphan.path,
        "reason": orphan.reason.value,
        "confidence": orphan.confidence.value,
        "deprecated": orphan.is_deprecated,
        "explanation": orphan.explanation,
        "evidence": chain_json(orphan.evidence),
    }


def _reasoning(body: Reasoning) -> Json:
    """The document of `orphans` for one artifact, and everything that was weighed."""
    is_judged = body.is_analysed or body.orphan is not None
    return {
        "orphans": [] if body.orphan is None else [_orphan(body.orphan)],
        "not_analysed": [] if is_judged else [body.artifact.id],
        "artifact": body.artifact.id,
        "entry_points": [_entry_point(one) for one in body.entry_points],
        "started_by": None if body.started_by is None else _entry_point(body.started_by),
        "chain": chain_json(body.chain),
        "importers": [
            {"role": one.role.value, "link": link_json(one.link)} for one in body.importers
        ],
        "mentions": [mention_json(one) for one in body.mentions],
        "endpoints": [endpoint_json(one, body.artifact.id) for one in body.endpoints],
        "unmounted": [_unmounted(one) for one in body.unmounted],
    }


def _entry_point(point: EntryPoint) -> Json:
    return {
        "path": point.path,
        "kind": point.kind.value,
        "how": point.how,
        "declared_in": point.declared_at,
        "line": point.line,
    }


def _unmounted(router: UnmountedRouter) -> Json:
    return {
        "file": router.path,
        "line": router.line,
        "name": router.name,
        "explanation": router.explanation,
        "doubtful": router.is_doubtful,
    }


def _modules(body: ModuleExport) -> Json:
    return {
        "modules": [
            {
                "path": one.module.path,
                "module": one.module.name,
                "root": one.module.root,
                "artifact": one.artifact,
                "test": one.module.is_test,
                "scanned": one.module.is_scanned,
            }
            for one in body.modules
        ],
        "imports": chain_json(body.links),
        "other_links": chain_json(body.other_links),
    }


def _artifact(artifact: Artifact) -> Json:
    record = artifact.record
    return {
        "id": record.id,
        "name": record.name,
        "type": record.type,
        "status": record.status,
        "owner": record.owner,
        "wave": record.wave,
        "priority": record.priority,
        "authority_level": record.authority_level,
        "purpose": record.purpose,
        "paths": list(artifact.place.paths),
        "resolution": artifact.place.resolution.value,
    }


def _count(values: Iterable[str | None]) -> Json:
    """How often each value occurs; records without one are counted under "none"."""
    counts = Counter("none" if value is None else value for value in values)
    return {value: counts[value] for value in sorted(counts)}
