"""A skill that reshapes JSON."""

from .registry import skill


@skill
class JsonTransformSkill:
    """Pick and rename."""
