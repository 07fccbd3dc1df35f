"""YAML files -> records and deviations."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Origin, Record
from analyzer.registry.records import LoadedRecords, load_records
from tests.support import write_tree

GOOD = """\
# What bills are made with.
artifact_id: SHOP-BE-SVC-BIL-001
name: billing.py
type: service
status: active
owner: payments
purpose: Makes bills
authority_level: mutate
execution_surface: server
"""


def _load(folder: Path, files: dict[str, str]) -> LoadedRecords:
    write_tree(folder, files)
    return load_records([(folder / path, ProjectPath(path)) for path in sorted(files)])


def _load_one(folder: Path, content: str | bytes) -> LoadedRecords:
    file = folder / "a.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_records([(file, ProjectPath("a.yaml"))])


def _messages(loaded: LoadedRecords) -> list[str]:
    return [f"{one.code} {one.origin}: {one.message}" for one in loaded.deviations]


def test_a_record_keeps_everything_as_it_was_written(tmp_path: Path) -> None:
    text = GOOD + (
        "traceability: {product: shop, depth: 010}\n"
        "path: [backend/app/billing.py, backend/app/rates/]\n"
        "wave: 010\n"
        "priority: P1\n"
        "on_call: no\n"
        "budget: 1e3\n"
        "since: 2025-01-01\n"
        "topic: ~\n"
        "notes: |\n  Location: x\n"
    )
    loaded = _load_one(tmp_path, text)
    assert loaded.deviations == []
    assert loaded.skipped == []
    assert loaded.records == [
        Record(
            id=ArtifactId("SHOP-BE-SVC-BIL-001"),
            origin=Origin(ProjectPath("a.yaml"), 2),
            name="billing.py",
            type="service",
            status="active",
            owner="payments",
            purpose="Makes bills",
            authority_level="mutate",
            product="shop",
            wave=10,
            priority="P1",
            paths=("backend/app/billing.py", "backend/app/rates/"),
            notes="Location: x",
            fields={
                "artifact_id": "SHOP-BE-SVC-BIL-001",
                "name": "billing.py",
                "type": "service",
                "status": "active",
                "owner": "payments",
                "purpose": "Makes bills",
                "authority_level": "mutate",
                "execution_surface": "server",
                "traceability": {"product": "shop", "depth": "010"},
                "path": ("backend/app/billing.py", "backend/app/rates/"),
                "wave": "010",
                "priority": "P1",
                "on_call": "no",
                "budget": "1e3",
                "since": "2025-01-01",
                "topic": None,
                "notes": "Location: x\n",
            },
            lines={
                name: line
                for line, name in enumerate(
                    (
                        "artifact_id", "name", "type", "status", "owner", "purpose",
                        "authority_level", "execution_surface", "traceability", "path", "wave",
                        "priority", "on_call", "budget", "since", "topic", "notes",
                    ),
                    start=2,
                )
            }
            | {"traceability.product": 10, "traceability.depth": 10, "path[0]": 11, "path[1]": 11},
            columns={
                "artifact_id": 14, "name": 7, "type": 7, "status": 9, "owner": 8, "purpose": 10,
                "authority_level": 18, "execution_surface": 20, "traceability": 15,
                "traceability.product": 25, "traceability.depth": 38, "path": 7, "path[0]": 8,
                "path[1]": 32, "wave": 7, "priority": 11, "on_call": 10, "budget": 9,
                "since": 8, "topic": 8, "notes": 8,
            },
        )
    ]  # fmt: skip


def test_fields_and_entries_have_their_lines(tmp_path: Path) -> None:
    """At any depth of mappings; what stands inside of an entry has none of its own."""
    text = (
        "dependencies:\n  - redis\n\n  # Later.\n  - a: 1\n    b: [2]\n  - [3]\n"
        "relations:\n  imports: &them\n    - x\n  imported_by: *them\n"
    )
    (record,) = _load_one(tmp_path, GOOD + text).records
    first = GOOD.count("\n") + 1
    assert {name: line - first for name, line in record.lines.items() if line >= first} == {
        "dependencies": 0, "dependencies[0]": 1, "dependencies[1]": 4, "dependencies[2]": 6,
        "relations": 7, "relations.imports": 8, "relations.imports[0]": 9,
        "relations.imported_by": 10,
    }  # fmt: skip
    assert record.line_of("relations.imports[0]") == first + 9
    assert record.line_of("relations.gone") == record.origin.line


def _changed(field: str, line: str) -> str:
    """The good record with another line in place of one field's."""
    return "".join(
        f"{line}\n" if text.startswith(f"{field}:") else text for text in GOOD.splitlines(True)
    )


