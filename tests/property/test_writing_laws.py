"""Laws of written records: what is written is what is read, and nobody's words change."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.model.registry import Value
from analyzer.registry.merging import merge_record
from analyzer.registry.writing import format_record
from analyzer.registry.yaml_nodes import read_documents

# Texts that some reader of YAML takes for something else, or that need quotes.
_words = st.sampled_from(
    [
        "", " ", "no", "y", "~", "null", "010", "1e3", "12:30", "2025-01-01", "=", "<<", "- a",
        "a: b", "a #b", "#", "&a", "*a", "!t", "%a", "@a", "`a", "[a", "{a", "? a", "---", "...",
        "| a", "> a", "'", '"', "\\", "a\nb", "a\nb\n", "a\n\n\n", "\na", " a\nb", "a \nb",
        "a\n b\n", "a\tb", "\ta\n", "a\rb", "\x00", "\x7f", "\x85", "\u2028", "\ufeff",
        "\U0001f600", "a\r\nb", "---\na", "a\n---\n", "#a\nb", "a\n#b\n", "a" * 200, "a " * 100,
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


@settings(max_examples=60)
@given(fields=st.dictionaries(_names, _values, max_size=5))
def test_what_is_written_is_read(fields: Mapping[str, Value]) -> None:
    """Every text comes back the same, be it in a list or in a mapping."""
    record = {"artifact_id": "A-BE-SVC-X-001", **fields}
    assert _read(format_record(record)) == [record]


_written = st.sampled_from(
    [
        " billing.py", " 'a: b' # why", " |\n  a\n   b\n\n  c", " |+\n  a\n", " >-\n  a\n  b\n",
        " a\n  b", "\n  - a # one\n  - {b: c}", "\n- a\n- b", "\n  a: 1\n  b: {c: 2}", " [a,\n  b]",
        ' "a\\n\\\n  b"', " &x a", " *anchor", " !!str 010", " {a: b}",
    ]
)  # fmt: skip
_between = st.sampled_from(["", "", "\n", "# a comment\n", "\n  # further in\n\n"])
_ends = st.sampled_from(["\n", "", "\n\n# the end\n", "\n...\n", "\n---\nartifact_id: OTHER-1\n"])


@st.composite
def _records(draw: st.DrawFn) -> str:
    """A record as a person may write it, in which every field has a value."""
    names = draw(st.lists(_names, unique=True))
    lines = ["anchor: &anchor x", "artifact_id: A-BE-SVC-X-001"]
    lines += [f"{draw(_between)}{name}:{draw(_written)}" for name in names]
    text = "# top\n---\n" + "\n".join(lines)
    text += draw(_ends)
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def _lacking(fields: Mapping[str, Value], record: Mapping[str, Value]) -> Mapping[str, Value]:
    """What a record lacks; an empty list says nothing that it could lack."""
    return {name: one for name, one in fields.items() if name not in record and one != ()}


@settings(max_examples=60)
@given(text=_records(), fields=st.dictionaries(_names, _values, max_size=4))
def test_a_record_is_completed_and_every_line_of_it_stays(
    text: str, fields: Mapping[str, Value]
) -> None:
    """Lines are added where fields are missing; completed again, nothing changes."""
    added = {"artifact_id": "A-BE-SVC-X-001", **fields}
    merged = merge_record(text, added)
    lines = iter(merged.splitlines(keepends=True))
    for line in text.splitlines(keepends=True):
        assert any(line in (other, other.rstrip("\r\n")) for other in lines)
    after = _read(merged)
    # A block of text that ends with the file may get its line end.
    for before in (_read(text), _read(text + "\n")):
        assert isinstance(before[0], Mapping)
        if after == [{**_lacking(added, before[0]), **before[0]}, *before[1:]]:
            break
    else:
        assert after == before
    assert merge_record(merged, added) == merged
