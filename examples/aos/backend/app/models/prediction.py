"""Stored predictions."""


class PredictionEvent(dict):
    """A guess, and when it stops being one."""

    def __init__(self, **columns):
        super().__init__(columns)
