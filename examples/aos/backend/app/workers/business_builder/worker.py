"""Research, strategy, copy, design: one stage after the other."""

from .schemas.brand import create_minimal_brand


class BusinessBuilderWorker:
    """Uses the parts that can be imported."""

    def run(self, task: str) -> dict:
        """A plan for a minimal brand."""
        parts = [create_minimal_brand(task)]
        try:
            from app.policy.runtime.dag_executor import DAGExecutor
            from app.routing.care import get_care_engine

            parts += [DAGExecutor(), get_care_engine()]
        except ImportError:
            pass
        try:
            from app.services.recovery_matcher import RecoveryMatcher

            parts.append(RecoveryMatcher())
        except ImportError:
            pass
        return {"task": task, "parts": parts}
