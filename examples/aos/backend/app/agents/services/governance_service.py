"""Limits on model calls of agents: budget and risk."""


class GovernanceService:
    """Says how much risk and money a job may use."""

    def limits(self, job: str) -> dict:
        """Limits of one job."""
        return {"job": job, "cents": 100, "risk": 0.6}


def get_governance_service() -> GovernanceService:
    """The default limits."""
    return GovernanceService()
