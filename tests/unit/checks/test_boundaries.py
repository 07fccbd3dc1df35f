"""DEP004: what records, rules of the configuration, and the order of layers forbid."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.checks import check_options, run_checks
from analyzer.config import load_config
from analyzer.graph.system import System
from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ArtifactId
from tests.functional.running import analyse_tree, record
from tests.support import write_tree


def forbidden(system: System, folder: Path) -> list[str]:
    config = load_config(project=folder, file=None)
    return [
        f"{one.path}:{one.line} {one.artifact}: {one.message}"
        for one in run_checks(system, config, select=["DEP004"])
    ]


# A record's callers

CALLERS = {
    "app/__init__.py": "",
    "app/guarded.py": "",
    "app/workers/__init__.py": "",
    "app/workers/pool.py": "\nimport app.guarded\n",
    "app/workers/more.py": "import app.helper\n",
    "app/workers/free.py": "def work():\n    from app import guarded\n",
    "app/helper.py": "import app.guarded\n",
    "app/route.py": "import app.guarded\n",
    "tests/test_guarded.py": "import app.guarded\n",
    "registry/P.yaml": record(
        "T-WKR-P-001", "[app/workers/pool.py, app/workers/more.py]", type="worker", owner="ops"
    ),
    "registry/R.yaml": record("T-API-R-001", "app/route.py", type="api-route", owner="backend"),
}


def guard(folder: Path, *lines: str, **files: str) -> System:
    """An artifact that a worker of two files, a route, a helper and a free file call."""
    text = record("T-SVC-G-001", "app/guarded.py") + "\n".join(lines) + "\n"
    return analyse_tree(folder, {**CALLERS, "registry/G.yaml": text, **files})


POOL = "app/workers/pool.py:2 T-WKR-P-001: T-WKR-P-001 may not call T-SVC-G-001, whose record "
ROUTE = "app/route.py:1 T-API-R-001: T-API-R-001 may not call T-SVC-G-001, whose record "
FREE = "app/workers/free.py:2 T-SVC-G-001: app/workers/free.py may not call T-SVC-G-001, whose "


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("workers/*", [FREE + "record forbids", POOL + "forbids"]),
        ("app/workers/", [FREE + "record forbids", POOL + "forbids"]),
        ("app.workers.*", [FREE + "record forbids", POOL + "forbids"]),
        ("free.py", [FREE + "record forbids"]),
        ("T-WKR-P-001 (pool.py)", [POOL + "forbids"]),
        ("T-WKR-*", [POOL + "forbids"]),
        ("workers", [POOL + "forbids"]),
        ("worker", [POOL + "forbids"]),
        ("ops", [POOL + "forbids"]),
        ("api-routes", [ROUTE + "forbids"]),
        ("Workers must not call this", []),
        ("sdk/*", []),
        ("T-SVC-GONE-001", []),
    ],
)
def test_forbidden_callers(entry: str, expected: list[str], tmp_path: Path) -> None:
    system = guard(tmp_path, f"forbidden_callers: ['{entry}']")
    assert forbidden(system, tmp_path) == [f'{one} "{entry}"' for one in expected]


def test_a_type_may_be_named_in_the_plural(tmp_path: Path) -> None:
    library = {"registry/R.yaml": record("T-LIB-R-001", "app/route.py", type="library")}
    system = guard(tmp_path, "forbidden_callers: [Libraries]", **library)
    (finding,) = run_checks(system, load_config(project=tmp_path, file=None), select=["DEP004"])
    assert (finding.artifact, finding.message) == (
        "T-LIB-R-001",
        'T-LIB-R-001 may not call T-SVC-G-001, whose record forbids "Libraries"',
    )


def test_everybody_may_be_forbidden(tmp_path: Path) -> None:
    """Test code calls as it likes."""
    found = forbidden(guard(tmp_path, "invocation:", "  forbidden_callers: ['*']"), tmp_path)
    assert [one.partition(" ")[0] for one in found] == [
        "app/helper.py:1", "app/route.py:1", "app/workers/free.py:2", "app/workers/pool.py:2",
    ]  # fmt: skip


def test_a_caller_through_code_of_no_artifact(tmp_path: Path) -> None:
    files = {"app/workers/pool.py": "import app.helper\n"}
    system = guard(tmp_path, "forbidden_callers: [T-WKR-P-001]", **files)
    (finding,) = run_checks(system, load_config(project=tmp_path, file=None), select=["DEP004"])
    assert [(one.importer, one.imported) for one in finding.chain] == [
        ("app/workers/more.py", "app/helper.py"),
        ("app/helper.py", "app/guarded.py"),
    ]


def test_an_import_for_type_checkers_is_no_call(tmp_path: Path) -> None:
    code = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import app.guarded\n"
    files = {"app/workers/pool.py": code, "app/workers/more.py": ""}
    assert forbidden(guard(tmp_path, "forbidden_callers: [ops]", **files), tmp_path) == []


@pytest.mark.parametrize(
    ("callers", "expected"),
    [
        ("[route.py]", [POOL + 'expects only "route.py"']),
        ("[route.py, pool.py]", []),
        ("[T-API-R-001, later.py]", [POOL + 'expects only "T-API-R-001", "later.py"']),
        (
            "[a.py, b.py, c.py, route.py]",
            [POOL + 'expects only "a.py", "b.py", "c.py" and 1 more'],
        ),
        # Where one cannot be understood, it may be the caller.
        ("[route.py, the nightly job]", []),
        ("[]", []),
    ],
)
def test_expected_callers(callers: str, expected: list[str], tmp_path: Path) -> None:
    system = guard(tmp_path, f"expected_callers: {callers}")
    assert forbidden(system, tmp_path) == expected


def test_an_application_that_mounts_a_router_does_not_call_it(tmp_path: Path) -> None:
    files = {
        "main.py": "from fastapi import FastAPI\nimport api\napp = FastAPI()\n"
        "app.include_router(api.router)\n",
        "api.py": "from fastapi import APIRouter\nrouter = APIRouter()\n"
        "@router.get('/a')\ndef a(): ...\n",
        "other.py": "import api\n",
        "registry/A.yaml": record("T-API-A-001", "api.py", type="api-route")
        + "expected_callers: [Page.tsx]\n",
    }
    system = analyse_tree(tmp_path, files, M="main.py", O="other.py")
    assert forbidden(system, tmp_path) == [
        (
            "other.py:1 T-SVC-O-001: T-SVC-O-001 may not call T-API-A-001, whose record "
            'expects only "Page.tsx"'
        )
    ]


# The order of layers


def layers(folder: Path, **files: str) -> System:
    tree = {
        "route.py": "import service\n",
        "service.py": "import route\nimport library\n",
        "library.py": "import free\n",
        "free.py": "import service\n",
    }
    types = {"R": ("route.py", "api-route"), "S": ("service.py", "service")}
    types["L"] = ("library.py", "library")
    for letter, (path, type_) in types.items():
        tree[f"registry/{letter}.yaml"] = record(f"T-SVC-{letter}-001", path, type=type_)
    return analyse_tree(folder, tree | files)


def test_layers(tmp_path: Path) -> None:
    assert forbidden(layers(tmp_path), tmp_path) == [
        (
            "library.py:1 T-SVC-L-001: T-SVC-L-001 (library) may not depend on T-SVC-S-001 "
            "(service): a library serves any program and knows none of them"
        ),
        (
            "service.py:1 T-SVC-S-001: T-SVC-S-001 (service) may not depend on T-SVC-R-001 "
            "(api-route): routes call services, not the other way round"
        ),
    ]


def test_a_program_that_is_started_goes_against_no_layer(tmp_path: Path) -> None:
    code = "import subprocess\nsubprocess.run(['python', 'route.py'])\n"
    system = layers(tmp_path, **{"service.py": code, "library.py": ""})
    assert system.artifact_graph.networkx.has_edge(
        ArtifactId("T-SVC-S-001"), ArtifactId("T-SVC-R-001")
    )
    assert forbidden(system, tmp_path) == []


def test_layers_may_be_switched_off(tmp_path: Path) -> None:
    config = "[rules.forbidden-dependency]\nlayers = false\n"
    assert forbidden(layers(tmp_path, **{"analyzer.toml": config}), tmp_path) == []


# Rules of the configuration

SHOP = {
    "shop/__init__.py": "",
    "shop/orders.py": "import shop.prices\nimport shop.free\n",
    "shop/prices.py": "",
    "shop/free.py": "import shop.prices\n",
    "registry/O.yaml": record("T-SVC-O-001", "shop/orders.py", owner="sales", product="web"),
    "registry/P.yaml": record("T-LIB-P-001", "shop/prices.py", type="library", owner="core"),
}
ORDERS = "shop/orders.py:1 T-SVC-O-001: T-SVC-O-001 may not depend on T-LIB-P-001: because"
TO_FREE = "shop/orders.py:2 T-SVC-O-001: T-SVC-O-001 may not depend on shop/free.py: because"
FROM_FREE = "shop/free.py:1 T-LIB-P-001: shop/free.py may not depend on T-LIB-P-001: because"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ('from = {type = "service"}\nto = {owner = "core"}', [ORDERS]),
        ('from = {product = "w*"}\nto = {id = ["T-API-*", "T-LIB-*"]}', [ORDERS]),
        ('from = {owner = "!core"}\nto = {type = "library"}', [ORDERS]),
        ('from = {owner = "!sales"}\nto = {type = "library"}', []),
        # The library names no product: that is not `web`, and no other one either.
        ('from = {type = "service"}\nto = {product = "!web"}', [ORDERS]),
        ('from = {type = "service"}\nto = {product = "*"}', []),
        ('from = {type = "service"}\nto = {product = ["*", "!web"]}', []),
        ('from = {type = "service", owner = "core"}\nto = {}', []),
        ('to = {type = "library"}', [FROM_FREE, ORDERS]),
        ('from = {path = "shop/free.py"}', [FROM_FREE]),
        ('from = {path = "!shop/free.py"}\nto = {path = "shop/prices.py"}', [ORDERS]),
        ('from = {type = "service"}\nto = {path = "shop/*"}', [ORDERS, TO_FREE]),
        ('from = {path = "shop/*"}\nto = {path = "other/*"}', []),
    ],
)
def test_rules(rule: str, expected: list[str], tmp_path: Path) -> None:
    config = f'[[rules.forbidden-dependency.rules]]\n{rule}\nreason = "because"\n'
    system = analyse_tree(tmp_path, {**SHOP, "analyzer.toml": config})
    assert forbidden(system, tmp_path) == expected


def test_every_rule_that_forbids_it_is_told(tmp_path: Path) -> None:
    """In one finding: there is one import to remove. The same reason is given once."""
    rules = [("service", "first"), ("service", "second"), ("worker", "no"), ("*", "first")]
    config = "".join(
        f'[[rules.forbidden-dependency.rules]]\nfrom = {{type = "{type_}"}}\n'
        f'to = {{type = "library"}}\nreason = "{reason}"\n'
        for type_, reason in rules
    )
    system = analyse_tree(tmp_path, {**SHOP, "analyzer.toml": config})
    assert forbidden(system, tmp_path) == [ORDERS.replace("because", "first; second")]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ('from = {type = "service"}', "reason"),
        ('from = {kind = "service"}\nreason = "x"', 'unknown key "rules.forbidden-dependency'),
        ('form = {}\nreason = "x"', 'did you mean "from"?'),
        ('to = {type = 1}\nreason = "x"', "expected is text or a list"),
    ],
)
def test_a_rule_that_is_wrong(rule: str, message: str, tmp_path: Path) -> None:
    config = f"[[rules.forbidden-dependency.rules]]\n{rule}\n"
    write_tree(tmp_path, {"analyzer.toml": config})
    with pytest.raises(AnalyzerError) as refused:
        check_options(load_config(project=tmp_path, file=None))
    assert message in str(refused.value)
    assert str(refused.value).startswith("analyzer.toml:")
