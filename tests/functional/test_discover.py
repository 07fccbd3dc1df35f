"""`registry discover`, `registry add` and `init --discover` on a small shop."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.functional.running import Invoke, assert_expected, assert_refused, record
from tests.support import git, write_tree

APP = """'''The shop's server.'''
from fastapi import FastAPI
from shop.api import cart

app = FastAPI()
app.include_router(cart.router)
"""
ROUTES = '''"""Cart API (M2)

Takes what customers choose.
"""
from fastapi import APIRouter
from shop.services.stock import reserve

router = APIRouter(prefix="/cart")


@router.get("/{id}")
def show(id): ...


@router.post("")
def add(item):
    return reserve(item)
'''
FILES = {
    "shop/__init__.py": "",
    "shop/main.py": APP,
    "shop/api/__init__.py": "",
    "shop/api/cart.py": ROUTES,
    "shop/services/__init__.py": "",
    "shop/services/orders.py": (
        "from shop.services import stock\nfrom shop.services import prices\n"
    ),
    "shop/services/stock.py": (
        '"""Keeps count of what is there."""\n\n\ndef reserve(item):\n'
        '    session.execute("UPDATE stock SET n = n - 1")\n    session.commit()\n'
    ),
    "shop/services/prices.py": "VAT = 0.2\n",
    "shop/worker/__init__.py": "",
    "shop/worker/mailer.py": (
        "import time\n\n\ndef run():\n    while True:\n        send()\n        time.sleep(1)\n\n\n"
        'if __name__ == "__main__":\n    run()\n'
    ),
    "tests/test_stock.py": "from shop.services import stock\n",
    "Dockerfile": 'FROM python\nCMD ["python", "-m", "shop.worker.mailer"]\n',
    "analyzer.toml": "",
}
ORDERS = record("SHOP-BE-SVC-ORD-001", "shop/services/orders.py", owner="sales")
STOCK = "SHOP-BE-SVC-STC-001"
DAY_ONE = {"registry/orders.yaml": ORDERS}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The shop with one record."""
    return write_tree(tmp_path, FILES | DAY_ONE)


def test_what_is_proposed(tree: Path, invoke: Invoke) -> None:
    """In scope beside the registered module; beyond, where production runs by a folder."""
    found = invoke("registry", "discover", cwd=tree)
    assert (found.code, found.err) == (0, "")
    assert_expected("discover.txt", found.out)
    reasons = invoke("-v", "registry", "discover", cwd=tree)
    assert_expected("discover_reasons.txt", reasons.out)


def test_the_document(tree: Path, invoke: Invoke) -> None:
    document = json.loads(invoke("registry", "discover", "--format", "json", cwd=tree).out)
    assert document["summary"] == {"total": 5, "in_scope": 2}
    first = document["proposals"][0]
    assert (first["id"], first["path"], first["in_scope"]) == (
        STOCK,
        "shop/services/stock.py",
        True,
    )
    assert first["dependents"] == ["SHOP-BE-SVC-ORD-001"]
    assert [one["importer"] for one in first["importers"]] == [
        "shop/api/cart.py",
        "shop/services/orders.py",
    ]
    assert {
        "name": "authority_level",
        "value": "mutate",
        "confidence": "certain",
        "reason": "it writes to a database: session.execute()",
        "path": "shop/services/stock.py",
        "line": 5,
    } in first["fields"]


def test_only_some_of_it(tree: Path, invoke: Invoke) -> None:
    def discover(path: str) -> list[str]:
        run = invoke("registry", "discover", path, "--format", "json", cwd=tree)
        return [one["path"] for one in json.loads(run.out)["proposals"]]

    assert discover("shop/worker") == ["shop/worker/mailer.py"]
    assert discover(str(tree / "shop" / "worker" / "mailer.py")) == ["shop/worker/mailer.py"]
    # A file is proposed whatever it is.
    assert discover("Dockerfile") == ["Dockerfile"]


