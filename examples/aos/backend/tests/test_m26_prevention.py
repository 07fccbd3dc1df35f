"""Cost routes again."""


def test_router():
    from app.api.cost_intelligence import router
    from app.db import CostAnomaly
    from app.main import app
    from app.services.cost_anomaly_detector import CostAnomalyDetector

    assert router and CostAnomaly and app and CostAnomalyDetector
