"""The JSON Schema of a record and `registry validate` say the same of every record."""

from __future__ import annotations

import tempfile
from pathlib import Path

import jsonschema
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.names import ProjectPath
from analyzer.registry.records import load_records
from analyzer.registry.schema import build_schema
from analyzer.registry.vocabulary import DEFAULT_VOCABULARY
from analyzer.registry.writing import FieldValue, format_record

VALIDATOR = jsonschema.Draft7Validator(build_schema(DEFAULT_VOCABULARY.allowed))

_right = st.fixed_dictionaries(
    {
        "artifact_id": st.just("A-BE-SVC-X-001"),
        "name": st.sampled_from(["a", "b", 3]),
        "type": st.just("service"),
        "status": st.sampled_from(["active", "deprecated"]),
        "owner": st.just("x"),
        "purpose": st.sampled_from(["x", "a\nb"]),
        "authority_level": st.just("observe"),
        "execution_surface": st.just("server"),
    }
)
_any = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["", " ", None, ("a",)]),
        "type": st.sampled_from(["servce", "", None]),
        "status": st.sampled_from(["gone", "experimental"]),
        "purpose": st.sampled_from([(), ("x",), {"a": "b"}]),
        "wave": st.sampled_from([2, "2", " 2", "two", "", ("2",), -1]),
        "path": st.sampled_from(["a", ("a", "b"), ("a", ("b",)), {"a": "b"}, ""]),
        "dependencies": st.sampled_from(["a", ("a",), (), {"a": "b"}]),
        "relations": st.sampled_from(["a", ("a",), {"imports": ("a",)}]),
        "notes": st.sampled_from(["a\nb", ("a",), 1]),
        "priority": st.sampled_from(["P1", "", 1, ("P1",)]),
        "x": st.sampled_from(["a", ("a",)]),
    },
)


@given(right=_right, other=_any)
def test_the_schema_and_the_command_agree(
    right: dict[str, FieldValue], other: dict[str, FieldValue]
) -> None:
    text = format_record({**right, **other})
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.yaml")
        file.write_text(text, encoding="utf-8")
        deviations = load_records([(file, ProjectPath("a.yaml"))]).deviations
    wrong = {str(next(iter(one.path), "")) for one in VALIDATOR.iter_errors(yaml.safe_load(text))}
    assert bool(deviations) == bool(wrong), (text, deviations, wrong)