def test_scope_that_is_configured_is_all(tree: Path, invoke: Invoke) -> None:
    write_tree(tree, {"analyzer.toml": '[scope]\ninclude = ["shop/services/*.py"]\n'})
    out = invoke("registry", "discover", "--format", "json", cwd=tree).out
    assert [one["path"] for one in json.loads(out)["proposals"]] == [
        "shop/services/stock.py",
        "shop/services/prices.py",
    ]


def test_ids_are_built_as_the_configuration_says(tree: Path, invoke: Invoke) -> None:
    ids = '[ids]\npattern = "SHOP-<TYPE>-<DOMAIN>-<SEQ>"\n'
    ids += '[ids.types]\nS = ["service"]\nR = ["api-route"]\n'
    write_tree(tree, {"analyzer.toml": ids})
    found = invoke("registry", "add", "shop/api/cart.py", "--yes", "--owner", "a", cwd=tree)
    assert (
        found.out
        == "wrote registry/SHOP-R-CRT-001.yaml: SHOP-R-CRT-001 registers shop/api/cart.py\n"
    )


def test_one_is_added(tree: Path, invoke: Invoke) -> None:
    """The record goes beside the others; then the module has one."""
    arguments = ("registry", "add", "shop/services/stock.py", "--yes")
    dry = invoke(*arguments, "--dry-run", cwd=tree)
    assert not (tree / "registry" / f"{STOCK}.yaml").exists()
    run = invoke(*arguments, cwd=tree)
    assert (run.code, run.err) == (0, "")
    assert run.out == f"wrote registry/{STOCK}.yaml: {STOCK} registers shop/services/stock.py\n"
    text = (tree / "registry" / f"{STOCK}.yaml").read_text()
    assert text == (
        f"artifact_id: {STOCK}\n"
        "name: stock.py\n"
        "type: service\n"
        "status: active\n"
        "owner: sales\n"
        "path: shop/services/stock.py\n"
        "purpose: Keeps count of what is there\n"
        "authority_level: mutate\n"
        "execution_surface: server\n"
    )
    assert dry.out == (
        f"# registry/{STOCK}.yaml\n{text}\n# 1 record, none written: this is a dry run\n"
    )
    again = invoke(*arguments, cwd=tree)
    assert_refused(again, f"shop/services/stock.py: {STOCK} registers it already")


def test_what_somebody_decides_counts(tree: Path, invoke: Invoke) -> None:
    run = invoke(
        *("registry", "add", "shop/services/stock.py", "--yes", "--type", "library"),
        *("--owner", "logistics", "--purpose", "Counts: all", "--authority-level", "enforce"),
        *("--wave", "2", "--name", "stock", "--status", "experimental"),
        *("--execution-surface", "none"),
        cwd=tree,
    )
    # Another type has another head.
    assert run.out == (
        "wrote registry/SHOP-LIB-PKG-STC-001.yaml: SHOP-LIB-PKG-STC-001 registers "
        "shop/services/stock.py\n"
    )
    assert (tree / "registry" / "SHOP-LIB-PKG-STC-001.yaml").read_text() == (
        "artifact_id: SHOP-LIB-PKG-STC-001\nname: stock\ntype: library\nstatus: experimental\n"
        "owner: logistics\nwave: 2\npath: shop/services/stock.py\npurpose: 'Counts: all'\n"
        "authority_level: enforce\nexecution_surface: none\n"
    )


def test_everything_below_a_folder_is_added(tree: Path, invoke: Invoke) -> None:
    """No finding of a module without a record is left, nor any other about the new records."""
    run = invoke("registry", "add", "--all-in", ".", "--yes", cwd=tree)
    assert run.code == 0
    assert run.out.count("wrote registry/") == 5
    check = invoke("check", "--select", "REG", "--format", "json", cwd=tree)
    assert json.loads(check.out)["findings"] == []
    assert "Everything in scope has a record" in invoke("registry", "discover", cwd=tree).out
    again = invoke("registry", "add", "--all-in", ".", "--yes", cwd=tree)
    assert_refused(again, ".: nothing below it is in scope and without a record")


