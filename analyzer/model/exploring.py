"""What the explorer shows: the whole system at once, for a page that asks nobody else."""

from __future__ import annotations

from msgspec import Struct

from analyzer.model.answers import Dependency, Reasoning
from analyzer.model.findings import Finding
from analyzer.model.imports import Link, Unscanned
from analyzer.model.names import ProjectPath
from analyzer.model.routes import Endpoint


class WaveProgress(Struct, frozen=True, kw_only=True):
    """How far one wave is: what the backlog claims, and what is there."""

    number: int
    title: str
    status: str | None = None
    """As the backlog's heading says, such as COMPLETE."""
    claimed_registered: int | None = None
    claimed_total: int | None = None
    listed: int = 0
    """The rows of the backlog's tables."""
    records: int
    located: int
    """The records that have a place in the code."""


class Exploration(Struct, frozen=True, kw_only=True):
    """Everything that can be asked in the page. All tuples are sorted."""

    title: str
    artifacts: tuple[Reasoning, ...]
    """Each artifact, with what was weighed about its being used; sorted by id."""
    dependencies: tuple[Dependency, ...]
    links: tuple[Link, ...]
    """The links that a chain may be made of: of each kind between two files the first one that a
    chain may go on from, and the first that ends one. Test code without a record is left out
    where nothing else uses it."""
    executors: tuple[Link, ...]
    """From each file that imports something below a package to the package's `__init__`, where
    that belongs to an artifact: it counts only for what the `__init__` itself does."""
    tests: frozenset[ProjectPath]
    """The files among all of these that are test code."""
    endpoints: tuple[Endpoint, ...]
    """Also those whose handlers belong to no artifact."""
    findings: tuple[Finding, ...]
    waves: tuple[WaveProgress, ...]
    """Of the backlog, of the records, or both."""
    unscanned: tuple[Unscanned, ...]
