"""Laws of written records: what is written is what is read, and nobody's words change."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model.registry import Value
from analyzer.registry.writing import format_record
from analyzer.registry.yaml_nodes import read_documents

# Texts that some reader of YAML takes for something else, or that need quotes.
_words = st.sampled_from(
    [
        "", " ", "no", "y", "~", "null", "010", "1e3", "12:30", "2025-01-01", "=", "<<", "- a",
        "a: b", "a #b", "#", "&a", "*a", "!t", "%a", "@a", "`a", "[a", "{a", "? a", "---", "...",
        "| a", "> a", "'", '"', "\\", "a\nb", "a\nb\n", "a\n\n\n", "\na", " a\nb", "a \nb",
        "a\n b\n", "a\tb", "\ta\n", "a\rb", "\x00", "\x7f", "\x85", "\u2028", "\ufeff", "\U0001f600",
        "a\r\nb", "---\na", "a\n---\n", "#a\nb", "a\n#b\n", "a" * 200, "a " * 100,
    ]
)  # fmt: skip
_texts = st.one_of(_words, st.text(max_size=20), st.lists(_words, max_size=4).map("".join))
_keys = _texts.filter(lambda text: text != "<<")  # which brings in another mapping
_values: st.SearchStrategy[Value] = st.recursive(
    _texts,
    lambda below: st.one_of(
        st.lists(below, max_size=3).map(tuple), st.dictionaries(_keys, below, max_size=3)
    ),
    max_leaves=6,
)
_names = st.sampled_from(
    ["name", "owner", "path", "purpose", "notes", "dependencies", "x", "on_call"]
)


def _read(text: str) -> list[Value]:
    return [document.value for document in read_documents(text)]


@settings(max_examples=100)
@given(fields=st.dictionaries(_names, _values, max_size=5))
def test_what_is_written_is_read(fields: Mapping[str, Value]) -> None:
    """Every text comes back the same, be it in a list or in a mapping."""
    record = {"artifact_id": "A-BE-SVC-X-001", **fields}
    assert _read(format_record(record)) == [record]
