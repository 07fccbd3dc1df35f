"""Policy routes."""


def test_router():
    from app.api.policy import run_escalation_task
    from app.db import ApprovalRequest

    try:
        from app.api.policy import router

        assert router
    except ImportError:
        pass
    assert run_escalation_task and ApprovalRequest
