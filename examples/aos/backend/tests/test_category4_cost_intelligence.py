"""Cost routes and their shapes."""

from app.contracts.guard import CustomerCostSummaryDTO
from app.contracts.ops import FounderCostAnomalyDTO


def test_modules():
    import app.api.cost_guard as guard_side
    import app.api.cost_ops as ops_side
    import app.contracts.guard as shapes
    from app.services.cost_anomaly_detector import CostAnomalyDetector

    assert (
        guard_side and ops_side and shapes and CostAnomalyDetector().spikes([1, 1, 10])
    )
    assert CustomerCostSummaryDTO() == {} and FounderCostAnomalyDTO() == {}
