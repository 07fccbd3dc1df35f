"""Scripted changes of a small registered project, and what a review of each has to say.

The expectations are what the contract and plain reason say, not what the tool once printed.
"""

from tests.functional.review_cases import histories, imports, modules, records, states
from tests.functional.review_cases.case import CASES, Case, shown_finding
from tests.functional.review_cases.repository import Repository, snapshot

__all__ = [
    "CASES",
    "Case",
    "Repository",
    "histories",
    "imports",
    "modules",
    "records",
    "shown_finding",
    "snapshot",
    "states",
]
