"""Rules that say what to do about a failure."""


def evaluate_rules(failure: dict) -> dict:
    """The first rule that fits."""
    return {"action": suggest_recovery_mode(classify_error_category(failure))}


def combine_confidences(*values: float) -> float:
    """Never more certain than the weakest."""
    return min(values, default=0.0)


def should_auto_execute(confidence: float) -> bool:
    """Only when nearly certain."""
    return confidence > 0.9


def classify_error_category(failure: dict) -> str:
    """Timeout, permission, or something else."""
    return str(failure.get("code", "other")).lower()


def suggest_recovery_mode(category: str) -> str:
    """Retry what may pass next time."""
    return "retry" if category == "timeout" else "ask"
