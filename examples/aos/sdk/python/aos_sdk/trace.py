"""What a run did, step by step."""

import hashlib

from .runtime import RuntimeContext, canonical_json


class TraceStep(dict):
    """One step."""


class Trace(list):
    """All steps."""


def hash_data(value) -> str:
    """A fingerprint."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def create_trace_from_context(context: RuntimeContext) -> Trace:
    """Empty, with a seed."""
    return Trace([TraceStep(seed=context.seed)])


def diff_traces(left: Trace, right: Trace) -> bool:
    """Do they differ?"""
    return left != right
