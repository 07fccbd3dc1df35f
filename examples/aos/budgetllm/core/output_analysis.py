"""Signs of risk in an answer."""


def analyze_output(answer: str) -> dict:
    """Hedging, and claims without a source."""
    words = answer.lower().split()
    return {"hedges": words.count("maybe"), "claims": words.count("always")}