@pytest.mark.parametrize("command", [("discover",), ("add", "shop/services/orders.py", "--yes")])
def test_a_record_that_cannot_be_read_is_said(
    tree: Path, invoke: Invoke, command: tuple[str, ...]
) -> None:
    """What it registers may be among what is proposed."""
    write_tree(tree, {"registry/orders.yaml": f"{ORDERS}also: [\n"})
    run = invoke("registry", *command, cwd=tree)
    assert run.code == 0
    assert (
        "analyzer: registry/orders.yaml:11: not usable as YAML: did not find expected node "
        "content; mend it first, as what it registers counts as unregistered\n" in run.err
    )


def test_a_folder_out_of_scope_is_not_called_registered(tree: Path, invoke: Invoke) -> None:
    write_tree(tree, {"web/cart.js": ""})
    run = invoke("registry", "discover", "web", cwd=tree)
    assert run.code == 0
    assert run.out == (
        "web: nothing below is in scope and without a record; of what is out of scope, name a "
        "file\n"
    )


@pytest.mark.parametrize(
    ("arguments", "fragments"),
    [
        (["shop/services/orders.py", "--yes"], ["SHOP-BE-SVC-ORD-001 registers it already"]),
        ([".", "--yes"], [".: the whole project is no artifact", "--all-in ."]),
        (["registry/orders.yaml", "--yes"], ["registry/orders.yaml: a file of the registry"]),
        (["", "--yes"], ['"": there is no such file or folder']),
        (["shop/nothing.py", "--yes"], ["shop/nothing.py: there is no such file or folder"]),
        (["../outside.py", "--yes"], ["../outside.py: outside of the project"]),
        (["ignored.py", "--yes"], ["ignored.py: left out of the analysis"]),
        (["shop/services/stock.py"], ["stdin is no terminal", "--yes", "--dry-run"]),
        (["--yes"], ["name one PATH, or a folder with --all-in"]),
        (["a", "--all-in", "b", "--yes"], ["name one PATH, or a folder with --all-in"]),
        (["--all-in", ".", "--yes", "--id", "X"], ["--id: one for all is none"]),
        (
            ["shop/services/stock.py", "--yes", "--id", "shop-be-svc-ord-001"],
            ['"shop-be-svc-ord-001" is taken by registry/orders.yaml:1'],
        ),
        (
            ["shop/services/stock.py", "--yes", "--type", "servise"],
            ['unknown type "servise"', 'did you mean "service"?'],
        ),
        *(
            (
                ["shop/services/stock.py", "--yes", "--id", id_],
                [f'--id: "{shown}" can be no name of a file; give it another id'],
            )
            for id_, shown in {
                "../SHOP-BE-SVC-STK-001": "../SHOP-BE-SVC-STK-001",
                "SHOP-BE-SVC-ORD-001/../../../x": "SHOP-BE-SVC-ORD-001/../../../x",
                "/x": "/x",
                "-x": "-x",
                ".x": ".x",
                "": "",
                'a"b': 'a"b',
                "A\nB-001": "A\\nB-001",
                f"SHOP-BE-SVC-{'X' * 300}-001": f"SHOP-BE-SVC-{'X' * 300}-001",
            }.items()
        ),
    ],
)
def test_what_is_refused(
    tree: Path, invoke: Invoke, arguments: list[str], fragments: list[str]
) -> None:
    """One line says where, what and what to do; nothing is written."""
    write_tree(tree.parent, {"outside.py": ""})
    write_tree(tree, {"ignored.py": "", "analyzer.toml": 'exclude = ["ignored.py"]\n'})
    assert_refused(invoke("registry", "add", *arguments, cwd=tree), *fragments)
    assert [one.name for one in (tree / "registry").iterdir()] == ["orders.yaml"]
    assert [*tree.rglob("*.yaml")] == [tree / "registry/orders.yaml"]


