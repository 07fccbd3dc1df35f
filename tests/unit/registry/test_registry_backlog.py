"""Backlog documents -> waves, rows, conventions, exclusions."""

from __future__ import annotations

import pytest

from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import (
    BacklogCategory,
    BacklogGroup,
    BacklogRow,
    Claim,
    Exclusion,
    NamingConvention,
    Origin,
    Target,
    Tracking,
    TrackingRow,
    Wave,
)
from analyzer.registry.backlog import Backlog, is_backlog, load_backlog

DOCUMENT = """\
# Backlog

## Waves

### Wave 1: First Survey (COMPLETE)

| Category | Count | Status |
|----------|-------|--------|
| API Routes | 28 | REGISTERED |
| Workers (Key) | 5 | REGISTERED |
| **Total** | **33** | **COMPLETE** |

### Wave 2: Services (M12)

**Priority:** HIGH
**Registered Artifacts:** 20 (selective)
**Status:** Nearly there

Not registered: 7

#### Core `services`

| File | Artifact ID (Proposed) | Purpose | Priority |
|------|------------------------|---------|----------|
| `tenant.py` | SHOP-BE-SVC-TNT-001 | Quotas, *a \\| b* | P1 |
| `later.py` | TBD |

#### Others

| Module | ID |
|---|---|
| `jobs.py` | **SHOP-BE-SVC-JOB-001** (new) |
| Total | |

## Not Registered (By Design)

| Category | Reason |
|----------|--------|
| Test files (`*_test.py`, `test_*.py`) | Not executable |
| Mocks | Support |

## Tracking

| Wave | Status | Registered | Total | Completion |
|------|--------|------------|-------|------------|
| Wave 1 | COMPLETE | 30 | 31 | 100% |
| Wave 2 | COMPLETE | 21 | 22 | 100% |
| **Total** | **COMPLETE** | **51** | **53** | **100%** |

## Naming Convention

```
SHOP-<LAYER>-<TYPE>-<DOMAIN>-<SEQ>

Layers:
- BE: Backend
- FE: Frontend

Types:
- SVC: Services
- PG: Pages
```
"""
PATH = ProjectPath("docs/BACKLOG.md")


def _at(line: int) -> Origin:
    return Origin(PATH, line)


def _row(line: int, name: str, wave: int | None, *cells: str) -> TrackingRow:
    claims = (Claim(_at(line), text, column) for column, text in enumerate(cells, 1))
    return TrackingRow(_at(line), name, wave, *claims)


EXPECTED = Backlog(
    waves=(
        Wave(
            number=1,
            title="First Survey",
            origin=_at(5),
            status="COMPLETE",
            claimed_registered=30,
            claimed_total=33,
            categories=(
                BacklogCategory(_at(9), "API Routes", 28, "REGISTERED", 1, 2, 7),
                BacklogCategory(_at(10), "Workers (Key)", 5, "REGISTERED", 1, 2, 7),
            ),
            totals=(BacklogCategory(_at(11), "Total", 33, "COMPLETE", 1, 2, 7),),
            statuses=(Claim(_at(5), "COMPLETE"),),
        ),
        Wave(
            number=2,
            title="Services (M12)",
            origin=_at(13),
            status="Nearly there",
            claimed_registered=20,
            claimed_total=22,
            rows=(
                BacklogRow(
                    _at(25),
                    ArtifactId("SHOP-BE-SVC-TNT-001"),
                    "tenant.py",
                    "Quotas, a | b",
                    "P1",
                    "Core services",
                ),
                BacklogRow(_at(26), None, "later.py", "", None, "Core services"),
                BacklogRow(
                    _at(32), ArtifactId("SHOP-BE-SVC-JOB-001"), "jobs.py", "", None, "Others"
                ),
            ),
            groups=(BacklogGroup(_at(21), "Core services"), BacklogGroup(_at(28), "Others")),
            registered=(Claim(_at(16), "20"),),
            statuses=(Claim(_at(17), "Nearly there"),),
        ),
    ),
    conventions=(
        NamingConvention(
            _at(52), "SHOP-<LAYER>-<TYPE>-<DOMAIN>-<SEQ>", ("BE", "FE"), ("SVC", "PG")
        ),
    ),
    exclusions=(
        Exclusion(
            _at(39),
            "Test files (*_test.py, test_*.py)",
            "Not executable",
            ("*_test.py", "test_*.py"),
        ),
        Exclusion(_at(40), "Mocks", "Support", ()),
    ),
    tracking=(
        Tracking(
            _at(44),
            ("wave", "status", "registered", "total", "completion"),
            (
                _row(46, "Wave 1", 1, "COMPLETE", "30", "31", "100%"),
                _row(47, "Wave 2", 2, "COMPLETE", "21", "22", "100%"),
                _row(48, "Total", None, "COMPLETE", "51", "53", "100%"),
            ),
        ),
    ),
)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_document_says_waves_rows_exclusions_and_a_convention(end: str) -> None:
    assert load_backlog(DOCUMENT.replace("\n", end), path=PATH) == EXPECTED


