"""Called before an answer is given out."""


def evaluate_response(answer: str) -> dict:
    """Let it pass?"""
    return {"allow": "guaranteed" not in answer}


class PreventionHook:
    """The same as an object."""