def test_an_owner_that_nothing_names_is_not_made_up(tmp_path: Path, invoke: Invoke) -> None:
    project = write_tree(tmp_path, FILES | {"registry/orders.yaml": ORDERS.replace("sales", '""')})
    run = invoke("registry", "add", "shop/services/stock.py", "--yes", cwd=project)
    assert run.err == (
        "analyzer: the record names no owner, as nothing says who it is (OWN001); add it by hand\n"
    )
    assert "owner" not in (project / "registry" / f"{STOCK}.yaml").read_text()


def test_codeowners_name_the_owner(tree: Path, invoke: Invoke) -> None:
    write_tree(
        tree, {"CODEOWNERS": "/shop/services/  @shop/sales\n/shop/worker/  @shop/mail @ann\n"}
    )
    (tree / ".git").mkdir()
    run = invoke("registry", "discover", "--format", "json", cwd=tree)
    owners = {
        one["path"]: (field["value"], field["confidence"], field["path"], field["line"])
        for one in json.loads(run.out)["proposals"]
        for field in one["fields"]
        if field["name"] == "owner"
    }
    # The registry calls the first team by its own name.
    assert owners["shop/services/stock.py"] == ("sales", "certain", "CODEOWNERS", 1)
    assert owners["shop/worker/mailer.py"] == ("@shop/mail", "likely", "CODEOWNERS", 2)


def test_history_names_the_owner(tree: Path, invoke: Invoke) -> None:
    """Where nobody else does, and only people whom somebody calls owners: a guess."""
    git(tree, "init", "-q")
    git(tree, "add", "-A")
    git(tree, "commit", "-qm", "Start")
    for number in range(2):
        (tree / "shop/worker/mailer.py").write_text(f"N = {number}\n", encoding="utf-8")
        git(tree, "commit", "-qam", "Mail", "--author", "Ann <ann@example.org>")

    def find_owner() -> tuple[str, str, str] | None:
        run = invoke("registry", "discover", "shop/worker/mailer.py", "--format", "json", cwd=tree)
        (proposal,) = json.loads(run.out)["proposals"]
        found = [one for one in proposal["fields"] if one["name"] == "owner"]
        return (found[0]["value"], found[0]["confidence"], found[0]["reason"]) if found else None

    assert find_owner() is None
    with (tree / "analyzer.toml").open("a", encoding="utf-8") as file:
        file.write('[owners]\nmail = ["@shop/mail", "ann@example.org"]\n')
    found = find_owner()
    assert found is not None
    assert found[:2] == ("mail", "guess")
    assert found[2].startswith("2 of its 3 commits since 20")


