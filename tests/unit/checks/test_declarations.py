"""DEP002 and DEP003: what records declare against what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.checks import run_checks
from analyzer.config import load_config
from analyzer.graph.system import System
from analyzer.model.findings import Finding, Severity
from tests.functional.running import analyse_tree, record


def find(system: System, code: str, folder: Path) -> tuple[Finding, ...]:
    return run_checks(system, load_config(project=folder, file=None), select=[code])


def declaring(path: str, *lines: str, letter: str = "A", **fields: str) -> str:
    """A record of eight lines, and a ninth for its path, with more lines at its end."""
    return record(f"T-SVC-{letter}-001", path, **fields) + "\n".join(lines) + "\n"


A_USES_B = {
    "shop/__init__.py": "",
    "shop/a.py": "import os\nimport shop.free\nimport shop.billing_service\n",
    "shop/billing_service.py": "",
    "shop/free.py": "import shop.far\n",
    "shop/far.py": "",
    "shop/other.py": "",
}


def tree(folder: Path, *lines: str, **files: str) -> System:
    """A uses B directly, and C through code of no artifact."""
    return analyse_tree(
        folder,
        {**A_USES_B, "registry/A.yaml": declaring("shop/a.py", *lines), **files},
        B="shop/billing_service.py",
        C="shop/far.py",
        O="shop/other.py",
    )


# DEP002


def undeclared(system: System, folder: Path) -> list[str]:
    return [
        f"{one.path}:{one.line} {one.artifact}: {one.message}"
        for one in find(system, "DEP002", folder)
    ]


MISSES_B = "shop/a.py:3 T-SVC-A-001: T-SVC-A-001 depends on T-SVC-B-001, which its record does not"
MISSES_C = "shop/a.py:2 T-SVC-A-001: T-SVC-A-001 depends on T-SVC-C-001, which its record does not"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("dependencies: []",), [MISSES_C, MISSES_B]),
        (("relations:", "  imports: []"), [MISSES_C, MISSES_B]),
        (("dependencies:", "  - t-svc-b-001 (billing)", "  - PostgreSQL"), [MISSES_C]),
        (("dependencies: [billing_service.py]",), [MISSES_C]),
        (("dependencies: [shop/far.py, shop.billing_service.Bill]",), []),
        (("relations:", "  imports:", "    - shop.*"), []),
        (("dependencies: [T-SVC-*]",), []),
        # Each of the two fields may say it.
        (("dependencies: [T-SVC-B-001]", "relations: {imports: [far.py]}"), []),
        # Prose beside names counts where it holds the words of the file name.
        (("dependencies: [far.py, Billing service (REST)]",), []),
        (("dependencies: [far.py, BillingServiceFactory]",), []),
        (("dependencies: [far.py, Billing]",), [MISSES_B]),
        # Nothing that code could be held against.
        ((), []),
        (("dependencies:",), []),
        (("dependencies: [PostgreSQL, redis, 'Rate limiting']",), []),
        (("dependencies: [{Environment: BATCH_SIZE}]",), []),
    ],
)
def test_what_a_record_declares(
    lines: tuple[str, ...], expected: list[str], tmp_path: Path
) -> None:
    found = undeclared(tree(tmp_path, *lines), tmp_path)
    assert found == [f"{one} declare" for one in expected]


def test_the_chain_of_an_undeclared_dependency(tmp_path: Path) -> None:
    first, _ = find(tree(tmp_path, "dependencies: []"), "DEP002", tmp_path)
    assert [(one.importer, one.imported) for one in first.chain] == [
        ("shop/a.py", "shop/free.py"),
        ("shop/free.py", "shop/far.py"),
    ]
    assert (first.severity, first.owner) == (Severity.INFO, "team")


def test_importers_that_the_other_record_does_not_declare(tmp_path: Path) -> None:
    """One finding for a dependency, whichever of the records ought to name it."""
    lines = ("relations:", "  imported_by: [other.py]")
    files = {"registry/B2.yaml": declaring("shop/b2.py", *lines, letter="D")}
    files |= {"shop/b2.py": "", "shop/x.py": "import shop.b2\n", "shop/y.py": "import shop.b2\n"}
    files["registry/Y.yaml"] = declaring("shop/y.py", "dependencies: []", letter="Y")
    system = analyse_tree(tmp_path, A_USES_B | files, X="shop/x.py", O="shop/other.py")
    assert undeclared(system, tmp_path) == [
        (
            "shop/x.py:1 T-SVC-D-001: T-SVC-X-001 depends on T-SVC-D-001, which "
            "relations.imported_by of that does not declare"
        ),
        (
            "shop/y.py:1 T-SVC-Y-001: T-SVC-Y-001 depends on T-SVC-D-001, which its record does "
            "not declare, nor does relations.imported_by of that"
        ),
    ]


def test_dependencies_that_need_no_declaration(tmp_path: Path) -> None:
    """Imports for type checkers, of test code, and packages that are executed on the way."""
    code = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import shop.other\n"
    files = {
        "shop/a.py": code + "from shop.pack import inner\n",
        "shop/pack/__init__.py": "",
        "shop/pack/inner.py": "",
        "tests/test_a.py": "import shop.other\n",
        "registry/T.yaml": declaring("tests/test_a.py", "dependencies: []", letter="T"),
        "registry/P.yaml": declaring("shop/pack/__init__.py", letter="P"),
    }
    assert undeclared(tree(tmp_path, "dependencies: []", **files), tmp_path) == []


def test_every_record_may_be_asked_to_declare(tmp_path: Path) -> None:
    config = "[rules.undeclared-dependency]\nevery-record = true\n"
    system = tree(tmp_path, **{"analyzer.toml": config})
    assert undeclared(system, tmp_path) == [f"{one} declare" for one in (MISSES_C, MISSES_B)]


# DEP003


def unused(system: System, folder: Path) -> list[str]:
    return [f"{one.path}:{one.line} {one.message}" for one in find(system, "DEP003", folder)]


def test_entries_that_the_code_does_not_bear_out(tmp_path: Path) -> None:
    """Each at its own line; what is used directly or through code of no artifact is left alone."""
    entries = (
        "dependencies:",
        "  - shop.other",
        "  - T-SVC-O-001 (the other)",
        "  - shop/other.py",
        "  - T-SVC-GONE-001",
        "  - shop.gone.deeper",
        "  - shop/gone.py",
        "  - T-SVC-B-001",
        "  - far.py",
        "  - shop.free",
        "  - shop.*",
        "relations:",
        "  imports: [other.py]",
    )
    does_not_use = "which the code of T-SVC-A-001 does not use"
    assert unused(tree(tmp_path, *entries), tmp_path) == [
        f'registry/A.yaml:11 dependencies names "shop.other", {does_not_use}',
        f'registry/A.yaml:12 dependencies names "T-SVC-O-001 (the other)", {does_not_use}',
        f'registry/A.yaml:13 dependencies names "shop/other.py", {does_not_use}',
        'registry/A.yaml:14 dependencies names "T-SVC-GONE-001", but no record has that id',
        'registry/A.yaml:15 dependencies names "shop.gone.deeper", but there is no such module',
        'registry/A.yaml:16 dependencies names "shop/gone.py", but there is no such file',
        f'registry/A.yaml:22 relations.imports names "other.py", {does_not_use}',
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "redis", "PostgreSQL", "none", "sqlalchemy.orm", "discord.py", "Node.js", "TCP/IP",
        "https://example.org/shop.py", "other", "shop.other is planned", "RFC-123", "'@scope/shop'",
        "docs/schema.yaml", "page.tsx", "shop.a", "T-SVC-A-001", "{other.py: planned}", "''",
    ],
)  # fmt: skip
def test_entries_that_are_left_alone(entry: str, tmp_path: Path) -> None:
    """Prose, libraries, and code that says nothing about its imports."""
    files = {"docs/schema.yaml": "a: 1\n", "web/page.tsx": ""}
    system = tree(tmp_path, "dependencies:", f"  - {entry}", **files)
    assert unused(system, tmp_path) == []


def test_importers_that_do_not_import(tmp_path: Path) -> None:
    entries = (
        "relations:",
        "  imported_by:",
        "    - T-SVC-O-001 (other.py)",
        "    - T-SVC-U-001",
        "    - through.py",
        "    - page.tsx",
        "    - far.py",
    )
    files = {
        "shop/b.py": "",
        "shop/user.py": "import shop.b\n",
        "shop/through.py": "import shop.between\n",
        "shop/between.py": "import shop.b\n",
        "web/page.tsx": "",
        "registry/X.yaml": declaring("shop/b.py", *entries, letter="X"),
    }
    system = analyse_tree(
        tmp_path, A_USES_B | files, O="shop/other.py", U="shop/user.py", V="shop/through.py"
    )
    assert unused(system, tmp_path) == [
        (
            'registry/X.yaml:12 relations.imported_by names "T-SVC-O-001 (other.py)", '
            "which does not use T-SVC-X-001"
        ),
        'registry/X.yaml:16 relations.imported_by names "far.py", which does not use T-SVC-X-001',
    ]


def test_nothing_is_said_of_code_that_could_not_be_read(tmp_path: Path) -> None:
    broken = {"shop/a.py": "def (:\n"}
    assert unused(tree(tmp_path, "dependencies: [shop.other]", **broken), tmp_path) == []


def test_a_mistyped_id_of_a_forbidden_caller(tmp_path: Path) -> None:
    """It forbids nobody, which its writer would not see."""
    lines = ("forbidden_callers:", "  - T-SVC-B-01", "  - T-SVC-X-001", "  - workers/*")
    assert unused(tree(tmp_path, *lines), tmp_path) == [
        'registry/A.yaml:12 forbidden_callers names "T-SVC-X-001", but no record has that id'
    ]


def test_fingerprints_stay_when_lines_move(tmp_path: Path) -> None:
    entries = ["dependencies:", "  - shop.other"]
    found = []
    for number, more in enumerate((("",), ("# Moved.", "# Twice."))):
        folder = tmp_path / str(number)
        files = {"shop/a.py": "\n".join(more) + A_USES_B["shop/a.py"]}
        system = tree(folder, *more, *entries, **files)
        found.append([*find(system, "DEP002", folder), *find(system, "DEP003", folder)])
    before, after = found
    assert len(before) == 3
    assert [one.line for one in before] != [one.line for one in after]
    assert [one.fingerprint for one in before] == [one.fingerprint for one in after]
