"""Every mistake in a registry is one finding with file and line, and costs nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.functional.running import Invoke, record
from tests.support import write_tree

GOOD = record("SHP-BE-SVC-PRC-001", "backend/app/services/pricing.py", owner="prices")
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
# Text of the file -> code, line, part of the message.
MISTAKES: dict[str, tuple[str, str, int | None, str]] = {
    "no YAML": ("artifact_id: A\nname: [open\nowner: x\n", "REG001", 3, "not usable as YAML"),
    "tabs": ("artifact_id: A\n\tname: b\n", "REG001", 2, "not usable as YAML"),
    "control characters": ("artifact_id: A\nname: a\x00b\n", "REG001", 2, "U+0000"),
    "empty": ("", "REG001", 1, "empty"),
    "only comments": ("# to be written\n---\n", "REG001", 1, "empty"),
    "list": ("# records\n- artifact_id: A\n", "REG001", 2, "a list where a record's mapping"),
    "bare value": ("SHP-BE-SVC-PRC-001\n", "REG001", 1, "a bare value where a record's mapping"),
    "no id": (
        GOOD.replace("artifact_id: SHP-BE-SVC-PRC-001\n", ""),
        "REG001",
        1,
        "without artifact_id",
    ),
    "alias bomb": (BOMB, "REG001", 5, "its aliases stand for more than"),
    "alias of nothing": ("artifact_id: A\nname: *x\n", "REG001", 2, "*x"),
    "deep": ("a: " + "[" * 500 + "]" * 500 + "\n", "REG001", 1, "nested more than"),
    "no owner": (GOOD.replace("owner: prices\n", ""), "OWN001", 1, "owner is missing"),
    "empty owner": (GOOD.replace("owner: prices", "owner:"), "OWN001", 5, "owner is missing"),
    "owner is a list": (
        GOOD.replace("owner: prices", "owner: [a, b]"),
        "REG001",
        5,
        "owner is a list",
    ),
    "no purpose": (GOOD.replace("purpose: Does its work\n", ""), "REG001", 1, "purpose is missing"),
    "unknown level": (
        GOOD.replace("authority_level: observe", "authority_level: write"),
        "REG001",
        7,
        'unknown authority_level "write"; one of observe, advise, enforce, mutate',
    ),
    "near status": (GOOD.replace("active", "actve"), "REG001", 4, 'did you mean "active"?'),
    "twice": (GOOD + "status: deprecated\n", "REG001", 10, "status is given twice"),
    "wave": (GOOD + "wave: second\n", "REG001", 10, 'wave "second"'),
    "duplicate id": (
        GOOD.replace("PRC", "ORD"),
        "REG002",
        1,
        "the id SHP-BE-SVC-ORD-001 is that of",
    ),
    "no file at its path": (
        GOOD.replace("pricing.py", "prices.py"),
        "REG003",
        9,
        "no file at ",
    ),
    "several files": (
        record("SHP-OP-OPS-PRC-001", name="orders.py", type="script"),
        "REG004",
        2,
        "backend/app/api/orders.py, backend/app/services/orders.py",
    ),
    "place of another": (
        GOOD.replace("services/pricing.py", "services/mail.py"),
        "REG004",
        9,
        "place of SHP-BE-SVC-MAI-001",
    ),
    "id as agreed by nobody": (GOOD.replace("-BE-", "-XX-"), "REG005", 1, "the layer XX of"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_mistake(case: str, shop: Path, invoke: Invoke) -> None:
    text, code, line, fragment = MISTAKES[case]
    path = "docs/codebase-registry/artifacts/ZZZ.yaml"
    write_tree(shop, {path: text})
    run = invoke("check", "--select", "REG,OWN", "--ignore", "REG006", "--format", "json", cwd=shop)
    # The shop's own finding is that of a record without a file.
    findings = [one for one in json.loads(run.out)["findings"] if "GON" not in one["path"]]
    assert [(one["code"], one["path"], one["line"]) for one in findings] == [(code, path, line)]
    assert fragment in findings[0]["message"]
    assert "\n" not in findings[0]["message"]
    assert run.err == ""
    # The other records are there, and every other command goes on.
    listed = json.loads(invoke("registry", "list", "--format", "json", cwd=shop).out)["artifacts"]
    mended = invoke("deps", "SHP-BE-API-ORD-001", cwd=shop)
    ids = {one["id"] for one in listed}
    assert {"SHP-BE-API-ORD-001", "SHP-OP-OPS-NGT-001"} <= ids
    assert len(ids) == len(listed) in (11, 12)
    assert mended.code == 0
    assert "SHP-BE-SVC-ORD-001" in mended.out
    assert invoke("status", cwd=shop).code == 0


def test_all_mistakes_at_once(shop: Path, invoke: Invoke) -> None:
    """None hides another: as many findings as mistakes, each in its own file."""
    folder = "docs/codebase-registry/artifacts"
    files = {
        f"{folder}/Z{number:02}.yaml": case[0] for number, case in enumerate(MISTAKES.values())
    }
    write_tree(shop, files)
    (shop / folder / "latin.yaml").write_bytes(b"artifact_id: A\nname: caf\xe9\n")
    (shop / folder / "bom.yaml").write_bytes(
        b"\xef\xbb\xbf" + record("SHP-BE-SVC-BOM-001", "backend/app/queue.py").encode()
    )
    run = invoke("check", "--select", "REG,OWN", "--format", "json", cwd=shop)
    findings = json.loads(run.out)["findings"]
    found = {one["path"] for one in findings}
    # Some records of the table have one id: of those all but the first are reported as well.
    assert set(files) <= found
    assert f"{folder}/latin.yaml" in found
    assert f"{folder}/bom.yaml" not in found
    assert invoke("show", "SHP-BE-SVC-BOM-001", cwd=shop).code == 0


def test_yaml_that_is_no_record_is_left_alone(shop: Path, invoke: Invoke) -> None:
    before = invoke("check", "--format", "json", cwd=shop)
    types = "[service, api-route, worker, page, script]"
    schema = f"schema_version: 1\nartifact_schema:\n  type:\n    enum: {types}\n"
    write_tree(shop, {"docs/codebase-registry/schema.yaml": schema})
    assert invoke("check", "--format", "json", cwd=shop) == before
    assert "Not records 1 YAML file" in invoke("status", cwd=shop).out
