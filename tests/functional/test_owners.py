"""`owners` and `registry codeowners` on a small repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.functional.running import Invoke, assert_refused, record
from tests.support import git, write_tree
from tests.unit.sources.test_git_history import commit

FILES = {
    ".gitignore": "__pycache__/\n",
    "analyzer.toml": '[owners]\nshop = ["@acme/shop", "ann@x.org"]\n',
    ".github/CODEOWNERS": "/shop/ @acme/shop @all\n/bank/ @acme/Bank\n!x @y\n/gone/ @acme/shop\n",
    "shop/__init__.py": "",
    "shop/web.py": "from fastapi import FastAPI\nfrom shop import cart\napp = FastAPI()\n\n\n"
    "@app.get('/cart')\ndef show(): ...\n",
    "shop/cart.py": "import glue\nfrom bank import ledger, rates\n",
    "glue.py": "from bank import vault\n",
    "bank/__init__.py": "",
    "bank/ledger.py": "",
    "bank/rates.py": "",
    "bank/vault.py": "",
    "tools/a.sh": "",
    "tools/deep/b.sh": "",
    "registry/W.yaml": record("T-BE-API-W-001", "shop/web.py", type="api-route", owner="shop"),
    "registry/C.yaml": record("T-BE-SVC-C-001", "shop/cart.py", owner="shop"),
    "registry/L.yaml": record(
        "T-BE-SVC-L-001", "bank/ledger.py", owner="bank", authority_level="enforce"
    ),
    "registry/R.yaml": record("T-BE-SVC-R-001", "bank/rates.py", owner=""),
    "registry/V.yaml": record(
        "T-BE-SVC-V-001", "bank/vault.py", owner="bank", authority_level="mutate"
    ),
}

TEXT = """\
CODEOWNERS  .github/CODEOWNERS, 3 rules (github)
  .github/CODEOWNERS:3: !x: no pattern takes files out with `!`; the line counts for nothing
  .github/CODEOWNERS:4: /gone/ fits no file
bank (@acme/Bank)
  2 artifacts, 0 endpoints, findings: 0 error, 0 warning, 0 info
  used by shop (2)
shop (@acme/shop)
  2 artifacts, 1 endpoint, findings: 0 error, 2 warning, 0 info
  depends on bank (2), nobody (1)
nobody
  1 artifact, 0 endpoints, findings: 1 error, 0 warning, 0 info
  used by shop (1)

row depends on column  bank  shop  nobody
bank                      .     0       0
shop                      2     .       1
nobody                    0     0       .
Worst of each pair: leads to what may do most, then the longest chain
  shop -> bank  2 dependencies; T-BE-SVC-C-001 -> T-BE-SVC-V-001, which may mutate
      shop/cart.py:1: import glue  [glue.py]
      glue.py:1: from bank import vault  [bank/vault.py]
  shop -> nobody  1 dependency; T-BE-SVC-C-001 -> T-BE-SVC-R-001, which may observe
      shop/cart.py:2: from bank import ledger, rates  [bank/rates.py]

Without an owner: 1 record
  T-BE-SVC-R-001  registry/R.yaml:5

CODEOWNERS gives to nobody: 11 of 18 files
  registry/  (5 files)
  tools/  (2 files)
  .github/  (1 file)
  .gitignore
  analyzer.toml
  glue.py
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    return write_tree(tmp_path, FILES)


def test_who_owns_what(repository: Path, invoke: Invoke) -> None:
    run = invoke("owners", cwd=repository)
    assert (run.code, run.err) == (0, "")
    assert run.out == TEXT


def test_the_document(repository: Path, invoke: Invoke) -> None:
    document = json.loads(invoke("owners", "--format", "json", cwd=repository).out)
    assert document["codeowners"] == {
        "path": ".github/CODEOWNERS",
        "dialect": "github",
        "rules": 3,
        "problems": [
            {
                "line": 3,
                "message": "!x: no pattern takes files out with `!`; the line counts for nothing",
            }
        ],
        "idle": [{"line": 4, "pattern": "/gone/"}],
    }
    shop = document["owners"][1]
    assert (shop["owner"], shop["handles"], shop["artifacts"], shop["summary"]) == (
        "shop",
        ["@acme/shop"],
        ["T-BE-API-W-001", "T-BE-SVC-C-001"],
        {"error": 0, "warning": 2, "info": 0},
    )
    assert [one["path"] for one in shop["endpoints"]] == ["/cart"]
    assert [(one["from"], one["to"], one["count"]) for one in document["dependencies"]] == [
        ("shop", "bank", 2),
        ("shop", None, 1),
    ]
    worst = document["dependencies"][0]
    assert (worst["authority_level"], worst["worst"]["hops"]) == ("mutate", 2)
    assert document["without_owner"] == [
        {"artifact": "T-BE-SVC-R-001", "path": "registry/R.yaml", "line": 5}
    ]
    assert {"path": "tools/", "files": 2} in document["unowned"]
    assert document["history"] is None


