"""Traces."""

from aos_sdk import RuntimeContext, create_trace_from_context, diff_traces


def test_same_seed():
    assert not diff_traces(
        create_trace_from_context(RuntimeContext()),
        create_trace_from_context(RuntimeContext()),
    )
