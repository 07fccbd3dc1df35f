"""Patterns the detector stores; same file name as a route and a routing module."""


class PatternFeedback(dict):
    """A pattern in failed runs."""

    def __init__(self, **columns):
        super().__init__(columns)