LEVELS = "one of observe, advise, enforce, mutate"


@pytest.mark.parametrize(
    ("text", "expected", "subject"),
    [
        (
            _changed("authority_level", "authority_level: write"),
            f'a.yaml:8: unknown authority_level "write"; {LEVELS}',
            "authority_level=write",
        ),
        (
            _changed("authority_level", "authority_level: Mutates"),
            f'a.yaml:8: unknown authority_level "Mutates"; {LEVELS}; did you mean "mutate"?',
            "authority_level=Mutates",
        ),
        (
            _changed("status", "status: gone"),
            'a.yaml:5: unknown status "gone"; one of active, deprecated, experimental',
            "status=gone",
        ),
        (
            _changed("execution_surface", "execution_surface: servers"),
            (
                'a.yaml:9: unknown execution_surface "servers"; one of browser, server, worker, '
                'cli, client, none; did you mean "server"?'
            ),
            "execution_surface=servers",
        ),
        (
            _changed("owner", "# nobody"),
            "a.yaml:2: owner is missing; every record has one",
            "missing:owner",
        ),
        (
            _changed("owner", "owner: '  '"),
            "a.yaml:6: owner is missing; every record has one",
            "missing:owner",
        ),
        (
            _changed("owner", "owner: [payments, ops]"),
            "a.yaml:6: owner is a list; expected is text",
            "shape:owner",
        ),
        (
            GOOD + "notes: {a: b}\n",
            "a.yaml:10: notes is a mapping; expected is text",
            "shape:notes",
        ),
        (
            GOOD + "dependencies: redis\n",
            "a.yaml:10: dependencies is text; expected is a list",
            "shape:dependencies",
        ),
        (
            GOOD + "path: [a.py, [b.py]]\n",
            "a.yaml:10: path is not text; expected is a file, a folder, a glob, or a list of them",
            "shape:path",
        ),
        (
            GOOD + "wave: two\n",
            'a.yaml:10: wave "two" is no whole number such as 2',
            "wave=two",
        ),
        (
            GOOD + "owner: ops\n",
            "a.yaml:10: owner is given twice; the later one counts",
            "twice:owner",
        ),
        (
            GOOD + "traceability:\n  product: a\n  product: b\n",
            "a.yaml:12: traceability.product is given twice; the later one counts",
            "twice:traceability.product",
        ),
    ],
)
def test_a_record_that_is_not_as_the_schema_says_is_loaded_and_reported(
    tmp_path: Path, text: str, expected: str, subject: str
) -> None:
    loaded = _load_one(tmp_path, text)
    code = "OWN001" if subject == "missing:owner" else "REG001"
    assert _messages(loaded) == [f"{code} {expected}"]
    assert [one.subject for one in loaded.deviations] == [subject]
    assert [one.artifact for one in loaded.deviations] == ["SHOP-BE-SVC-BIL-001"]
    assert [record.id for record in loaded.records] == ["SHOP-BE-SVC-BIL-001"]