def test_who_changed_what(repository: Path, invoke: Invoke) -> None:
    commit(repository, "Dee <d@x.org>", "2024-01-01", {})
    commit(
        repository, "Ann <ann@x.org>", "2024-02-01", {"shop/cart.py": FILES["shop/cart.py"] + "\n"}
    )
    bank = {"bank/ledger.py": "1", "bank/vault.py": "1", "shop/web.py": FILES["shop/web.py"] + "\n"}
    commit(repository, "Ann <ann@x.org>", "2024-03-01", bank)
    commit(repository, "Bob <bob@x.org>", "2024-04-01", {"bank/vault.py": "2"})
    run = invoke("owners", "--history", "--bulk", "10", cwd=repository)
    assert run.out.startswith(TEXT)
    assert run.out.removeprefix(TEXT).splitlines() == [
        "",
        (
            "Who changed what: 3 commits from 2023-04-02 to 2024-04-01, without merges, 0 of bots "
            "and 1 that changed more than 10 files"
        ),
        "One author alone: 3 artifacts",
        "  T-BE-API-W-001  owner shop; 1 commit: Ann 100%",
        "  T-BE-SVC-C-001  owner shop; 1 commit: Ann 100%",
        "  T-BE-SVC-L-001  owner bank; 1 commit: Ann 100%",
        "Not changed at all: 1 artifact",
        ('No author is known of bank: name them in [owners], such as bank = ["ann@example.org"]'),
    ]
    config = FILES["analyzer.toml"] + 'bank = ["bob@x.org"]\n'
    (repository / "analyzer.toml").write_text(config, encoding="utf-8")
    arguments = ("owners", "--history", "--bulk", "10")
    lines = invoke(*arguments, cwd=repository).out.splitlines()
    title = lines.index("The owner is not among the authors: 1 artifact")
    assert lines[title + 1] == "  T-BE-SVC-L-001  owner bank; 1 commit: Ann 100%"
    document = json.loads(invoke(*arguments, "--format", "json", cwd=repository).out)
    assert document["history"]["artifacts"][4] == {
        "artifact": "T-BE-SVC-V-001",
        "owner": "bank",
        "commits": 2,
        "authors": [
            {"name": "Ann", "email": "ann@x.org", "commits": 1, "share": 0.5},
            {"name": "Bob", "email": "bob@x.org", "commits": 1, "share": 0.5},
        ],
        "owner_among_authors": True,
    }
    assert document["history"]["left_out"] == {"bots": 0, "bulk": 1, "most_files": 10}


COMPILED = """\
# Generated by `analyzer registry codeowners` from the owners of records: change these, and
# run it again. The last match wins.

/bank/ledger.py @acme/Bank
/bank/vault.py @acme/Bank
/shop/cart.py @acme/shop
/shop/web.py @acme/shop
"""


NO_LINES = """\
analyzer: 1 of 6 records give no line, as there is no owner (OWN001); `analyzer registry validate` \
lists them
analyzer: 1 of 6 records give no line, as there is no place (REG003, REG004); `analyzer registry \
validate` lists them
"""


def test_a_file_made_of_records(repository: Path, invoke: Invoke) -> None:
    write_tree(repository, {"registry/N.yaml": record("T-BE-SVC-N-001", "none.py", owner="shop")})
    printed = invoke("registry", "codeowners", cwd=repository)
    assert (printed.out, printed.err) == (COMPILED, NO_LINES)
    stale = invoke("registry", "codeowners", "--check", cwd=repository)
    assert stale.code == 1
    assert stale.out == (
        ".github/CODEOWNERS:1: has `/shop/ @acme/shop @all`, should have `# Generated by `analyzer "
        "registry codeowners` from the owners of records: change these, and`; run `analyzer "
        "registry codeowners --output .github/CODEOWNERS`\n"
    )
    place = ("registry", "codeowners", "--output", ".github/CODEOWNERS")
    written = invoke(*place, cwd=repository)
    assert (written.code, written.out) == (0, "")
    assert written.err == (
        f"{NO_LINES}analyzer: .github/CODEOWNERS: was not generated; what somebody wrote there for "
        "files of no record goes; `git diff` shows it\n"
    )
    assert invoke(*place, cwd=repository).err == NO_LINES
    assert (repository / ".github/CODEOWNERS").read_text(encoding="utf-8") == COMPILED
    fresh = invoke("registry", "codeowners", "--check", cwd=repository)
    assert (fresh.code, fresh.out) == (0, "up to date\n")
    write_tree(
        repository, {"registry/V.yaml": record("T-BE-SVC-V-001", "bank/vault.py", owner="shop")}
    )
    document = json.loads(invoke(*place[:2], "--check", "--format", "json", cwd=repository).out)
    assert document["stale"].startswith(
        ".github/CODEOWNERS:5: has `/bank/vault.py @acme/Bank`, should have "
        "`/bank/vault.py @acme/shop`; run"
    )
    assert document["rules"][1] == {
        "pattern": "/bank/vault.py",
        "handles": ["@acme/shop"],
        "artifacts": ["T-BE-SVC-V-001"],
    }
    (repository / ".github/CODEOWNERS").unlink()
    gone = invoke("registry", "codeowners", "--check", cwd=repository)
    assert_refused(gone, "no handle is known of bank; map each in [owners]", '"bank" = "@org/team"')


