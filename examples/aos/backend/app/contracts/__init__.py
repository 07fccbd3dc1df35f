"""Shapes of answers that clients rely on."""

from app.contracts.guard import *  # noqa: F403
from app.contracts.ops import *  # noqa: F403
