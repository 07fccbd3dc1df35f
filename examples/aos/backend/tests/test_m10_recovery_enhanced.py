"""Rules, evaluator, routes."""


def test_rules():
    from app.services.recovery_rule_engine import evaluate_rules
    from app.worker.recovery_evaluator import FailureEvent, RecoveryEvaluator

    assert evaluate_rules({}) and RecoveryEvaluator().evaluate(FailureEvent())


def test_routes():
    from app.api.recovery import suggest
    from app.api.recovery_ingest import _enqueue_evaluation_async

    assert suggest and _enqueue_evaluation_async("x") == "x"


def test_collector():
    try:
        from app.tasks.m10_metrics_collector import collect_m10_metrics

        assert collect_m10_metrics
    except ImportError:
        pass
