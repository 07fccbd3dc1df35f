"""The baseline: findings that stood when it was written, and that nobody wants to hear of again."""

from __future__ import annotations

import datetime

from msgspec import Struct

from analyzer.model.findings import Finding, fingerprint_of
from analyzer.model.names import ArtifactId, ProjectPath


class BaselineEntry(Struct, frozen=True):
    """One accepted finding, and what people have added to it."""

    code: str
    path: ProjectPath
    artifact: ArtifactId | None
    subject: str
    number: int
    """Of several findings that say the same of the same file, which one it is about."""
    message: str
    """As it was when the finding was accepted; for people."""
    owner: str | None = None
    """Who answers for it; need not be the owner of the artifact."""
    reason: str | None = None
    expires: datetime.date | None = None
    """The last day on which it is accepted."""
    line: int | None = None
    """1-based line in the file that it was read from."""

    @property
    def fingerprint(self) -> str:
        """That of the finding that it accepts."""
        return fingerprint_of(
            code=self.code,
            path=self.path,
            artifact=self.artifact,
            subject=self.subject,
            number=self.number,
        )

    @property
    def words(self) -> frozenset[str]:
        """The files and artifacts that it is about, and other words of its subject."""
        return frozenset((self.path, self.artifact or "", self.subject, *self.subject.split()))

    def sort_key(self) -> tuple[str, str, str, str, int]:
        """By path, then by code: two branches that add entries rarely meet in the file."""
        return (self.path, self.code, self.subject, self.artifact or "", self.number)


def entry_for(finding: Finding) -> BaselineEntry:
    """The entry that accepts a finding."""
    return BaselineEntry(
        code=finding.code,
        path=finding.path,
        artifact=finding.artifact,
        subject=finding.subject,
        number=finding.number,
        message=finding.message,
    )
