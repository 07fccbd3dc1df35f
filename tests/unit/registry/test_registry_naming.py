"""Ids for new records."""

from __future__ import annotations

import time

import pytest

from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import NamingConvention, Origin, Record
from analyzer.registry.naming import Naming, domain_codes, prefix_of, words_of

ORIGIN = Origin(ProjectPath("registry/records.yaml"), 1)
CONVENTION = NamingConvention(
    Origin(ProjectPath("registry/backlog.md"), 7),
    "SHOP-<LAYER>-<TYPE>-<DOMAIN>-<SEQ>",
    ("BE", "OP", "LIB"),
    ("API", "SVC", "WKR"),
)


def build(
    records: dict[str, tuple[str, str]], *, conventions: tuple[NamingConvention, ...] = ()
) -> Naming:
    """A naming that has learned from records: id -> type and place."""
    return Naming(
        records=[
            Record(ArtifactId(id_), ORIGIN, type=type_) for id_, (type_, _) in records.items()
        ],
        places={ArtifactId(id_): ProjectPath(place) for id_, (_, place) in records.items()},
        conventions=conventions,
        project="shop",
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    {
        # One word: its consonants; too short a word keeps vowels; letters that repeat count once.
        "api/tenants.py": "TNT",
        "api/discovery.py": "DSC",
        "services/message_service.py": "MSG",
        "services/memory_service.py": "MEM",
        "worker/pool.py": "POL",
        "api/ops.py": "OPS",
        "services/job_service.py": "JOB",
        "api/rbac_api.py": "RBC",
        "api/db.py": "DBX",
        # Versions, verbs of scripts and what kind of thing it is tell nothing.
        "api/v1_guard.py": "GRD",
        "scripts/run_golden_stress.sh": "GLD",
        "services/llm.py": "LLM",
        # Three words: their initials.
        "services/cost_anomaly_detector.py": "CAD",
        "services/recovery_rule_engine.py": "RRE",
        "pages/KeysPage.tsx": "KYS",
    }.items(),
)
def test_the_domain_of_a_name(path: str, expected: str) -> None:
    assert next(domain_codes(words_of(path))) == expected


def test_near_names_get_other_domains() -> None:
    naming = build({"SHOP-BE-API-COS-001": ("api-route", "api/x.py")})
    names = ["cost.py", "cost_ops.py", "cost_stats.py", "cost_opera.py"]
    ids = [naming.propose(type_="api-route", path=ProjectPath(f"api/{name}")).id for name in names]
    assert ids == [
        "SHOP-BE-API-CST-001",
        "SHOP-BE-API-COP-001",
        "SHOP-BE-API-CSS-001",
        "SHOP-BE-API-CSO-001",
    ]


def test_a_head_is_that_of_the_records_beside_it() -> None:
    naming = build(
        {
            "SHOP-OP-CI-ENV-001": ("script", "scripts/ci/env.sh"),
            "SHOP-OP-OPS-DPL-001": ("script", "scripts/ops/deploy.sh"),
            "SHOP-LIB-BLL-CCH-001": ("library", "bll/cache.py"),
        },
        conventions=(CONVENTION,),
    )

    def propose(type_: str, path: str) -> tuple[str, str]:
        found = naming.propose(type_=type_, path=ProjectPath(path))
        return found.id, found.reason

    assert propose("script", "scripts/ci/lint.sh") == (
        "SHOP-OP-CI-LNT-001",
        "SHOP-OP-CI as SHOP-OP-CI-ENV-001 beside it; LNT from `lint`; 001 is free",
    )
    assert propose("script", "scripts/other/lint.sh") == (
        "SHOP-OP-OPS-LNT-001",
        "SHOP-OP-OPS as SHOP-OP-OPS-DPL-001 below scripts; LNT from `lint`; 001 is free",
    )
    # `BLL` are the libraries of one product, so another one's are none of them.
    assert propose("library", "backend/lib/cache.py") == (
        "SHOP-LIB-PKG-CAC-001",
        "SHOP-LIB-PKG by registry/backlog.md:7; CAC from `cache`; 001 is free",
    )
    assert propose("api-route", "backend/api/cart.py")[0] == "SHOP-BE-API-CRT-001"


def test_numbers_go_on_where_a_folder_has_one_domain() -> None:
    naming = build(
        {
            "SHOP-FE-AIC-INC-001": ("page", "pages/incidents/A.tsx"),
            "SHOP-FE-AIC-INC-004": ("page", "pages/incidents/B.tsx"),
        }
    )
    found = naming.propose(type_="page", path=ProjectPath("pages/incidents/C.tsx"))
    assert found.id == "SHOP-FE-AIC-INC-005"
    assert "INC is the domain of everything beside it; 005 is free" in found.reason


def test_an_id_is_taken_in_any_case_and_once_given() -> None:
    naming = build({"shop-be-svc-crt-001": ("service", "shop/x.py")}, conventions=(CONVENTION,))
    path = ProjectPath("shop/cart.py")
    assert not naming.is_free("SHOP-BE-SVC-CRT-001")
    assert naming.propose(type_="service", path=path).id == "SHOP-BE-SVC-CAR-001"
    assert naming.propose(type_="service", path=path).id == "SHOP-BE-SVC-CRT-002"


@pytest.mark.parametrize(
    ("project", "expected"),
    [("redash", "REDASH"), ("my-shop", "MYSHOP"), ("the-large-shop", "TLS"), ("42", "APP")],
)
def test_the_prefix_of_a_first_registry(project: str, expected: str) -> None:
    assert prefix_of(project) == expected


def test_an_id_that_is_only_looked_for_stays_free() -> None:
    naming = build({"SHOP-BE-SVC-PRC-001": ("service", "shop/prices.py")})
    path = ProjectPath("shop/taxes.py")
    found = [naming.find_next(type_="service", path=path).id for _ in range(2)]
    given = [naming.propose(type_="service", path=path).id for _ in range(2)]
    assert found == ["SHOP-BE-SVC-TXS-001"] * 2
    assert given == ["SHOP-BE-SVC-TXS-001", "SHOP-BE-SVC-TAX-001"]


def test_the_reason_where_the_highest_number_is_taken_and_others_are_not() -> None:
    records = {
        f"SHOP-BE-SVC-{domain}-999": ("service", "shop/x.py") for domain in domain_codes(["taxes"])
    }
    proposed = build(records).propose(type_="service", path=ProjectPath("shop/taxes.py"))
    assert proposed.id == "SHOP-BE-SVC-AAA-001"
    assert proposed.reason == (
        "SHOP-BE-SVC as SHOP-BE-SVC-TAX-999 beside it; AAA as what its name gives has the number "
        "999; 001 is free"
    )


def test_a_thousand_ids_cost_what_they_cost_in_a_small_registry() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    codes = [a + b + c for a in letters[:2] for b in letters for c in letters]
    naming = build(
        {
            f"SHOP-BE-SVC-{code}-001": ("service", f"part_{number % 20}/module_{number}.py")
            for number, code in enumerate(codes)
        }
    )
    began = time.process_time()
    for number in range(1_000):
        path = ProjectPath(f"part_{number % 20}/new_thing_{number}.py")
        naming.propose(type_="service", path=path)
    # Counting the records anew for each of them took 5 s.
    assert time.process_time() - began < 1
