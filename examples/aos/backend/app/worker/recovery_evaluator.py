"""Turns a failure into suggestions, from rules and from the past."""

from app.contracts.decisions import emit_recovery_decision


class FailureEvent(dict):
    """A failure as a worker reports it."""


class RecoveryEvaluator:
    """Asks the rules, then the matcher."""

    def evaluate(self, event: FailureEvent) -> dict:
        """Both answers, and a record of the decision."""
        answer = {"rules": self._rules(event), "similar": self._similar(event)}
        emit_recovery_decision(answer)
        return answer

    def _rules(self, event):
        try:
            from app.services.recovery_rule_engine import evaluate_rules

            return evaluate_rules(event)
        except ImportError:
            return None

    def _similar(self, event):
        try:
            from app.metrics import recovery_suggestions_total
            from app.services.recovery_matcher import RecoveryMatcher

            recovery_suggestions_total.inc()
            return RecoveryMatcher().match(event)
        except ImportError:
            return []
