"""Where each record stands: a table of records on one tree."""

from __future__ import annotations

import pytest

from analyzer.model.configuration import DEFAULT_TESTS
from analyzer.model.globs import build_matcher
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Origin, Place, Record, Resolution
from analyzer.registry.path_globs import compile_glob
from analyzer.registry.places import PlaceFinder

FILES = [
    ProjectPath(path)
    for path in (
        "Makefile",
        "backend/app/api/billing.py",
        "backend/app/api/health.py",
        "backend/app/models/health.py",
        "backend/app/services/billing.py",
        "backend/app/services/billing_rules.py",
        "backend/app/services/jobs/runner.py",
        "backend/app/tenant.py",
        "backend/tests/stripe.py",
        "backend/tests/test_billing.py",
        "lib/backends/redis.py",
        "ops/a/deploy.sh",
        "ops/b/deploy.sh",
        "scripts/check/isolation_test.py",
        "sdk/js/shop-sdk/index.js",
        "sdk/python/client.py",
        "sdk/python/shop_sdk/__init__.py",
        "tools/runner.py",
        "web/src/[id].tsx",
        "web/src/main.tsx",
        "web/src/products/console/main.tsx",
    )
]
FINDER = PlaceFinder(FILES, is_test=build_matcher(DEFAULT_TESTS))


def _record(
    name: str | None = None,
    *,
    type_: str | None = None,
    path: tuple[str, ...] = (),
    notes: str = "",
    product: str | None = None,
) -> Record:
    return Record(
        id=ArtifactId("X-A-001"),
        origin=Origin(ProjectPath("x.yaml"), 1),
        name=name,
        type=type_,
        paths=path,
        notes=notes,
        product=product,
    )


