"""Skills with which agents reach each other."""

from .agent_invoke import AgentInvokeSkill
from .agent_spawn import AgentSpawnSkill
from .blackboard_ops import (
    BlackboardLockSkill,
    BlackboardReadSkill,
    BlackboardWriteSkill,
)
from .llm_invoke_governed import GovernedLLMClient, LLMInvokeGovernedSkill

__all__ = [
    "AgentInvokeSkill",
    "AgentSpawnSkill",
    "BlackboardLockSkill",
    "BlackboardReadSkill",
    "BlackboardWriteSkill",
    "GovernedLLMClient",
    "LLMInvokeGovernedSkill",
]
