"""Learns in batches whether a choice was good. Not the API's feedback.py."""


class SLAScore(dict):
    """How fast, how right."""


class BatchLearningResult(dict):
    """What changed."""


def get_feedback_loop() -> BatchLearningResult:
    """The loop."""
    return BatchLearningResult()
