"""Jobs: made of items, paid with credits."""

from .credit_service import CreditService, get_credit_service


class JobConfig:
    """How many items at once, and until when."""


class JobService:
    """Creates and cancels jobs."""

    def __init__(self, credits: CreditService):
        self.credits = credits

    def create(self, goal: str, price) -> dict:
        """Split a goal into items."""
        return {"goal": goal, "price": price, "items": []}

    def refund(self, kind: str):
        """Give back what an unfinished item would have cost."""
        try:
            from .credit_service import CREDIT_COSTS

            return CREDIT_COSTS[kind]
        except (ImportError, KeyError):
            return 0


def get_job_service() -> JobService:
    """A job service with the usual credits."""
    return JobService(get_credit_service())
