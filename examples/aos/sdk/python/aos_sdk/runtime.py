"""The same seed, the same run."""

import json


class RuntimeContext:
    """Seed and time of a run."""

    def __init__(self, seed: int = 0):
        self.seed = seed


def canonical_json(value) -> str:
    """One text for equal values."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
