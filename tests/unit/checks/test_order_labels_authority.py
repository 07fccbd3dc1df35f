"""DEP006, LBL001 and AUT001: waves, products and authority against who calls whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.checks import run_checks
from analyzer.config import load_config
from analyzer.graph.system import System
from analyzer.model.findings import Finding
from tests.functional.running import analyse_tree, record


def find(system: System, code: str, folder: Path) -> tuple[Finding, ...]:
    return run_checks(system, load_config(project=folder, file=None), select=[code])


def shown(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{one.path}:{one.line} {one.artifact}: {one.message}" for one in findings]


def system_of(
    folder: Path, code: dict[str, str], more: dict[str, str] | None = None, /, **fields: str
) -> System:
    """Files of one letter and their text; the record of each has the field of the same name.

    A field that is empty is left out, a letter without any has no record.
    """
    files = {f"{letter}.py": text for letter, text in code.items()}
    for letter, field in fields.items():
        name = letter.upper()
        files[f"registry/{name}.yaml"] = record(f"T-SVC-{name}-001", f"{letter}.py") + field + "\n"
    return analyse_tree(folder, files | (more or {}))


# DEP006


def test_waves(tmp_path: Path) -> None:
    """Directly or through code of no artifact; a later wave may depend on an earlier one."""
    code = {"a": "import x\nimport b\nimport e\n", "x": "import c\n", "b": "", "c": "import a\n"}
    waves = {"a": "wave: 1", "b": "wave: 2", "c": "wave: 3", "e": ""}
    system = system_of(tmp_path, {**code, "e": "import b\n"}, **waves)
    findings = find(system, "DEP006", tmp_path)
    assert shown(findings) == [
        "a.py:1 T-SVC-A-001: T-SVC-A-001 of wave 1 depends on T-SVC-C-001 of wave 3",
        "a.py:2 T-SVC-A-001: T-SVC-A-001 of wave 1 depends on T-SVC-B-001 of wave 2",
    ]
    assert [one.imported for one in findings[0].chain] == ["x.py", "c.py"]


def test_a_slack_of_waves(tmp_path: Path) -> None:
    config = {"analyzer.toml": "[rules.wave-order]\nslack = 1\n"}
    waves = {"a": "wave: 1", "b": "wave: 2", "c": "wave: 3"}
    system = system_of(tmp_path, {"a": "import b\nimport c\n", "b": "", "c": ""}, config, **waves)
    assert [one.line for one in find(system, "DEP006", tmp_path)] == [2]


def test_imports_that_order_no_waves(tmp_path: Path) -> None:
    code = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import b\n"
    more = {
        "test_c.py": "import b\n",
        "registry/C.yaml": record("T-SVC-C-001", "test_c.py", wave=1),
    }
    system = system_of(tmp_path, {"a": code, "b": ""}, more, a="wave: 1", b="wave: 2")
    assert find(system, "DEP006", tmp_path) == ()


# LBL001


@pytest.mark.parametrize(
    ("caller", "called", "is_wrong"),
    [
        ("other", "web", True),
        ("system-wide", "web", True),
        ("Platform", "web", True),
        ("web", "web", False),
        ("Web", "web", False),
        # Anyone may call what is shared, and a caller without a label says nothing.
        ("web", "system-wide", False),
        ("web", "Shared", False),
        ("", "web", False),
        ("web", "", False),
    ],
)
@pytest.mark.parametrize("between", [False, True])
def test_labels(caller: str, called: str, is_wrong: bool, between: bool, tmp_path: Path) -> None:
    """Whether they are called directly or through code of no artifact."""
    label = f"traceability:\n  domain: x\n  product: {called}" if called else ""
    own = f"product: {caller}" if caller else ""
    code = {"a": f"import {'x' if between else 'b'}\n", "b": "", "x": "import b\n"}
    findings = find(system_of(tmp_path, code, a=own, b=label), "LBL001", tmp_path)
    message = (
        f"the record of T-SVC-B-001 names the product {called}, but T-SVC-A-001 ({caller}) calls it"
    )
    expected = [f"registry/B.yaml:12 T-SVC-B-001: {message}"] if is_wrong else []
    assert shown(findings) == expected
    assert [len(one.chain) for one in findings] == [1 + between for _ in expected]


def test_callers_of_many_products(tmp_path: Path) -> None:
    """One finding for a label, whatever else calls it; its own callers are not named."""
    callers = {"a": "p", "c": "q", "d": "web", "e": "r", "f": "s", "g": "t"}
    code = dict.fromkeys(callers, "import b\n") | {"b": ""}
    fields = {letter: f"product: {product}" for letter, product in callers.items()}
    (finding,) = find(system_of(tmp_path, code, **fields, b="product: web"), "LBL001", tmp_path)
    assert (finding.path, finding.line) == ("registry/B.yaml", 10)
    assert finding.message == (
        "the record of T-SVC-B-001 names the product web, but T-SVC-A-001 (p), T-SVC-C-001 (q), "
        "T-SVC-E-001 (r) and 2 more call it"
    )
    one_fewer = code | {"g": ""}
    (again,) = find(
        system_of(tmp_path / "2", one_fewer, **fields, b="product: web"), "LBL001", tmp_path
    )
    assert again.fingerprint == finding.fingerprint


ROUTE = "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/b')\ndef b(): ...\n"
MAIN = "from fastapi import FastAPI\nimport b\napp = FastAPI()\napp.include_router(b.router)\n"


@pytest.mark.parametrize(
    ("caller", "product", "type_", "is_wrong"),
    [
        # An application puts its parts together, whatever it is registered as.
        (MAIN, "other", "service", False),
        (MAIN, "system-wide", "api-route", False),
        # So does shared code with a route, but not that of another product.
        ("from b import router\n", "system-wide", "api-route", False),
        ("from b import router\n", "system-wide", "service", True),
        ("from b import router\n", "other", "api-route", True),
    ],
)
def test_what_puts_together(
    caller: str, product: str, type_: str, is_wrong: bool, tmp_path: Path
) -> None:
    more = {
        "registry/B.yaml": record("T-API-B-001", "b.py", type=type_, product="web"),
    }
    code = {"a": caller, "b": ROUTE}
    findings = find(system_of(tmp_path, code, more, a=f"product: {product}"), "LBL001", tmp_path)
    assert bool(findings) is is_wrong


# AUT001


def authority(folder: Path, code: dict[str, str], more: dict[str, str] | None = None) -> System:
    """`o…` observes, `v…` advises, `e…` enforces, `m…` mutates, `n…` says nothing, `x` is free."""
    levels = {"o": "observe", "v": "advise", "e": "enforce", "m": "mutate", "n": "''"}
    files = dict(more or {})
    for name in code:
        id_ = f"T-SVC-{name.upper()}-001"
        if name[0] in levels:
            level = levels[name[0]]
            files[f"registry/{name}.yaml"] = record(id_, f"{name}.py", authority_level=level)
    return system_of(folder, code, files)


def test_authority(tmp_path: Path) -> None:
    code = {
        "o": "import m\nimport v\n", "v": "\nimport e\n", "m": "import o2\n", "e": "", "o2": "",
    }  # fmt: skip
    assert shown(find(authority(tmp_path, code), "AUT001", tmp_path)) == [
        (
            "o.py:1 T-SVC-O-001: T-SVC-O-001 is registered to observe, but reaches T-SVC-M-001, "
            "which may mutate"
        ),
        # Not O too, which reaches E through V: the step that escalates is V's.
        (
            "v.py:2 T-SVC-V-001: T-SVC-V-001 is registered to advise, but reaches T-SVC-E-001, "
            "which may enforce"
        ),
    ]


def test_authority_through_what_has_no_level(tmp_path: Path) -> None:
    """Code of no artifact, and an artifact that does not say; the shortest chain of several."""
    code = {
        "o": "import x\nimport n\n",
        "x": "import x2\n",
        "x2": "import m\n",
        "n": "import m\n",
        "m": "import m2\n",
        "m2": "",
    }
    (finding,) = find(authority(tmp_path, code), "AUT001", tmp_path)
    assert [(one.importer, one.imported) for one in finding.chain] == [
        ("o.py", "n.py"),
        ("n.py", "m.py"),
    ]
    assert finding.message.endswith("reaches T-SVC-M-001, which may mutate, through n.py")


def test_what_is_no_escalation(tmp_path: Path) -> None:
    """Type checkers, tests, packages that are executed on the way, and mounted routes."""
    check = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import m\n"
    more = {
        "test_o.py": "import m\n",
        "registry/T.yaml": record("T-SVC-T-001", "test_o.py"),
        "pack/__init__.py": "",
        "pack/inner.py": "",
        "registry/P.yaml": record("T-SVC-P-001", "pack/__init__.py", authority_level="mutate"),
    }
    mounting = MAIN.replace("import b", "import mb").replace("(b.", "(mb.")
    code = {"o": check, "m": "", "o2": "from pack import inner\n", "o3": mounting, "mb": ROUTE}
    assert find(authority(tmp_path, code, more), "AUT001", tmp_path) == ()


def test_a_task_that_is_sent_is_an_escalation(tmp_path: Path) -> None:
    code = {
        "x": "from celery import Celery\napp = Celery('x')\n",
        "m": "from x import app\n@app.task\ndef wipe(): ...\n",
        "o": "from x import app\napp.send_task('m.wipe')\n",
    }
    (finding,) = find(authority(tmp_path, code), "AUT001", tmp_path)
    assert (finding.line, [one.kind for one in finding.chain]) == (2, ["enqueues"])


def test_options_of_authority(tmp_path: Path) -> None:
    code = {"o": "import v\n", "v": "import e\nimport m\n", "e": "", "m": ""}
    config = "[rules.authority-escalation]\nhigh = ['mutate']\nthrough-artifacts = true\n"
    system = authority(tmp_path, code, {"analyzer.toml": config})
    assert [f"{one.path}:{one.line}" for one in find(system, "AUT001", tmp_path)] == [
        "o.py:1",
        "v.py:2",
    ]


# What is nearest may be no call


@pytest.mark.parametrize("code", ["DEP002", "DEP004", "DEP006", "LBL001", "AUT001"])
@pytest.mark.parametrize(
    ("nearest", "mounts"),
    [
        ("a/tests/test_a.py", False),
        ("a/main.py", True),
    ],
)
def test_a_call_further_away_than_a_test_or_the_application(
    nearest: str, mounts: bool, code: str, tmp_path: Path
) -> None:
    """A test and an application that mounts routes call nothing; the artifact's own code does."""
    files = {
        nearest: MAIN if mounts else "import b\n",
        "a/own.py": "import x\n",
        "x.py": "import b\n",
        "b.py": ROUTE,
        "registry/A.yaml": record("T-SVC-A-001", "a/", product="p", wave=1)
        + "dependencies: [own.py]\n",
        "registry/B.yaml": record(
            "T-SVC-B-001", "b.py", product="q", wave=2, authority_level="mutate"
        )
        + "forbidden_callers: [T-SVC-A-001]\n",
    }
    (finding,) = find(analyse_tree(tmp_path, files), code, tmp_path)
    assert [(one.importer, one.imported) for one in finding.chain] == [
        ("a/own.py", "x.py"),
        ("x.py", "b.py"),
    ]


def test_the_shortest_chain_beside_an_application(tmp_path: Path) -> None:
    """Of the application and of the other code of its artifact, the shorter way counts."""
    files = {
        "a/main.py": MAIN.replace("import b", "import b\nimport x"),
        "a/own.py": "import b\n",
        "x.py": "import c\n",
        "b.py": ROUTE,
        "c.py": "",
        "registry/A.yaml": record("T-SVC-A-001", "a/"),
        "registry/M.yaml": record("T-SVC-M-001", "[b.py, c.py]", authority_level="mutate"),
    }
    (finding,) = find(analyse_tree(tmp_path, files), "AUT001", tmp_path)
    assert [(one.importer, one.imported) for one in finding.chain] == [("a/own.py", "b.py")]