@pytest.mark.parametrize(
    ("record", "resolution", "paths"),
    [
        # By path.
        (_record(path=("backend/app/tenant.py",)), "path", ["backend/app/tenant.py"]),
        (_record(path=("./backend/app/tenant.py",)), "path", ["backend/app/tenant.py"]),
        (_record(path=("/sdk/js/shop-sdk/",)), "path", ["sdk/js/shop-sdk"]),
        (_record(path=("backend\\app\\tenant.py",)), "path", ["backend/app/tenant.py"]),
        (_record(path=("web/src/[id].tsx",)), "path", ["web/src/[id].tsx"]),
        (_record(path=(".",)), "path", ["."]),
        (
            _record(path=("backend/app/services/*.py",)),
            "path",
            ["backend/app/services/billing.py", "backend/app/services/billing_rules.py"],
        ),
        (
            _record(path=("backend/**/runner.py", "*file")),
            "path",
            ["Makefile", "backend/app/services/jobs/runner.py"],
        ),
        (_record(path=("**/health.p[xyz]", "../x", "gone.py")), "path",
         ["backend/app/api/health.py", "backend/app/models/health.py"]),
        (_record(path=("*.py",)), "missing", []),
        (_record("tenant.py", path=("gone/tenant.py",)), "missing", []),
        # By notes.
        (_record("x", notes="Location: lib/backends/redis.py"), "notes",
         ["lib/backends/redis.py"]),
        (_record("x", notes="Version 1.\nPATH: `/sdk/js/shop-sdk/`, see there"), "notes",
         ["sdk/js/shop-sdk"]),
        (_record("x", notes="- **File:** backend/app/tenant.py."), "notes",
         ["backend/app/tenant.py"]),
        (_record("x", notes="Place: ops/a/deploy.sh\nPlace: ops/b/deploy.sh"), "notes",
         ["ops/a/deploy.sh", "ops/b/deploy.sh"]),
        (_record("health.py", notes="The one in backend/app/models/health.py."), "notes",
         ["backend/app/models/health.py"]),
        (_record("tenant.py", notes="Location: app/tenant.py"), "missing", []),
        # What looks like a label or a place and is none.
        (_record("tenant.py", notes="Location: TBD"), "name", ["backend/app/tenant.py"]),
        (_record("tenant.py", notes="Path: /v1/tenants"), "name", ["backend/app/tenant.py"]),
        (_record("tenant.py", notes="File: https://a.example/x.py"), "name",
         ["backend/app/tenant.py"]),
        (_record("tenant.py", notes="Location: ..."), "name", ["backend/app/tenant.py"]),
        (_record("tenant.py", notes="Its config file: ops/a/deploy.sh"), "name",
         ["backend/app/tenant.py"]),
        (_record("health.py", type_="api-route",
                 notes="From backend/app/models/health.py to backend/app/api/health.py"),
         "inferred", ["backend/app/api/health.py"]),
        # By name.
        (_record("billing_rules.py"), "name", ["backend/app/services/billing_rules.py"]),
        (_record("Makefile"), "name", ["Makefile"]),
        (_record("backends/redis.py"), "name", ["lib/backends/redis.py"]),
        (_record("ends/redis.py"), "missing", []),
        (_record("shop_sdk (Python)"), "name", ["sdk/python/shop_sdk"]),
        (_record("@shop/shop-sdk (JavaScript)"), "name", ["sdk/js/shop-sdk"]),
        (_record("stripe.py", type_="service"), "missing", []),
        (_record("stripe.py", type_="test"), "name", ["backend/tests/stripe.py"]),
        (_record("isolation_test.py", type_="script"), "name",
         ["scripts/check/isolation_test.py"]),
        (_record("gone.py"), "missing", []),
        (_record(), "missing", []),
        # By a folder for the type, or for the product.
        (_record("health.py", type_="api-route"), "inferred", ["backend/app/api/health.py"]),
        (_record("billing.py", type_="service"), "inferred", ["backend/app/services/billing.py"]),
        (_record("runner.py", type_="worker"), "inferred",
         ["backend/app/services/jobs/runner.py"]),
        (_record("runner.py", type_="service"), "inferred",
         ["backend/app/services/jobs/runner.py"]),
        (_record("runner.py", type_="script"), "inferred", ["tools/runner.py"]),
        (_record("main.tsx", type_="page", product="console"), "inferred",
         ["web/src/products/console/main.tsx"]),
        (_record("main.tsx", type_="page", product="system-wide"), "ambiguous", []),
        (_record("health.py"), "ambiguous", []),
        (_record("deploy.sh", type_="script"), "ambiguous", []),
    ],
)  # fmt: skip
def test_where_a_record_stands(record: Record, resolution: str, paths: list[str]) -> None:
    place = FINDER.find_place(record)
    assert (place.resolution, list(place.paths)) == (resolution, paths)
    assert place.explanation


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            _record(path=("backend/app/tenant.py", "gone.py")),
            Place(
                Resolution.PATH,
                (ProjectPath("backend/app/tenant.py"),),
                'its path is "backend/app/tenant.py", "gone.py"',
                missing=("gone.py",),
            ),
        ),
        (
            _record(path=("old/tenant.py",)),
            Place(
                Resolution.MISSING,
                (),
                'no file at "old/tenant.py"',
                (ProjectPath("backend/app/tenant.py"),),
                ("old/tenant.py",),
            ),
        ),
        (
            _record("tenant.py", notes="Location: app/tenant.py"),
            Place(
                Resolution.MISSING,
                (),
                'no file at "app/tenant.py", where its notes say',
                (ProjectPath("backend/app/tenant.py"),),
                ("app/tenant.py",),
            ),
        ),
        (
            _record("BillingRules.py"),
            Place(
                Resolution.MISSING,
                (),
                'no file is called "BillingRules.py"',
                (ProjectPath("backend/app/services/billing_rules.py"),),
            ),
        ),
        (
            _record("health.py", type_="api-route"),
            Place(
                Resolution.INFERRED,
                (ProjectPath("backend/app/api/health.py"),),
                '2 files are called "health.py"; only this one stands directly in a folder for '
                "the type api-route",
                (
                    ProjectPath("backend/app/api/health.py"),
                    ProjectPath("backend/app/models/health.py"),
                ),
            ),
        ),
        (
            _record("deploy.sh"),
            Place(
                Resolution.AMBIGUOUS,
                (),
                '2 files are called "deploy.sh"',
                (ProjectPath("ops/a/deploy.sh"), ProjectPath("ops/b/deploy.sh")),
            ),
        ),
    ],
)
def test_a_place_says_what_decided(record: Record, expected: Place) -> None:
    assert FINDER.find_place(record) == expected


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("a/*.py", "a/b.py", True),
        ("a/*.py", "a/b/c.py", False),
        ("a/*", "a/b/c.py", False),
        ("a/**", "a/b/c.py", True),
        ("**/c.py", "c.py", True),
        ("**/c.py", "a/b/c.py", True),
        ("a/**/c.py", "a/c.py", True),
        ("a/**/b/**/c.py", "a/x/b/y/b/c.py", True),
        ("a/**/b/c.py", "a/b/x/c.py", False),
        ("a/?.py", "a/b.py", True),
        ("a/[bc].py", "a/c.py", True),
        ("a/[!bc].py", "a/c.py", False),
        ("a/[b.py", "a/[b.py", True),
        ("/".join(["**"] * 30 + ["x"]), "/".join("a" * 60), False),
        ("*a" * 30 + "b", "a" * 200, False),
    ],
)
def test_globs(glob: str, path: str, expected: bool) -> None:
    assert compile_glob(glob)(path) is expected


@pytest.mark.parametrize(
    "notes", ["\n" * 500_000 + "x", "a" * 500_000, "Location: " * 50_000, "a/" * 250_000]
)
def test_long_notes_cost_little(notes: str) -> None:
    assert FINDER.find_place(_record("tenant.py", notes=notes)).resolution == "name"
