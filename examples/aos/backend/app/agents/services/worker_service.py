"""Hands items of a job to workers, each item to one worker only."""

from .credit_service import CreditService, get_credit_service
from .governance_service import GovernanceService, get_governance_service


class WorkerService:
    """Claims items with a row lock that others skip."""

    def __init__(self, credits: CreditService, governance: GovernanceService):
        self.credits, self.governance = credits, governance

    def claim(self, job: str) -> dict:
        """Next free item, with the limits that go with it."""
        return self.governance.limits(job)


def get_worker_service() -> WorkerService:
    """A worker service with default parts."""
    return WorkerService(get_credit_service(), get_governance_service())