@pytest.mark.parametrize(
    ("heading", "title", "status"),
    [
        ("## Wave 3: BudgetLLM Module (COMPLETE)", "BudgetLLM Module", "COMPLETE"),
        ("# WAVE 3 - Scripts (in progress)", "Scripts", "in progress"),
        ("#### Wave 3", "", None),
        ("## **Wave 3**: Agents (M12)", "Agents (M12)", None),
        ("## Wave 3 \N{EM DASH} Last", "Last", None),
    ],
)
def test_headings_of_waves(heading: str, title: str, status: str | None) -> None:
    (wave,) = load_backlog(f"{heading}\n\ntext\n", path=PATH).waves
    assert (wave.number, wave.title, wave.status) == (3, title, status)


def test_a_second_section_of_a_wave_adds_to_the_first() -> None:
    table = "| File | ID |\n|---|---|\n| {0}.py | X-{0}-001 |\n"
    text = f"## Wave 2: A\n\n{table.format('A')}\n## Wave 2: B\n\n{table.format('B')}"
    (wave,) = load_backlog(text, path=PATH).waves
    assert (wave.title, wave.origin.line) == ("A", 1)
    assert [(row.id, row.origin.line) for row in wave.rows] == [("X-A-001", 5), ("X-B-001", 11)]


def test_tables_below_another_heading_belong_to_no_wave() -> None:
    text = "### Wave 2\n\n## Ideas\n\n| File | ID |\n|---|---|\n| a.py | X-A-001 |\n"
    (wave,) = load_backlog(text, path=PATH).waves
    assert wave.rows == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Wave 3\n", True),
        ("   ### wave 12: x\n", True),
        ("## Naming Convention\n", True),
        ("### BudgetLLM Module (12 files) - Wave 3\n", False),
        ("In Wave 3 we do more.\n", False),
        ("# README\n", False),
    ],
)
def test_only_documents_with_a_heading_for_it_are_backlogs(text: str, expected: bool) -> None:
    assert is_backlog(text) is expected


def test_a_document_of_a_megabyte_is_read() -> None:
    purpose = "long " * 20
    rows = "".join(f"| m.py | X-SVC-{number:05} | {purpose}|\n" for number in range(8_000))
    text = f"## Wave 2\n\n| File | ID | Purpose |\n|---|---|---|\n{rows}"
    assert len(text) > 1_000_000
    (wave,) = load_backlog(text, path=PATH).waves
    assert len(wave.rows) == 8_000
    assert wave.rows[-1].origin == _at(8_004)


def test_what_documents_aim_at_and_which_priorities_there_are() -> None:
    text = """\
## Wave 4: Scripts

Registered: 3 (selective)
Status: COMPLETE

### Scripts to Come

| Category | Location | Count | Registration Approach |
|---|---|---|---|
| CI | `scripts/ci/` | 35 | Selective (2-5 key files) |
| Smoke | `scripts/smoke/` | 2 | Register all |
| Tools | `scripts/tools/` | | 3 files |
| Old | `scripts/old/` | 9 | Later |
| Total | `scripts/` | 46 | All |

## Priorities

| Priority | Description |
|---|---|
| **P1** | Critical |
| P2 | Not so |
"""
    backlog = load_backlog(text, path=PATH)
    ci = "Selective (2-5 key files)"
    assert backlog.targets == (
        Target(_at(10), "CI", "scripts/ci/", ci, 2, 5, Claim(_at(10), "35", 2), 8),
        Target(_at(11), "Smoke", "scripts/smoke/", "Register all", None, None,
               Claim(_at(11), "2", 2), 8),
        Target(_at(12), "Tools", "scripts/tools/", "3 files", 3, 3, None, 8),
    )  # fmt: skip
    assert backlog.priorities == (Claim(_at(20), "P1", 0), Claim(_at(21), "P2", 0))
    (wave,) = backlog.waves
    assert wave.registered == (Claim(_at(3), "3"),)
    assert wave.statuses == (Claim(_at(4), "COMPLETE"),)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("20 (selective)", 20), ("~7", 7), ("58", 58), ("2-5", None), ("5%", None), ("5 %", None),
        ("1,200", None), ("3.5", None), ("-4", None), ("about 4", None), ("", None),
    ],
)  # fmt: skip
def test_the_count_of_a_claim(text: str, count: int | None) -> None:
    assert Claim(_at(1), text).count == count
