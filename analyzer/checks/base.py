"""What a check is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from analyzer.graph.system import System
from analyzer.model.configuration import Scope
from analyzer.model.findings import Finding
from analyzer.model.imports import Chain
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.rules import RULES


class Settings(Struct, frozen=True):
    """What checks read of the configuration."""

    scope: Scope


Check = Callable[[System, Settings], Iterator[Finding]]
"""Yields findings in any order, with the default severity of their rule."""


def build_finding(
    code: str,
    *,
    message: str,
    subject: str,
    path: ProjectPath,
    line: int | None = None,
    artifact: ArtifactId | None = None,
    owner: str | None = None,
    chain: Chain = (),
) -> Finding:
    """Build a finding with the name and the default severity of its rule.

    Args:
        code: of the rule.
        message: one line: what is wrong and, where it helps, what to do.
        subject: what the finding is about beside its place; goes into the fingerprint, so it must
            not hold a line number.
        path: the file that it stands in.
        line: 1-based.
        artifact: the artifact that it concerns.
        owner: of that artifact.
        chain: the imports that prove it.
    """
    rule = RULES[code]
    return Finding(
        code=code,
        name=rule.name,
        severity=rule.severity,
        message=message,
        path=path,
        line=line,
        artifact=artifact,
        owner=owner,
        chain=chain,
        subject=subject,
    )
