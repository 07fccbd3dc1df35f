"""What agents can do. Skill classes are imported by name when first used."""

import importlib

from typing import TYPE_CHECKING

from .registry import (
    SkillEntry,
    get_skill,
    get_skill_config,
    get_skill_entry,
    get_skill_manifest,
    list_skills,
    skill,
)

if TYPE_CHECKING:
    from .http_call import HttpCallSkill
    from .json_transform import JsonTransformSkill

__all__ = [
    "SkillEntry",
    "get_skill",
    "get_skill_config",
    "get_skill_entry",
    "get_skill_manifest",
    "list_skills",
    "skill",
]

_SKILL_MODULES = {
    "HttpCallSkill": ".http_call",
    "JsonTransformSkill": ".json_transform",
}


def load_skill(name: str):
    """Import the module that defines a skill."""
    return getattr(
        importlib.import_module(_SKILL_MODULES[name], package="app.skills"), name
    )


def load_all_skills():
    """Import them all, so that they register themselves."""
    return [load_skill(name) for name in _SKILL_MODULES]


def __getattr__(name: str):
    if name in _SKILL_MODULES:
        return load_skill(name)
    raise AttributeError(name)
