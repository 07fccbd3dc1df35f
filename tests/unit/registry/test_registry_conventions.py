"""Ids against the naming convention."""

from __future__ import annotations

import pytest

from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import Deviation, NamingConvention, Origin, Record, Registry
from analyzer.registry.conventions import find_convention_deviations, type_of_id

SHOP = NamingConvention(
    Origin(ProjectPath("docs/BACKLOG.md"), 9),
    "SHOP-<LAYER>-<TYPE>-<DOMAIN>-<SEQ>",
    ("BE", "LIB", "OP"),
    ("API", "SVC", "PG", "CHS"),
)
TOOL = NamingConvention(
    Origin(ProjectPath("docs/TOOL.md"), 2), "TOOL-<TYPE>-<SEQ>", (), ("API", "SVC")
)
SHAPE = "upper-case parts joined by hyphens, three digits at the end"


def _messages(id_: str, type_: str | None, *conventions: NamingConvention) -> list[str]:
    record = Record(id=ArtifactId(id_), origin=Origin(ProjectPath("x.yaml"), 1), type=type_)
    registry = Registry(records=(record,), conventions=conventions)
    return [one.message for one in find_convention_deviations(registry)]


@pytest.mark.parametrize(
    ("id_", "type_"),
    [
        ("SHOP-BE-SVC-TNT-001", "service"),
        ("SHOP-LIB-BLL-BGT-001", "library"),
        ("SHOP-OP-CHS-CPU-001", "script"),
        ("SHOP-OP-CHS-CPU-001", "library"),
        ("SHOP-BE-PG-HOME-001", "ui-page"),
        ("SHOP-BE-SVC-TNT-001", None),
        ("TOOL-SVC-001", "service"),
    ],
)
def test_ids_as_agreed(id_: str, type_: str | None) -> None:
    assert _messages(id_, type_, SHOP, TOOL) == []


@pytest.mark.parametrize(
    ("id_", "type_", "expected"),
    [
        (
            "shop-be-svc-001",
            "service",
            (
                'the id "shop-be-svc-001" is not built as SHOP-<LAYER>-<TYPE>-<DOMAIN>-<SEQ> or '
                f"TOOL-<TYPE>-<SEQ>: {SHAPE}"
            ),
        ),
        (
            "SHOP-BE-SVC-TNT-1",
            "service",
            (
                'the id "SHOP-BE-SVC-TNT-1" is not built as SHOP-<LAYER>-<TYPE>-<DOMAIN>-<SEQ> or '
                f"TOOL-<TYPE>-<SEQ>: {SHAPE}"
            ),
        ),
        (
            "OTHER-BE-SVC-TNT-001",
            "service",
            (
                'the id "OTHER-BE-SVC-TNT-001" begins with OTHER; expected is SHOP or TOOL '
                "(docs/BACKLOG.md:9)"
            ),
        ),
        (
            "SHOP-CLI-SHOP-001",
            "script",
            'the layer CLI of "SHOP-CLI-SHOP-001" is none of BE, LIB, OP (docs/BACKLOG.md:9)',
        ),
        (
            "SHOP-BE-API-TNT-001",
            "service",
            (
                'the API in "SHOP-BE-API-TNT-001" stands for api-route, but the type is service '
                "(docs/BACKLOG.md:9)"
            ),
        ),
        (
            "TOOL-API-001",
            "service",
            (
                'the API in "TOOL-API-001" stands for api-route, but the type is service '
                "(docs/TOOL.md:2)"
            ),
        ),
    ],
)
def test_ids_against_what_was_agreed(id_: str, type_: str, expected: str) -> None:
    assert _messages(id_, type_, SHOP, TOOL) == [expected]


def test_without_a_convention_only_the_shape_counts() -> None:
    assert _messages("ANY-THING-GOES-001", "service") == []
    assert _messages("billing", "service") == [
        f'the id "billing" is not built as PREFIX-LAYER-TYPE-001: {SHAPE}'
    ]


def test_a_deviation_in_full() -> None:
    record = Record(ArtifactId("billing"), Origin(ProjectPath("x.yaml"), 3), owner="ops")
    assert list(find_convention_deviations(Registry(records=(record,)))) == [
        Deviation(
            "REG005",
            Origin(ProjectPath("x.yaml"), 3),
            f'the id "billing" is not built as PREFIX-LAYER-TYPE-001: {SHAPE}',
            "convention:billing",
            ArtifactId("billing"),
            "ops",
        )
    ]


@pytest.mark.parametrize(
    ("id_", "expected"),
    [
        ("SHOP-BE-API-TNT-001", "api-route"),
        ("SHOP-BE-SVC-TNT-001", "service"),
        ("SHOP-BE-WKR-TNT-001", "worker"),
        ("SHOP-FE-PG-TNT-001", "page"),
        ("SHOP-SDK-PKG-TNT-001", "sdk-package"),
        ("SHOP-OP-CI-TNT-001", "script"),
        ("SHOP-LIB-BLL-TNT-001", None),
        ("billing", None),
    ],
)
def test_what_an_id_tells_about_the_type(id_: str, expected: str | None) -> None:
    assert type_of_id(id_) == expected