def test_two_at_once_never_give_one_number_twice(tree: Path) -> None:
    """Real processes that want the same id: the consonants of `parcel` and `prices` are PRC."""
    names = ["parcel", "prices"]
    write_tree(tree, {f"shop/services/{name}.py": "" for name in names})
    command = [sys.executable, "-m", "analyzer", "registry", "add", "--yes"]
    running = [
        subprocess.Popen(
            [*command, f"shop/services/{name}.py"],
            cwd=tree,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    ended = [(one.communicate(timeout=60), one.returncode) for one in running]
    assert [code for _, code in ended] == [0, 0], ended
    texts = [file.read_text() for file in sorted((tree / "registry").iterdir())]
    ids = [text.partition("\n")[0] for text in texts]
    assert len(set(ids)) == len(ids) == 3
    for name in names:
        assert sum(f"path: shop/services/{name}.py\n" in text for text in texts) == 1


def test_on_a_terminal_each_field_is_asked_for(tree: Path) -> None:
    """Return takes what is proposed; a wrong value is asked for again."""
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "analyzer", "registry", "add", "shop/services/stock.py"],
        cwd=tree,
        stdin=child,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(child)
    # type, id three times, name, status, owner, purpose, level twice, surface.
    os.write(parent, b"\n../x\nSHOP-BE-SVC-ORD-001\n\n\n\nlogistics\n\nmaster\nenforce\n\n")
    out, err = process.communicate(timeout=60)
    os.close(parent)
    assert process.returncode == 0, err
    assert out == f"wrote registry/{STOCK}.yaml: {STOCK} registers shop/services/stock.py\n"
    text = (tree / "registry" / f"{STOCK}.yaml").read_text()
    assert "owner: logistics\n" in text
    assert "authority_level: enforce\n" in text
    assert "certain: it writes to a database: session.execute()" in err
    assert "one of observe, advise, enforce, mutate" in err
    assert "it is the name of a file, too" in err
    assert "registry/orders.yaml:1 has it" in err


def test_a_first_registry(tmp_path: Path, invoke: Invoke) -> None:
    """Files that are something by themselves, packages of the rest, nobody made up."""
    files = {path: text for path, text in FILES.items() if path != "analyzer.toml"}
    more = {
        "shop/models/__init__.py": '"""What the shop knows."""\n',
        "shop/models/order.py": "",
        "shop/models/item.py": "",
        "shop/api/base.py": "",
        "shop/api/errors.py": "",
        "examples/try_it.py": "",
        "pyproject.toml": '[project]\nname = "corner-shop"\nversion = "1"\n',
    }
    project = write_tree(tmp_path / "checkout", files | more)
    run = invoke("--project", str(project), "init", "--discover", cwd=project)
    assert run.code == 0, run.err
    records = sorted(path.name for path in (project / "registry_data/corner-shop").iterdir())
    assert_expected(
        "first_registry.txt",
        "".join(
            (project / "registry_data/corner-shop" / name).read_text() + "\n" for name in records
        )
        + (project / "analyzer.toml").read_text(),
    )
    check = invoke("--project", str(project), "check", "--format", "json", cwd=project)
    findings = json.loads(check.out)["findings"]
    assert {one["code"] for one in findings} == {"OWN001", "ORP002", "ORP006"}
    assert check.code == 0
    assert_refused(
        invoke("init", "--discover", cwd=project), "there already; --force overwrites it"
    )
    forced = invoke("init", "--discover", "--force", cwd=project)
    assert_refused(forced, "there is a registry already", "registry add --all-in .")
    # What is added to a folder of such files needs a record; to a package that has one, none.
    write_tree(project, {"shop/api/refunds.py": "", "shop/models/refund.py": ""})
    new = invoke("check", "--select", "REG006", "--format", "json", cwd=project)
    assert [one["path"] for one in json.loads(new.out)["findings"]] == ["shop/api/refunds.py"]


def test_no_registry_is_left_without_its_configuration(tmp_path: Path, invoke: Invoke) -> None:
    files = {path: text for path, text in FILES.items() if path != "analyzer.toml"}
    project = write_tree(tmp_path / "checkout", files | {"analyzer.toml/x": ""})
    run = invoke("--project", str(project), "init", "--discover", "--force", cwd=project)
    assert_refused(run, "analyzer.toml: cannot be written: it is a folder; nothing was written")
    assert not (project / "registry_data").exists()


def test_a_first_registry_with_an_owner(tmp_path: Path, invoke: Invoke) -> None:
    files = {path: text for path, text in FILES.items() if path != "analyzer.toml"}
    project = write_tree(tmp_path, files)
    run = invoke("--project", ".", "init", "--discover", "--owner", "sales", cwd=project)
    assert (run.code, run.out) == (0, "")
    check = invoke("check", "--select", "OWN", cwd=project)
    assert (check.code, check.out) == (0, "No findings\n")
    assert "no-owner" not in (project / "analyzer.toml").read_text()
    refused = invoke("--project", ".", "init", "--owner", "sales", "--force", cwd=project)
    assert_refused(refused, "--owner", "add --discover")
