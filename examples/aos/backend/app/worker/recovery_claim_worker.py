"""Takes failures off a queue in batches and evaluates them."""


class RecoveryClaimWorker:
    """Several of these can run at once."""

    def claim(self, confidence: float) -> bool:
        """Is this failure worth an evaluation?"""
        from app.services.claim_decision_engine import CLAIM_ELIGIBILITY_THRESHOLD

        return confidence <= CLAIM_ELIGIBILITY_THRESHOLD

    def evaluate(self, row: dict):
        """Evaluate one failure."""
        from app.worker.recovery_evaluator import FailureEvent, RecoveryEvaluator

        return RecoveryEvaluator().evaluate(FailureEvent(row))


if __name__ == "__main__":
    RecoveryClaimWorker().evaluate({})
