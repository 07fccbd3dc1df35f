"""Mistakes that users make: exit 2, one line that says where, what and what to do."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.functional.running import Invoke, assert_refused, record
from tests.support import copy_asset, run_cli, write_tree

ORDERS = "SHP-BE-SVC-ORD-001"
REQUESTS: dict[str, tuple[list[str], list[str]]] = {
    "an id with a slip": (
        ["show", "SHP-BE-SVC-ORD-01"],
        ['"SHP-BE-SVC-ORD-01" is no artifact', "near names: SHP-BE-SVC-ORD-001, "],
    ),
    "a path with a slip": (
        ["impact", "backend/app/sevices/orders.py"],
        ["near names: backend/app/services/orders.py"],
    ),
    "a module with a slip": (["why", ORDERS, "app.setings"], ["near names: app.settings"]),
    "like nothing": (["deps", "zzzzzzzzzz"], ["`analyzer registry list`"]),
    "a name of two records": (
        ["show", "orders.py"],
        ["several records: SHP-BE-API-ORD-001, SHP-BE-SVC-ORD-001; name one of them"],
    ),
    "one of several is wrong": (["impact", ORDERS, "nothing.py"], ['"nothing.py" is no artifact']),
    "a file of no artifact": (["show", "backend/app/db.py"], ["not part of a registered artifact"]),
    "a folder of several artifacts": (["deps", "backend"], ["not part of a registered artifact"]),
    "nothing changes": (["impact"], ["either REF... or --diff BASE"]),
    "both": (["impact", ORDERS, "--diff", "HEAD"], ["either REF... or --diff BASE"]),
    "no repository": (["impact", "--diff", "HEAD"], ["not a git repository"]),
    "a code": (["check", "--select", "DEP001,NOP"], ['"NOP" fits no finding code', "DEP001"]),
    "a code to ignore": (["check", "--ignore", "dep9"], ['"dep9" fits no finding code']),
    "a wave": (
        ["diagram", "--wave", "7"],
        ["no artifact belongs to wave 7; waves with artifacts: 1, 2, 3"],
    ),
    "an ending": (
        ["diagram", "--wave", "2", "--output", "picture.txt"],
        ["picture.txt: no picture format ends in .txt", ".dot", ".mmd", ".svg"],
    ),
    "a registry": (["--registry", "records", "status"], ["records: there is no such registry"]),
    "a project": (["--project", "nowhere", "status"], ["nowhere: there is no such folder"]),
    "a project that is a file": (
        ["--project", "analyzer.toml", "status"],
        ["analyzer.toml: this is no folder; check --project"],
    ),
    "a configuration": (
        ["--config", "none.toml", "status"],
        ["none.toml: there is no such configuration file; check --config"],
    ),
    "a configuration is there": (["init"], ["analyzer.toml: there already; --force"]),
    "a folder to write to": (["status", "--output", "backend"], ["backend: cannot be written"]),
    "a file is in the way": (
        ["status", "--output", "analyzer.toml/new.json"],
        ["analyzer.toml/new.json: cannot be written"],
    ),
}


@pytest.mark.parametrize("request_", REQUESTS)
def test_wrong_request(request_: str, shop: Path, invoke: Invoke) -> None:
    arguments, fragments = REQUESTS[request_]
    before = sorted(path for path in shop.rglob("*"))
    assert_refused(invoke(*arguments, cwd=shop), *fragments)
    assert sorted(path for path in shop.rglob("*")) == before


def test_a_message_is_a_command_to_no_ci_service(shop: Path, invoke: Invoke) -> None:
    """GitHub takes `##[name]` for one wherever it stands, on stderr as well."""
    write_tree(shop, {"analyzer.toml": '"##[stop-commands]x" = 1\n'})
    run = invoke("check", cwd=shop)
    assert_refused(run, r'analyzer.toml:1: unknown key "\x23#[stop-commands]x"')


def test_near_names_are_three_at_most(shop: Path, invoke: Invoke) -> None:
    error = invoke("show", "SHP-BE-SVC-XXX-001", cwd=shop).err
    assert error.partition("near names: ")[2].count(",") == 2


def test_a_module_in_two_services(tmp_path: Path, invoke: Invoke) -> None:
    project = copy_asset("two_services", tmp_path)
    write_tree(project, {"analyzer.toml": "", "registry/A.yaml": record("T-SVC-A-001", "billing")})
    for arguments in (["impact", "app.main"], ["why", "app.main", "app.store"]):
        assert_refused(
            invoke(*arguments, cwd=project),
            '"app.main" is the name of several modules: billing/app/main.py, search/app/main.py',
        )


CONFIGURATIONS = {
    "unknown key": (
        '\nexcldue = ["x"]\n',
        'analyzer.toml:2: unknown key "excldue"; did you mean "exclude"?',
    ),
    "unlike any key": (
        "colour = 1\n",
        'analyzer.toml:1: unknown key "colour"; known are baseline,',
    ),
    "unknown key in a section": (
        "roots = []\n[scope]\nincldue = []\n",
        'analyzer.toml:3: unknown key "scope.incldue"; did you mean "include"?',
    ),
    "unknown key of a rule": (
        '[rules.wave-order]\nseverty = "off"\n',
        'analyzer.toml:2: unknown key "rules.wave-order.severty"; did you mean "severity"?',
    ),
    "unknown rule": (
        'roots = []\n\n[rules.dependency-cylce]\nseverity = "off"\n',
        'analyzer.toml:3: unknown rule "dependency-cylce"; did you mean "dependency-cycle"?',
    ),
    "text for a list": ('roots = "src"\n', 'analyzer.toml:1: wrong value for "roots"'),
    "number for text": ("baseline = 3\n", 'analyzer.toml:1: wrong value for "baseline"'),
    "unknown severity": (
        '[rules.wave-order]\nseverity = "fatal"\n',
        'analyzer.toml:2: wrong value for "rules.wave-order.severity',
    ),
    "no TOML": ("roots = [\n", "analyzer.toml: not readable as TOML"),
    "no UTF-8": (b"# caf\xe9\n".decode("latin-1"), "analyzer.toml: not readable as TOML"),
    "registry is not there": (
        '\nregistry = ["docs", "records"]\n',
        'analyzer.toml:2: registry names "records", which is not there',
    ),
    "root is not there": (
        'roots = ["srv"]\n',
        'analyzer.toml:1: roots names "srv", which is not there',
    ),
    "root outside": (
        'roots = ["../shop"]\n',
        'analyzer.toml:1: the root "../shop" is outside of the project',
    ),
}


@pytest.mark.parametrize("case", CONFIGURATIONS)
def test_wrong_configuration(case: str, shop: Path, invoke: Invoke) -> None:
    text, fragment = CONFIGURATIONS[case]
    # As bytes of Latin-1: one case is no UTF-8.
    (shop / "analyzer.toml").write_bytes(text.encode("latin-1"))
    assert_refused(invoke("status", cwd=shop), fragment)
    (shop / "analyzer.toml").rename(shop / "other.toml")
    run = invoke("--project", ".", "--config", "other.toml", "status", cwd=shop)
    assert_refused(run, fragment.replace("analyzer.toml", "other.toml"))


def test_wrong_table_in_pyproject(shop: Path, invoke: Invoke) -> None:
    (shop / "analyzer.toml").unlink()
    text = '[project]\nname = "shop"\n\n[tool.analyzer]\ntest = []\n'
    (shop / "pyproject.toml").write_text(text, encoding="utf-8")
    assert_refused(
        invoke("status", cwd=shop), 'pyproject.toml:5: unknown key "test"; did you mean "tests"?'
    )
    # Somebody else's mistake does not stop the work; our own table in it does.
    (shop / "analyzer.toml").touch()
    (shop / "pyproject.toml").write_text("[project\n", encoding="utf-8")
    assert invoke("status", cwd=shop).code == 0


def test_no_project_above(tmp_path: Path) -> None:
    """A process of its own: nothing of this repository stands above a temporary folder."""
    write_tree(tmp_path, {"a.py": "", "pyproject.toml": "[tool.other]\n"})
    assert_refused(run_cli("status", cwd=tmp_path), "no project here or above", "--project DIR")


@pytest.mark.skipif(os.geteuid() == 0, reason="root can write everywhere")
def test_a_folder_that_cannot_be_written(shop: Path, invoke: Invoke) -> None:
    locked = shop / "locked"
    locked.mkdir(mode=0o500)
    run = invoke("status", "--output", "locked/answer.json", cwd=shop)
    assert_refused(run, "locked/answer.json: cannot be written: Permission denied")


@pytest.mark.parametrize(
    "revision", ["nowhere", "-x", "--output=pwned", "HEAD:backend", "", "@{-9}"]
)
def test_an_unknown_revision(revision: str, shop: Path, invoke: Invoke) -> None:
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Start"]):
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
        subprocess.run(["git", *identity, *command], cwd=shop, check=True)
    run = invoke("impact", f"--diff={revision}", cwd=shop)
    assert_refused(run, f'git knows no commit "{revision}"' if revision else "--diff BASE")
    assert not list(shop.glob("*pwned*"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["show"],
        ["show", "a", "b"],
        ["why", "a"],
        ["status", "--format", "xml"],
        ["diagram", "--wave", "two"],
        ["diagram", "--direction", "sideways"],
        ["diagram", "--around", "a", "--depth", "0"],
        ["diagram", "--fold-by", "colour"],
        ["check", "--fail-level", "fatal"],
        ["export", "--level", "line"],
        ["--nothing", "status"],
    ],
)
def test_usage_errors_of_the_parser(arguments: list[str], shop: Path, invoke: Invoke) -> None:
    run = invoke(*arguments, cwd=shop)
    assert (run.code, run.out) == (2, "")
    assert "Usage:" in run.err
    assert "Traceback" not in run.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["owners", "-v"],
            "No such option: -v; it stands before the command, as in `analyzer -v …`",
        ),
        (
            ["registry", "discover", "--quiet"],
            "No such option: --quiet; it stands before the command, as in `analyzer --quiet …`",
        ),
        (["owners", "--nothing"], "No such option: --nothing"),
        (["discover"], "No such command 'discover'. There is `analyzer registry discover`."),
        (["nothing"], "No such command 'nothing'."),
    ],
)
def test_what_stands_in_the_wrong_place(
    tmp_path: Path, invoke: Invoke, arguments: list[str], said: str
) -> None:
    """Options of all commands stand in front of them, and the registry's commands behind it."""
    run = invoke(*arguments, cwd=tmp_path)
    assert (run.code, run.out) == (2, "")
    assert run.err.endswith(f"\nError: {said}\n")


def test_without_a_registry_the_first_one_is_offered(tmp_path: Path, invoke: Invoke) -> None:
    write_tree(tmp_path, {"analyzer.toml": ""})
    assert_refused(
        invoke("owners", cwd=tmp_path), "no registry found", "`analyzer init --discover` writes a"
    )
