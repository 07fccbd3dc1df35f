"""Findings: what a check reports, and how a finding is known again."""

from __future__ import annotations

import enum
import hashlib
from typing import TYPE_CHECKING

from msgspec import Struct

from analyzer.model.imports import Chain
from analyzer.model.names import ArtifactId, ProjectPath

if TYPE_CHECKING:
    # Every command loads this file for its options, and none of them needs the registry to start.
    from analyzer.model.registry import Origin


class Severity(enum.StrEnum):
    """How much a finding matters, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


def fingerprint_of(
    *, code: str, path: ProjectPath, artifact: ArtifactId | None, subject: str, number: int = 1
) -> str:
    """32 hexadecimal digits by which a finding is known again.

    The start of the SHA-256 of code, path, artifact, subject and, from the second one on, the
    number.
    """
    parts = (code, path, artifact or "", subject, *(() if number == 1 else (str(number),)))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


class Finding(Struct, frozen=True):
    """One thing that is wrong, and where."""

    code: str
    name: str
    severity: Severity
    message: str
    path: ProjectPath
    line: int | None
    artifact: ArtifactId | None
    owner: str | None
    chain: Chain
    subject: str
    """What the finding is about beside its place: never a line number."""
    number: int = 1
    """Of several findings that say the same of the same file, which one this is."""
    record: Origin | None = None
    """Where the record of the artifact stands; checks leave it out, `quote_findings` adds it."""
    source: str | None = None
    """The text of the line, without its end; checks leave it out, `quote_findings` adds it."""
    column: int | None = None
    """1-based, of what is wrong in a record."""

    @property
    def fingerprint(self) -> str:
        """What it is known by, which stays the same when lines move: see `fingerprint_of`."""
        return fingerprint_of(
            code=self.code,
            path=self.path,
            artifact=self.artifact,
            subject=self.subject,
            number=self.number,
        )

    def sort_key(self) -> tuple[str, int, str, str, str]:
        """By place, then by code, so that a file's findings stand together."""
        return (self.path, self.line or 0, self.code, self.artifact or "", self.subject)
