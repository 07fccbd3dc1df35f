"""What a case is: a script of edits, and exactly what a review of them says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from msgspec import Struct

from tests.functional.review_cases.repository import Repository

SELECT = "REG001,REG002,REG003,REG004,REG005,REG006,DEP001,DEP005,SCN001"
"""Named one by one: a check that is added later changes no case that does not name it."""

Change = Callable[[Repository], None]


class Parts(Struct, frozen=True):
    """What one end has and the other one has not."""

    dependencies: Collection[str] = ()
    """As `SVC-A-001 -> SVC-B-001`."""
    artifacts: Collection[str] = ()
    modules: Collection[str] = ()


class Case(Struct, frozen=True):
    """A change and everything that a review of it reports.

    Findings are written as `shown_finding` writes them.
    """

    change: Change
    findings: Collection[str]
    mended: Collection[str]
    added: Parts
    removed: Parts
    records: Collection[str]
    """Owners and levels that change, as `SVC-A-001 owner: shop-team -> ops-team`."""
    unscanned: Collection[str]
    """Files that cannot be read at the head."""
    select: str
    options: Collection[str]

    @property
    def name(self) -> str:
        """The name of the script."""
        return self.change.__name__


CASES: dict[str, Case] = {}
"""Every case by its name, in the order in which they are written."""


def case(
    *,
    findings: Collection[str] = (),
    mended: Collection[str] = (),
    added: Parts = Parts(),  # noqa: B008 - a frozen value
    removed: Parts = Parts(),  # noqa: B008
    records: Collection[str] = (),
    unscanned: Collection[str] = (),
    select: str = SELECT,
    options: Collection[str] = (),
) -> Callable[[Change], Change]:
    """Add a script to the cases; what is not named must be empty."""

    def add(change: Change) -> Change:
        made = Case(change, findings, mended, added, removed, records, unscanned, select, options)
        assert made.name not in CASES, made.name
        CASES[made.name] = made
        return change

    return add


def shown_finding(finding: Mapping[str, Any]) -> str:
    """`error DEP001 app/a.py:3 SVC-A-001`; without a line or an artifact, those are left out."""
    place = finding["path"] if finding["line"] is None else f"{finding['path']}:{finding['line']}"
    artifact = "" if finding["artifact"] is None else f" {finding['artifact']}"
    return f"{finding['severity']} {finding['code']} {place}{artifact}"
