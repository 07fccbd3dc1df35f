"""Client library for the runtime."""

from .client import AOSClient, AOSError
from .runtime import RuntimeContext, canonical_json
from .trace import Trace, TraceStep, create_trace_from_context, diff_traces, hash_data

__all__ = [
    "AOSClient",
    "AOSError",
    "RuntimeContext",
    "Trace",
    "TraceStep",
    "canonical_json",
    "create_trace_from_context",
    "diff_traces",
    "hash_data",
]

__version__ = "0.1.0"
