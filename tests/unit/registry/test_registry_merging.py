"""Existing records are completed: before and after, whole."""

from __future__ import annotations

import pytest
import yaml

from analyzer.registry.merging import CannotMergeError, merge_record
from analyzer.registry.writing import FieldValue
from analyzer.registry.yaml_nodes import UnusableYamlError

ROW: dict[str, FieldValue] = {
    "artifact_id": "SHOP-BE-SVC-BIL-001",
    "name": "billing.py",
    "wave": 2,
    "path": ("backend/app/billing.py", "backend/app/rates"),
    "purpose": "Answer: what is owed?",
    "notes": "Listed first\nin M1\n",
}

CASES = {
    "missing fields stand behind those that usually stand before them": (
        ("# Billing\n\nartifact_id: SHOP-BE-SVC-BIL-001  # ours\nstatus: active\n\n# Who pays\n"
        "purpose: 'Makes bills'\n\n# the end\n"),
        ("# Billing\n\nartifact_id: SHOP-BE-SVC-BIL-001  # ours\nname: billing.py\nstatus: active\n"
        "wave: 2\npath:\n  - backend/app/billing.py\n  - backend/app/rates\n\n# Who pays\n"
        "purpose: 'Makes bills'\nnotes: |\n  Listed first\n  in M1\n\n# the end\n"),
    ),
    "what is empty is filled where it stands": (
        ("artifact_id: SHOP-BE-SVC-BIL-001\nwave:   # when?\nname: ''\npath: []\n"
        "purpose:\nnotes: ~\n"),
        ("artifact_id: SHOP-BE-SVC-BIL-001\nwave: 2  # when?\nname: billing.py\n"
        "path: [backend/app/billing.py, backend/app/rates]\npurpose: 'Answer: what is owed?'\n"
        'notes: "Listed first\\nin M1\\n"\n'),
    ),
    "only the document of the record": (
        ("---\nartifact_id: A-1\n---\nartifact_id: SHOP-BE-SVC-BIL-001\npath: x\nname: y\n"
        "purpose: z\nnotes: |+\n  n\n\n...\n---\nartifact_id: B-1\n"),
        ("---\nartifact_id: A-1\n---\nartifact_id: SHOP-BE-SVC-BIL-001\npath: x\nname: y\nwave: 2\n"
        "purpose: z\nnotes: |+\n  n\n\n...\n---\nartifact_id: B-1\n"),
    ),
    "line ends, indentation, the mark of the encoding, no line end at the end": (
        ("\ufeff  artifact_id: SHOP-BE-SVC-BIL-001\r\n  name: |\r\n    x\r\n\r\n"
        "  path: [a,\r\n    b]"),
        ("\ufeff  artifact_id: SHOP-BE-SVC-BIL-001\r\n  name: |\r\n    x\r\n  wave: 2\r\n\r\n"
        "  path: [a,\r\n    b]\r\n  purpose: 'Answer: what is owed?'\r\n"
        "  notes: |\r\n    Listed first\r\n    in M1\r\n"),
    ),
    "braces": (
        "{artifact_id: SHOP-BE-SVC-BIL-001, name: y, purpose: 'z',  # why\n}\n",
        ("{artifact_id: SHOP-BE-SVC-BIL-001, name: y, wave: 2, path: [backend/app/billing.py, "
        "backend/app/rates], purpose: 'z', notes: \"Listed first\\nin M1\\n\",  # why\n}\n"),
    ),
    "a comment that stands further in": (
        "artifact_id: SHOP-BE-SVC-BIL-001\nname: x\nwave: 1\npath: p\npurpose: q\n  # why\n",
        ('artifact_id: SHOP-BE-SVC-BIL-001\nname: x\nwave: 1\npath: p\npurpose: q\n'
        'notes: "Listed first\\nin M1\\n"\n  # why\n'),
    ),
    "what an anchor brings in is there": (
        ("x-all: &all\n  wave: 3\n  path: a\n  name: b\n<<: *all\n"
        "artifact_id: SHOP-BE-SVC-BIL-001\npurpose: c\n# left\n"),
        ("x-all: &all\n  wave: 3\n  path: a\n  name: b\n<<: *all\n"
        "artifact_id: SHOP-BE-SVC-BIL-001\npurpose: c\n"
        "notes: |\n  Listed first\n  in M1\n# left\n"),
    ),
}  # fmt: skip


@pytest.fixture(params=["libyaml", "PyYAML"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers: their marks differ."""
    if request.param == "PyYAML":
        for module in ("merging", "yaml_nodes"):
            monkeypatch.setattr(f"analyzer.registry.{module}.YAML_LOADER", yaml.SafeLoader)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_a_record_is_completed(before: str, after: str) -> None:
    assert merge_record(before, ROW) == after
    assert merge_record(after, ROW) == after


def test_what_people_wrote_outweighs_everything() -> None:
    text = "artifact_id: SHOP-BE-SVC-BIL-001\n" + "".join(
        f"{name}: {value}\n"
        for name, value in [("name", "n"), ("wave", "w"), ("path", "p"), ("purpose", "no")]
    )
    assert merge_record(text, {**ROW, "notes": None}) == text


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("artifact_id: A-1\n", CannotMergeError, "no record of SHOP-BE-SVC-BIL-001"),
        (
            "artifact_id: SHOP-BE-SVC-BIL-001\nname: &n\nx: *n\n",
            CannotMergeError,
            "name has no value, but an anchor or a mark; fill it by hand",
        ),
        (
            "? artifact_id\n: SHOP-BE-SVC-BIL-001\n? [a]\n: b\n# c\n? name\n",
            CannotMergeError,
            "no place for a line with name, wave, path, purpose, notes; add it by hand",
        ),
        ("artifact_id: SHOP-BE-SVC-BIL-001\nname: [\n", UnusableYamlError, "did not find expected"),
    ],
)
def test_what_cannot_be_completed(text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        merge_record(text, ROW)