def test_a_deviation_names_the_owner_of_the_record(tmp_path: Path) -> None:
    loaded = _load_one(tmp_path, _changed("type", "type: gizmo"))
    assert [one.owner for one in loaded.deviations] == ["payments"]


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{last}'] * 10)}]\n"
    for last, name in zip("abcde", "bcdef", strict=True)
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "a.yaml:1: empty: it holds no record"),
        (b"# only a remark\n", "a.yaml:1: empty: it holds no record"),
        (b"owner: caf\xe9\n", "a.yaml: not UTF-8; save it as UTF-8"),
        (b"- artifact_id: A\n", "a.yaml:1: a list where a record's mapping is expected"),
        (b"hello\n", "a.yaml:1: a bare value where a record's mapping is expected"),
        (
            b"a: b\nc: d: e\n",
            "a.yaml:2: not usable as YAML: mapping values are not allowed in this context",
        ),
        (
            b"a: b\nc: \x07\n",
            "a.yaml:2: not usable as YAML: the character U+0007 may not stand in YAML",
        ),
        (
            "a: \N{NEXT LINE}\N{LATIN SMALL LETTER E WITH ACUTE}\nb: \0\n".encode(),
            "a.yaml:2: not usable as YAML: the character U+0000 may not stand in YAML",
        ),
        (b"a: *b\n", "a.yaml:1: not usable as YAML: the alias *b stands for nothing"),
        (b"a: &a [*a]\n", "a.yaml:1: not usable as YAML: the alias *a contains itself"),
        (
            LAUGHS.encode(),
            "a.yaml:4: not usable as YAML: its aliases stand for more than 10,000 values",
        ),
        (b"[" * 100_000, "a.yaml:1: not usable as YAML: nested more than 64 levels deep"),
        (b"- " * 100_000, "a.yaml:1: not usable as YAML: nested more than 64 levels deep"),
        # As many brackets closed as opened on each line, but those that close are remarks.
        (
            b"[ #]\n" * 60_000 + b"]\n" * 60_000,
            "a.yaml:65: not usable as YAML: nested more than 64 levels deep",
        ),
        (b"# " + b"x" * 1_048_576, "a.yaml: over 1,048,576 bytes, too large for records"),
        (
            b"name: a.py\ntype: service\npurpose: Forgot its id\n",
            "a.yaml:1: a record without artifact_id; give it one",
        ),
        (
            b"artifact_id:\nname: a.py\n",
            "a.yaml:1: a record without artifact_id; give it one",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_one_deviation(
    tmp_path: Path, content: bytes, expected: str
) -> None:
    loaded = _load_one(tmp_path, content)
    assert _messages(loaded) == [f"REG001 {expected}"]
    assert loaded.records == []
    assert loaded.skipped == []


def test_prose_with_brackets_and_deep_indentation_is_no_nesting(tmp_path: Path) -> None:
    prose = "".join(f"    step {number}: see [ and {{ in the log\n" for number in range(99))
    loaded = _load_one(tmp_path, f"{GOOD}notes: |\n{prose}    {' ' * 200}far to the right\n")
    assert loaded.deviations == []
    assert len(loaded.records) == 1


def test_a_large_file_that_is_no_record_is_skipped_and_not_called_a_bomb(tmp_path: Path) -> None:
    loaded = _load_one(tmp_path, f"schema_version: 1\nvalues: [{'x, ' * 20_000}]\n")
    assert (loaded.skipped, loaded.deviations) == (["a.yaml"], [])


@pytest.mark.parametrize(
    "text",
    [
        "schema_version: v1\nname: a schema\ntype: object\npurpose: describes\nowner: x\n",
        "schema_name: s\nname: a\ntype: b\n",
        "change_id: CHANGE-1\nname: a\ntype: b\npurpose: c\n",
        "name: only one telling field\nversion: 3\n",
    ],
)
def test_what_is_no_record_is_skipped_without_complaint(tmp_path: Path, text: str) -> None:
    loaded = _load_one(tmp_path, text)
    assert (loaded.records, loaded.deviations, loaded.skipped) == ([], [], ["a.yaml"])


def test_several_documents_in_one_file_are_several_records(tmp_path: Path) -> None:
    second = GOOD.replace("BIL-001", "BIL-002")
    loaded = _load_one(tmp_path, f"---\n{GOOD}---\n{second}---\n")
    assert [(record.id, record.origin.line) for record in loaded.records] == [
        ("SHOP-BE-SVC-BIL-001", 3),
        ("SHOP-BE-SVC-BIL-002", 13),
    ]
    assert loaded.deviations == []


def test_a_broken_document_does_not_hide_those_before_it_nor_other_files(tmp_path: Path) -> None:
    other = GOOD.replace("BIL-001", "BIL-002")
    loaded = _load(tmp_path, {"a.yaml": f"{GOOD}---\na: b: c\n", "b.yaml": other})
    assert [record.id for record in loaded.records] == [
        "SHOP-BE-SVC-BIL-001",
        "SHOP-BE-SVC-BIL-002",
    ]
    assert _messages(loaded) == [
        "REG001 a.yaml:11: not usable as YAML: mapping values are not allowed in this context"
    ]


def test_the_first_of_two_records_with_one_id_wins(tmp_path: Path) -> None:
    loaded = _load(tmp_path, {"a.yaml": GOOD, "b.yaml": GOOD.replace("Makes bills", "Other")})
    assert [record.purpose for record in loaded.records] == ["Makes bills"]
    assert _messages(loaded) == [
        (
            "REG002 b.yaml:2: the id SHOP-BE-SVC-BIL-001 is that of a.yaml:2 too; "
            "this record is not used"
        )
    ]


def test_a_schema_of_the_registry_says_which_values_there_are(tmp_path: Path) -> None:
    schema = (
        "schema_version: v1\n"
        "artifact_schema:\n"
        "  type: {enum: [daemon, ui-page], required: true}\n"
        "  owner: {enum: [payments]}\n"
        "  status: {enum: []}\n"
        "  name: {type: string}\n"
    )
    wrong = GOOD.replace("BIL-001", "BIL-002").replace("payments", "payment")
    loaded = _load(
        tmp_path,
        {
            "a.yaml": GOOD.replace("type: service", "type: daemon"),
            "b.yaml": wrong.replace("type: service", "type: page"),
            "schema.yaml": schema,
        },
    )
    assert _messages(loaded) == [
        'REG001 b.yaml:4: unknown type "page"; one of daemon, ui-page; did you mean "ui-page"?',
        'REG001 b.yaml:6: unknown owner "payment"; one of payments; did you mean "payments"?',
    ]
    assert loaded.skipped == ["schema.yaml"]


def test_what_is_merged_into_a_record_counts(tmp_path: Path) -> None:
    text = GOOD.replace("owner: payments\n", "<<: [{owner: payments, name: not this}]\n")
    loaded = _load_one(tmp_path, text)
    assert [(record.owner, record.name) for record in loaded.records] == [
        ("payments", "billing.py")
    ]
    assert loaded.deviations == []


def test_a_file_that_is_not_there_any_more_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("gone.yaml")
    loaded = load_records([(tmp_path / "a.yaml", ProjectPath("a.yaml"))])
    assert _messages(loaded) == [
        "REG001 a.yaml: cannot be read: a link to gone.yaml, which is not there"
    ]


def test_records_load_alike_without_libyaml(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = GOOD + "notes: ~\nwave: '010'\nmore: [no, &a {b: null}, *a]\n"
    fast = _load_one(tmp_path, text)
    monkeypatch.setattr("analyzer.registry.yaml_nodes.YAML_LOADER", yaml.SafeLoader)
    assert _load_one(tmp_path, text) == fast
    assert _messages(_load_one(tmp_path, "a: \u00e9\x07\n")) == [
        "REG001 a.yaml:1: not usable as YAML: the character U+0007 may not stand in YAML"
    ]
