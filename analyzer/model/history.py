"""Who changed what, as git tells it."""

from __future__ import annotations

from msgspec import Struct

from analyzer.model.names import ArtifactId, ProjectPath


class Author(Struct, frozen=True, order=True):
    """Somebody who wrote commits, under the name and address that `.mailmap` gives."""

    name: str
    email: str

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


class Commit(Struct, frozen=True):
    """Which files of a project a commit changed, by the names that they have now."""

    author: Author
    files: tuple[ProjectPath, ...]


class History(Struct, frozen=True):
    """The commits of a while, the newest first."""

    head: str
    """The full name of the commit that is checked out."""
    since: str
    """The day that it goes back to, `YYYY-MM-DD`."""
    until: str
    """The day of the head."""
    commits: tuple[Commit, ...]
    bots: int
    """How many more commits programs wrote."""
    bulk: int
    """How many more changed too many files at once."""
    most_files: int
    """How many are not too many."""
    is_shallow: bool
    """Whether older commits may be missing here."""


class AuthorShare(Struct, frozen=True):
    """How many of the commits that changed something an author wrote."""

    author: Author
    commits: int


class ArtifactHistory(Struct, frozen=True):
    """Who changed the files of an artifact."""

    artifact: ArtifactId
    owner: str | None
    commits: int
    authors: tuple[AuthorShare, ...]
    """Those with most commits first."""
    is_owner_among: bool | None
    """Whether one of the authors is the owner, or one of the owner's people; nothing where nobody
    is known to be, or nothing was changed."""


class HistoryAnswer(Struct, frozen=True):
    """Who really changes each artifact."""

    history: History
    artifacts: tuple[ArtifactHistory, ...]
    """Sorted by id; those that no commit changed, too."""
    unknown_owners: tuple[str, ...]
    """Owners of whom no author is known."""
