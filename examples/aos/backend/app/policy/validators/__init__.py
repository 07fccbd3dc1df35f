"""Checks on what models answer."""

from app.policy.validators.prevention_engine import BaseValidator, PreventionEngine
from app.policy.validators.prevention_hook import PreventionHook, evaluate_response

__all__ = ["BaseValidator", "PreventionEngine", "PreventionHook", "evaluate_response"]
