"""A skill that calls a URL."""

from .registry import skill


@skill
class HttpCallSkill:
    """GET or POST."""
