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


OWN = NamingConvention(
    Origin(ProjectPath("analyzer.toml"), 4),
    "OWN-<LAYER>-<TYPE>-<DOMAIN>-<SEQ>",
    ("BACK", "FE"),
    ("API", "AIC"),
    {"API": ("api-route",), "AIC": ("page", "ui-page")},
)


@pytest.mark.parametrize(
    ("id_", "type_", "expected"),
    [
        ("OWN-FE-AIC-INC-001", "page", []),
        ("OWN-FE-AIC-INC-001", "test", ["the AIC", "page or ui-page", "is test"]),
        ("OWN-FE-API-INC-001", "api-route", ["is in the layer FE, but the type is api-route (an"]),
        ("OWN-FE-AIC-INC-001", "ui-page", []),
        ("OWN-BACKS-API-INC-001", "api-route", ["the layer BACKS", 'did you mean "BACK"?']),
        ("OWN-BACK-APII-INC-001", "api-route", ["the type APII", "API, AIC", 'mean "API"?']),
        ("OWN-BACK-INC-001", "service", []),
        ("OWN-BACK-API-INC-MORE-001", "api-route", []),
    ],
)
def test_what_the_configuration_says_is_all_there_is(
    id_: str, type_: str, expected: list[str]
) -> None:
    """Its codes are the only ones; an id of another length has no place for each of them."""
    messages = _messages(id_, type_, OWN)
    assert len(messages) == bool(expected)
    assert all(part in message for message in messages for part in expected)


def _deviations_of_files(*records: tuple[str, str]) -> list[str]:
    registry = Registry(
        records=tuple(
            Record(ArtifactId(id_), Origin(ProjectPath(path), 1)) for path, id_ in sorted(records)
        )
    )
    return [f"{one.origin}: {one.message}" for one in find_convention_deviations(registry)]


def test_a_file_that_is_named_after_another_id() -> None:
    """Only a name that is an id says anything, in whatever case; one record may be named by it."""
    assert _deviations_of_files(
        ("a/SHOP-BE-SVC-TNT-001.yaml", "SHOP-BE-SVC-TNT-002"),
        ("shop-be-svc-bil-001.yml", "SHOP-BE-SVC-BIL-001"),
        ("SHOP-BE-SVC-JOB-001.yaml", "SHOP-BE-SVC-JOB-001"),
        ("SHOP-BE-SVC-JOB-001.yaml", "SHOP-BE-SVC-ABC-001"),
        ("services.yaml", "SHOP-BE-SVC-ONE-001"),
    ) == [
        (
            'a/SHOP-BE-SVC-TNT-001.yaml:1: the file is named after "SHOP-BE-SVC-TNT-001", but '
            "holds the record of SHOP-BE-SVC-TNT-002; rename one"
        ),
    ]


def test_a_layer_that_the_id_contradicts() -> None:
    record = Record(
        ArtifactId("SHOP-BE-SVC-TNT-001"),
        Origin(ProjectPath("x.yaml"), 1),
        fields={"layer": "FE"},
        lines={"layer": 4},
        columns={"layer": 8},
    )
    assert [
        (str(one.origin), one.column, one.message)
        for one in find_convention_deviations(Registry(records=(record,), conventions=(SHOP,)))
    ] == [("x.yaml:4", 8, 'the layer is "FE", but the id "SHOP-BE-SVC-TNT-001" says BE')]


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
        ("SHOP-LIB-BLL-TNT-001", "library"),
        ("SHOP-SDK-PY-TNT-001", "sdk-package"),
        ("SHOP-BE-BLL-TNT-001", None),
        ("SHOP-FE-AIC-TNT-001", None),
        ("SHOP-SVC-001", None),
        ("billing", None),
    ],
)
def test_what_an_id_tells_about_the_type(id_: str, expected: str | None) -> None:
    assert type_of_id(id_) == expected
