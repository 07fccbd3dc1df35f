"""Folders and files of a registry -> one registry."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Origin, Record, Registry
from analyzer.registry.loading import find_usual_locations, load_registry
from tests.support import ASSETS, write_tree

ASSET = ASSETS / "registry_shop"


def _record(id_: str, *more: str) -> str:
    lines = [
        f"artifact_id: {id_}",
        "name: a.py",
        "type: service",
        "status: active",
        "owner: ops",
        "purpose: Does it",
        "authority_level: observe",
        "execution_surface: server",
        *more,
    ]
    return "\n".join(lines) + "\n"


def _backlog(*rows: str, wave: int = 2) -> str:
    head = f"## Wave {wave}\n\n| File | ID | Purpose | Priority |\n|---|---|---|---|\n"
    return head + "".join(f"| {row} |\n" for row in rows)


def _messages(registry: Registry) -> list[str]:
    return [f"{one.code} {one.origin}: {one.message}" for one in registry.deviations]


def test_a_whole_registry() -> None:
    registry = load_registry(locations=[ASSET / "registry_data"], project=ASSET)
    assert [
        (record.id, str(record.origin), record.type, record.wave, record.priority)
        for record in registry.records
    ] == [
        ("SHOP-BE-API-BIL-001", "registry_data/api/SHOP-BE-API-BIL-001.yaml:2",
         "api-route", 1, None),
        ("SHOP-BE-SVC-BIL-001", "registry_data/services.yaml:1", "service", 2, "P1"),
        ("SHOP-BE-SVC-TNT-001", "registry_data/services.yaml:13", "service", 3, "P9"),
        ("SHOP-BE-WKR-JOB-001", "registry_data/BACKLOG.md:9", "worker", 2, "P2"),
    ]  # fmt: skip
    assert [(wave.number, len(wave.rows)) for wave in registry.waves] == [(2, 4)]
    assert registry.skipped == ("registry_data/schema.yaml",)
    assert [one.pattern for one in registry.conventions] == ["SHOP-<LAYER>-<TYPE>-<DOMAIN>-<SEQ>"]
    assert [one.patterns for one in registry.exclusions] == [("test_*.py",)]
    assert _messages(registry) == [
        (
            "REG001 registry_data/broken.yaml:2: not usable as YAML: "
            "mapping values are not allowed in this context"
        ),
        "REG001 registry_data/services.yaml:22: wave 3 here, wave 2 in registry_data/BACKLOG.md:8",
        (
            "OWN001 registry_data/BACKLOG.md:9: no owner: this row is all that registers it; "
            "write a record for it"
        ),
        (
            "REG002 registry_data/BACKLOG.md:10: SHOP-BE-SVC-BIL-001 is listed at "
            "registry_data/BACKLOG.md:7 already"
        ),
    ]


def test_a_row_without_a_record_is_a_record() -> None:
    registry = load_registry(locations=[ASSET / "registry_data"], project=ASSET)
    assert registry.records[-1] == Record(
        id=ArtifactId("SHOP-BE-WKR-JOB-001"),
        origin=Origin(ProjectPath("registry_data/BACKLOG.md"), 9),
        name="worker/jobs.py",
        type="worker",
        purpose="Does what is asked",
        wave=2,
        priority="P2",
    )


def test_each_part_of_a_registry_may_be_named_alone() -> None:
    folder = ASSET / "registry_data"
    whole = load_registry(locations=[folder], project=ASSET)
    parts = load_registry(locations=[folder / "BACKLOG.md", folder, folder / "api"], project=ASSET)
    assert parts == whole
    records = load_registry(locations=[folder / "api"], project=ASSET)
    assert [record.id for record in records.records] == ["SHOP-BE-API-BIL-001"]
    backlog = load_registry(locations=[folder / "BACKLOG.md"], project=ASSET)
    assert [record.wave for record in backlog.records] == [2, 2, 2]


def test_a_registry_outside_of_the_project(tmp_path: Path) -> None:
    write_tree(tmp_path, {"records/a.yaml": _record("A-B-001"), "project/main.py": ""})
    registry = load_registry(locations=[tmp_path / "records"], project=tmp_path / "project")
    assert [str(record.origin) for record in registry.records] == ["../records/a.yaml:1"]


def test_the_same_file_twice_is_read_once(tmp_path: Path) -> None:
    write_tree(tmp_path, {"r/a.yaml": _record("A-B-001")})
    (tmp_path / "r/b.yaml").symlink_to(tmp_path / "r/a.yaml")
    registry = load_registry(locations=[tmp_path / "r", tmp_path / "r/b.yaml"], project=tmp_path)
    assert (len(registry.records), registry.deviations) == (1, ())


def test_hidden_folders_and_files_of_other_kinds_are_left_alone(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "r/.git/a.yaml": _record("A-B-001"),
            "r/.hidden.yaml": _record("A-B-002"),
            "r/a.txt": _record("A-B-003"),
            "r/B.YML": _record("A-B-004"),
        },
    )
    registry = load_registry(locations=[tmp_path / "r"], project=tmp_path)
    assert [record.id for record in registry.records] == ["A-B-004"]


def test_an_id_in_two_documents_is_that_of_the_first(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "r/A.md": _backlog("a.py | A-B-001 | x | P1"),
            "r/B.md": _backlog("b.py | A-B-001 | y | P2", "c.py | TBD | | ", wave=3),
        },
    )
    registry = load_registry(locations=[tmp_path / "r"], project=tmp_path)
    assert [(one.name, one.wave, one.priority) for one in registry.records] == [("a.py", 2, "P1")]
    assert _messages(registry) == [
        "OWN001 r/A.md:5: no owner: this row is all that registers it; write a record for it",
        "REG002 r/B.md:5: A-B-001 is listed at r/A.md:5 already",
        'REG001 r/B.md:6: "c.py" is listed without an artifact id',
    ]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_document_that_is_not_utf_8_is_read_with_gaps(tmp_path: Path, end: bytes) -> None:
    content = _backlog("a.py | A-B-001 | caf\xe9 | P1").encode("latin-1").replace(b"\n", end)
    (tmp_path / "B.md").write_bytes(content)
    registry = load_registry(locations=[tmp_path], project=tmp_path)
    assert [one.purpose for one in registry.records] == ["caf\N{REPLACEMENT CHARACTER}"]
    assert _messages(registry) == [
        "REG001 B.md: not UTF-8, read with gaps; save it as UTF-8",
        "OWN001 B.md:5: no owner: this row is all that registers it; write a record for it",
    ]


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("gone", "gone: there is no such registry; check --registry or the configuration"),
        ("a.txt", "a.txt: a registry is a folder or a file in .md, .yaml, .yml"),
    ],
)
def test_a_location_that_cannot_be_a_registry(tmp_path: Path, location: str, expected: str) -> None:
    (tmp_path / "a.txt").touch()
    with pytest.raises(AnalyzerError) as raised:
        load_registry(locations=[tmp_path / location], project=tmp_path)
    assert str(raised.value) == f"{tmp_path}/{expected}"


def test_usual_locations_hold_records_or_a_backlog(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "registry_data/a/a.yaml": _record("A-B-001"),
            "registry/__init__.py": "",
            "registry/README.md": "## Wave 2\n\nOf the sea.\n",
            "registry/settings.yaml": "name: x\n",
            "docs/codebase-registry/BACKLOG.md": _backlog("a.py | A-B-001 | | "),
        },
    )
    assert find_usual_locations(tmp_path) == [
        tmp_path / "registry_data",
        tmp_path / "docs/codebase-registry",
    ]
    assert find_usual_locations(tmp_path / "registry_data") == []


def test_the_order_of_hashes_changes_nothing() -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from analyzer.registry.loading import load_registry\n"
        "p = Path(sys.argv[1]); print(load_registry(locations=[p], project=p))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, str(ASSET)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1


def test_markdown_is_not_imported_without_need(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.yaml": _record("A-B-001"), "README.md": "# Not a backlog\n"})
    script = (
        "import sys; from pathlib import Path\n"
        "from analyzer.registry.loading import load_registry\n"
        "p = Path(sys.argv[1]); load_registry(locations=[p], project=p); "
        "print([name for name in ('markdown_it', 'pydantic') if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert result.stdout == "[]\n"


def test_a_priority_of_the_record_stands(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {"a.yaml": _record("A-B-001", "priority: P1"), "B.md": _backlog("a.py | A-B-001 | x | P3")},
    )
    (record,) = load_registry(locations=[tmp_path], project=tmp_path).records
    alone = load_registry(locations=[tmp_path / "a.yaml"], project=tmp_path).records[0]
    assert record == replace(alone, wave=2)


def test_a_link_to_nothing_is_what_is_wrong(tmp_path: Path) -> None:
    write_tree(tmp_path, {"registry/a.yaml": _record("A-B-001")})
    (tmp_path / "registry/b.yaml").symlink_to("/nowhere/b.yaml")
    registry = load_registry(locations=[tmp_path / "registry"], project=tmp_path)
    assert _messages(registry) == [
        "REG001 registry/b.yaml: cannot be read: a link to /nowhere/b.yaml, which is not there"
    ]
