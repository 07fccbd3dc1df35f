"""How log lines look."""

import logging


def setup_logging(level: int = logging.INFO):
    """Once, at start."""
    logging.basicConfig(level=level)