def test_no_file_is_made_of_records_that_cannot_be_read(repository: Path, invoke: Invoke) -> None:
    """The vault would go to whoever owns what is around it."""
    again = record("T-BE-SVC-C-001", "bank/vault.py", owner="bank")
    write_tree(repository, {"registry/V.yaml": again})
    twice = invoke("registry", "codeowners", cwd=repository)
    assert_refused(twice, "registry/V.yaml:1: the id T-BE-SVC-C-001 is that of", "mend it first")
    write_tree(repository, {"registry/V.yaml": "artifact_id: T-BE-SVC-V-001\nname: [\n"})
    said = invoke("owners", cwd=repository).err
    assert said.startswith("analyzer: registry/V.yaml:3: not usable as YAML")
    assert said.endswith("; mend it first, as its records are missing here\n")
    before = (repository / ".github/CODEOWNERS").read_bytes()
    for more in ((), ("--check",), ("--output", ".github/CODEOWNERS")):
        assert_refused(
            invoke("registry", "codeowners", *more, cwd=repository),
            "registry/V.yaml:3: not usable as YAML",
            "mend it first, as the lines of its records would be missing",
        )
    assert (repository / ".github/CODEOWNERS").read_bytes() == before


def test_the_command_that_is_named_is_one_for_the_folder_that_one_is_in(
    tmp_path: Path, invoke: Invoke
) -> None:
    """A project below its repository has its file at the top, where the forge looks."""
    git(tmp_path, "init", "-q", "-b", "main")
    project = write_tree(tmp_path / "back end", FILES | {"registry/C.yaml": ""})
    (project / ".github/CODEOWNERS").unlink()
    write_tree(project, {"analyzer.toml": '[owners]\nshop = "@a/shop"\nbank = "@a/bank"\n'})
    (project / "registry/C.yaml").unlink()
    check = ("registry", "codeowners", "--check")
    inside = invoke(*check, cwd=project)
    assert inside.out == (
        "../.github/CODEOWNERS: it is not there; run `analyzer registry codeowners --output "
        "../.github/CODEOWNERS`\n"
    )
    outside = invoke("--project", "back end", *check, cwd=tmp_path)
    assert outside.out == (
        "../.github/CODEOWNERS: it is not there; run `analyzer --project 'back end' registry "
        "codeowners --output .github/CODEOWNERS`\n"
    )
    told = ("--project", "back end", *check[:2], "--output", ".github/CODEOWNERS")
    assert invoke(*told, cwd=tmp_path).code == 0
    assert invoke(*check, cwd=project).out == "up to date\n"


def test_no_name_of_a_file_writes_a_rule_of_its_own(repository: Path, invoke: Invoke) -> None:
    """A file in a pull request may be called anything; what a rule cannot hold fits any sign."""
    files = ["shop/a\n*\t@evil.py", "shop/b #c.py", "shop/d e.py"]
    write_tree(repository, dict.fromkeys(files, ""))
    for number, file in enumerate(files):
        text = record(f"T-BE-SVC-F-{number:03}", json.dumps(file), owner="shop")
        write_tree(repository, {f"registry/F{number}.yaml": text})
    lines = invoke("registry", "codeowners", cwd=repository).out.splitlines()
    assert lines[5:] == [
        "/shop/a?\\*?@evil.py @acme/shop",
        "/shop/b?#c.py @acme/shop",
        "/shop/cart.py @acme/shop",
        "/shop/d\\ e.py @acme/shop",
        "/shop/web.py @acme/shop",
    ]


def test_no_file_is_stale_too(repository: Path, invoke: Invoke) -> None:
    config = '[owners]\nshop = "@acme/shop"\nbank = "@acme/bank"\n'
    write_tree(repository, {"analyzer.toml": config})
    (repository / ".github/CODEOWNERS").unlink()
    run = invoke("registry", "codeowners", "--check", cwd=repository)
    assert run.code == 1
    assert run.out == (
        ".github/CODEOWNERS: it is not there; run `analyzer registry codeowners --output "
        ".github/CODEOWNERS`\n"
    )
