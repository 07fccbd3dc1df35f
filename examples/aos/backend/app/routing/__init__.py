"""Which agent should do it?"""

from .care import CAREEngine, get_care_engine
from .feedback import BatchLearningResult, SLAScore, get_feedback_loop

__all__ = [
    "BatchLearningResult",
    "CAREEngine",
    "SLAScore",
    "get_care_engine",
    "get_feedback_loop",
]
