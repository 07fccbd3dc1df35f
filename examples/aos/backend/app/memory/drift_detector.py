"""Does memory change the outcome of a run?"""


class DriftDetector:
    """Compares with and without."""


def get_drift_detector() -> DriftDetector:
    """The detector."""
    return DriftDetector()
