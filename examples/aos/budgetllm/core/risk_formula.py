"""One number from many signs."""


def calculate_risk_score(kind: str, signs: dict) -> float:
    """Between 0 and 1."""
    return min(1.0, 0.2 * sum(signs.values()) + (0.1 if kind == "general" else 0.0))
