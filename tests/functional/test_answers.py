"""Whole answers of every command on the shop, each read against its sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.running import EXPECTED, Invoke, assert_expected
from tests.support import run_cli

ORDERS = "SHP-BE-SVC-ORD-001"
MAIL = "SHP-BE-SVC-MAI-001"
ROUTE = "SHP-BE-API-ORD-001"
REFUNDS = "SHP-BE-SVC-RFD-001"

CASES: dict[str, tuple[int, list[str]]] = {
    "status": (0, ["status"]),
    "show": (0, ["show", ORDERS]),
    "show-missing": (0, ["show", "SHP-BE-SVC-GON-001"]),
    "deps": (0, ["deps", ORDERS]),
    "deps-reverse": (0, ["deps", ORDERS, "--reverse"]),
    "deps-transitive": (0, ["deps", ROUTE, "--transitive"]),
    "deps-reverse-transitive": (0, ["deps", MAIL, "--reverse", "--transitive"]),
    "why": (0, ["why", "backend/app/main.py", "app.settings"]),
    "why-none": (1, ["why", MAIL, REFUNDS]),
    "impact-artifact": (0, ["impact", MAIL]),
    "impact-unregistered": (0, ["impact", "backend/app/settings.py"]),
    "impact-several": (0, ["impact", "backend/app/services/pricing.py", "app.worker.runner"]),
    "impact-missing": (0, ["impact", "SHP-BE-SVC-GON-001"]),
    "orphans": (0, ["orphans"]),
    "owners": (0, ["owners"]),
    "check": (1, ["check"]),
    "registry-list": (0, ["registry", "list"]),
    "export-artifact": (0, ["export"]),
    "export-module": (0, ["export", "--level", "module"]),
}


@pytest.mark.parametrize("case", CASES)
def test_whole_answer(case: str, shop: Path, invoke: Invoke) -> None:
    code, arguments = CASES[case]
    run = invoke(*arguments, "--format", "json", cwd=shop)
    assert_expected(f"{case}.json", run.out)
    assert (run.code, run.err) == (code, "")


def test_every_expected_answer_is_held_against_something() -> None:
    assert {file.name for file in EXPECTED.glob("*.json")} == {f"{case}.json" for case in CASES}


@pytest.mark.parametrize("case", ["why-none", "impact-artifact", "check"])
def test_a_process_of_its_own_answers_the_same(case: str, shop: Path, invoke: Invoke) -> None:
    code, arguments = CASES[case]
    run = run_cli(*arguments, "--format", "json", cwd=shop)
    assert_expected(f"{case}.json", run.out)
    assert (run.code, run.err) == (code, "")
    # From a folder below, and named from outside: the same project, the same bytes.
    assert invoke(*arguments, "--format", "json", cwd=shop / "backend" / "app").out == run.out
    outside = invoke("--project", str(shop), *arguments, "--format", "json", cwd=shop.parent)
    assert outside.out == run.out


@pytest.mark.parametrize(
    "ref",
    [
        "shp-be-svc-mai-001",
        "backend/app/services/mail.py",
        "./backend/../backend/app/services/mail.py",
        "app.services.mail",
        "mail.py",
    ],
)
def test_other_names_of_one_artifact(ref: str, shop: Path, invoke: Invoke) -> None:
    expected = invoke("show", MAIL, "--format", "json", cwd=shop)
    assert invoke("show", ref, "--format", "json", cwd=shop) == expected
    absolute = str(shop / "backend/app/services/mail.py")
    assert invoke("show", absolute, "--format", "json", cwd=shop) == expected


def test_output_and_stdout_are_the_same_bytes(shop: Path, invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "answer.json"
    to_file = invoke("orphans", "--format", "json", "--output", str(file), cwd=shop)
    assert to_file.out == ""
    assert_expected("orphans.json", file.read_text(encoding="utf-8"))
    assert_expected("orphans.json", invoke("orphans", "--format", "json", "-o", "-", cwd=shop).out)


def test_text_answers_name_what_people_look_for(shop: Path, invoke: Invoke) -> None:
    text = {case: invoke(*CASES[case][1], cwd=shop).out for case in CASES if "export" not in case}
    assert "11 registered, 10 found in the code" in text["status"]
    assert "backend/app/queue.py:2: from app.worker.runner import run" in text["deps"]
    assert "No chain" in text["why-none"]
    asked = (
        "Must approve\n  backend: SHP-BE-SVC-ORD-001 (may mutate)\n  platform: SHP-BE-SVC-MAI-001"
    )
    assert asked in text["impact-artifact"]
    assert "nothing reaches what imports it (backend/app/api/refunds.py:3)" in text["orphans"]
    assert "10 findings: 3 error, 7 warning, 0 info" in text["check"]
    assert (
        "SHP-FE-PG-ORD-001   1     page       web       web/pages/Orders.tsx"
        in text["registry-list"]
    )
    # Nothing in any answer says where the project stands on this machine.
    assert not [case for case, answer in text.items() if str(shop) in answer]


def test_verbose_lists_what_is_otherwise_counted(shop: Path, invoke: Invoke) -> None:
    counted = invoke("orphans", cwd=shop).out
    assert "2 artifacts not judged" in counted
    assert "SHP-OP-OPS-NGT-001" not in counted
    listed = invoke("-v", "orphans", cwd=shop).out
    assert listed.splitlines()[-2:] == ["  SHP-FE-PG-ORD-001", "  SHP-OP-OPS-NGT-001"]
    assert invoke("-q", "orphans", cwd=shop).out == counted


def test_registry_and_configuration_can_be_named(shop: Path, invoke: Invoke) -> None:
    records = shop / "docs/codebase-registry/artifacts"
    one = str((records / "SHP-BE-SVC-MAI-001.yaml").relative_to(shop))
    two = str(records / "SHP-OP-OPS-NGT-001.yaml")
    listed = invoke("--registry", one, "--registry", two, "registry", "list", cwd=shop).out
    assert [line.split()[0] for line in listed.splitlines()] == [
        "ID",
        "SHP-BE-SVC-MAI-001",
        "SHP-OP-OPS-NGT-001",
    ]
    (shop / "other.toml").write_text(f'registry = ["{one}"]\n', encoding="utf-8")
    by_config = invoke("--config", "other.toml", "registry", "list", cwd=shop).out
    assert [line.split()[0] for line in by_config.splitlines()] == ["ID", "SHP-BE-SVC-MAI-001"]
