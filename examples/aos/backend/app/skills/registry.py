"""Skills by name."""

_skills = {}


class SkillEntry(dict):
    """A skill and its settings."""


def skill(cls):
    """Decorator: register this class."""
    _skills[cls.__name__] = SkillEntry(cls=cls)
    return cls


def list_skills() -> list:
    """Names."""
    return sorted(_skills)


def get_skill(name: str):
    """A skill, or nothing."""
    return _skills.get(name)


get_skill_entry = get_skill_config = get_skill


def get_skill_manifest() -> dict:
    """What a planner has to know."""
    return dict(_skills)
