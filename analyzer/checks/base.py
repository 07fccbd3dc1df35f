"""What a check is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from msgspec import Struct

from analyzer.checks.ignoring import UnusedIgnore
from analyzer.graph.system import System
from analyzer.model.answers import OrphansAnswer
from analyzer.model.configuration import Scope
from analyzer.model.findings import Finding
from analyzer.model.imports import Chain
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.owners import Owners
from analyzer.model.rules import RULES


class Options(Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The options of a check that has none; those of others derive from it.

    A field is a key of `[rules.<name>]`, in kebab case; every one has a default.
    """


OptionsT = TypeVar("OptionsT", bound=Options)


class Settings(Struct, Generic[OptionsT], frozen=True):
    """What a check reads beside the system."""

    scope: Scope
    options: OptionsT
    find_orphans: Callable[[], OrphansAnswer]
    """Answers once; later calls are free."""
    owners: Owners
    """What owners are called elsewhere."""
    unused_ignores: tuple[UnusedIgnore, ...] = ()
    """Known once all other checks have run."""


class Check(Struct, Generic[OptionsT], frozen=True):
    """A check: what finds, and what it may be told. Its module's docstring explains it."""

    find: Callable[[System, Settings[OptionsT]], Iterator[Finding]]
    """Yields findings of its own code in any order, with the default severity of their rule."""
    options: type[OptionsT]


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
    column: int | None = None,
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
        column: 1-based.
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
        column=column,
    )
