"""What several JSON documents are made of: links, dependencies, findings, endpoints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from analyzer.model.answers import Dependency
from analyzer.model.findings import Finding, Severity
from analyzer.model.imports import Chain, Link, Mention
from analyzer.model.names import ArtifactId
from analyzer.model.routes import Endpoint

Json = dict[str, Any]


def dependency_json(dependency: Dependency) -> Json:
    """A dependency between artifacts, with its chain."""
    return {
        "from": dependency.dependent,
        "to": dependency.depends_on,
        "kinds": [kind.value for kind in dependency.kinds],
        "hops": dependency.hops,
        "chain": chain_json(dependency.chain),
    }


def chain_json(links: Chain | Iterable[Link]) -> list[Json]:
    """The links of a chain, the importer first."""
    return [link_json(link) for link in links]


def link_json(link: Link) -> Json:
    """A link; where its name stands elsewhere, a key for that, which is beyond the contract."""
    named = link.named_at
    return {
        "importer": link.importer,
        "imported": link.imported,
        "line": link.line,
        "kind": link.kind.value,
        "text": link.text,
        **({} if named is None else {"named_at": mention_json(named)}),
    }


def mention_json(mention: Mention) -> Json:
    """A place that names a file."""
    return {"path": mention.path, "line": mention.line, "text": mention.text}


def finding_json(finding: Finding) -> Json:
    """A finding, with its fingerprint."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "artifact": finding.artifact,
        "path": finding.path,
        "line": finding.line,
        "owner": finding.owner,
        "chain": chain_json(finding.chain),
        "fingerprint": finding.fingerprint,
    }


def severities_json(findings: Iterable[Finding]) -> Json:
    """How many findings there are of each severity."""
    counts = Counter(finding.severity for finding in findings)
    return {severity.value: counts[severity] for severity in Severity}


def endpoint_json(endpoint: Endpoint, artifact: ArtifactId | None) -> Json:
    """An endpoint, and the artifact that it belongs to."""
    return {
        "artifact": artifact,
        "method": endpoint.method,
        "path": endpoint.route,
        "handler": endpoint.handler,
        "file": endpoint.path,
        "line": endpoint.line,
        "application": endpoint.application,
        "doubtful": endpoint.is_doubtful,
    }
