"""Cuts secrets out of text."""

import re


def sanitize(text: str) -> str:
    """Hide what looks like a key."""
    return re.sub(r"sk-\w+", "[key]", text)


sanitize_for_embedding = sanitize_error_message = sanitize
