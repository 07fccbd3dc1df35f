"""When is a failure worth claiming?"""

CLAIM_ELIGIBILITY_THRESHOLD = 0.2


def determine_claim_status(confidence: float) -> str:
    """A word for a number."""
    return "open" if confidence <= CLAIM_ELIGIBILITY_THRESHOLD else "done"
