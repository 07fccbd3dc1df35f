"""`registry change new` and CHG001: records of changes, drafted and asked for."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path

import pytest

from analyzer.model.names import ProjectPath
from analyzer.registry.change_records import find_change_records, next_change_id
from tests.functional.running import ROOT, Invoke, assert_refused, record
from tests.support import git, write_tree

YEAR = datetime.datetime.now(tz=datetime.UTC).year
API = """
from fastapi import FastAPI
import prices
app = FastAPI()

@app.get('/p')
def p(): ...
"""
PRICES = '"""Prices."""\n\n\ndef find(name, *, day=None):\n    return 1\n\n\ndef _own(): ...\n'


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    files = {
        "api.py": API,
        "prices.py": PRICES,
        "stock.py": "",
        "tests/test_prices.py": "import prices\n",
        "README.md": "",
        "registry/A.yaml": record("T-BE-API-A-001", "api.py", type="api-route"),
        "registry/P.yaml": record("T-BE-SVC-P-001", "prices.py"),
        "registry/S.yaml": record("T-BE-SVC-S-001", "stock.py"),
        "analyzer.toml": '[rules.change-without-record]\nseverity = "error"\n',
    }
    write_tree(tmp_path, files)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "Start")
    return tmp_path


def draft(repository: Path, invoke: Invoke) -> str:
    run = invoke("registry", "change", "new", "--base", "HEAD", "--dry-run", cwd=repository)
    assert (run.code, run.err) == (0, "")
    assert not (repository / "registry/changes").exists()
    return run.out


def fields(text: str, *names: str) -> list[str]:
    """Some lines of a draft."""
    found = {line.strip().partition(":")[0]: line.strip() for line in text.splitlines()}
    return [found[name] for name in names]


IMPACT = ("behavior_change", "interface_change", "data_change", "risk_level")


def test_a_whole_draft(repository: Path, invoke: Invoke) -> None:
    write_tree(
        repository,
        {
            "prices.py": PRICES.replace("day=None", "at"),
            "tests/test_prices.py": "import prices, stock\n",
            "tests/test_more.py": "import api\n",
            "new: file.md": "New",
            "registry/P.yaml": record("T-BE-SVC-P-001", "prices.py", authority_level="mutate"),
        },
    )
    git(repository, "rm", "-q", "stock.py")
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    assert draft(repository, invoke) == (
        f"""\
# A draft: check what it says, and fill in what says TODO.
change_id: CHANGE-{YEAR}-0001
date: '{today}'
author: TODO
change_type: TODO  # bugfix, refactor, behavior_change, performance, security, cleanup, feature or \
deprecation
purpose: TODO  # why; not how
scope:
  artifacts_modified:
    - T-BE-SVC-P-001
    - T-BE-SVC-S-001
  files_added:
    - 'new: file.md'
    - tests/test_more.py
  files_removed:
    - stock.py
  files_renamed: []
impact:
  authority_change: increased  # T-BE-SVC-P-001 from observe to mutate
  behavior_change: TODO  # yes or no: code changes, such as prices.py, stock.py
  interface_change: 'yes'  # prices.py: find changes
  data_change: TODO  # yes or no: no migration changes
risk_level: high  # authority is increased
backward_compatibility: unknown  # prices.py: find changes
validation:
  tests_added: 'yes'
  tests_modified: 'yes'
  manual_verification: TODO  # required or not_required
notes: ""
"""
    )


def test_what_can_be_known_of_a_change(repository: Path, invoke: Invoke) -> None:
    (repository / "prices.py").write_text(PRICES.replace("Prices.", "What things cost."), "utf-8")
    assert fields(draft(repository, invoke), *IMPACT) == [
        "behavior_change: 'no'  # only comments, docstrings and layout change",
        "interface_change: 'no'  # public names, their parameters and endpoints stay as they are",
        "data_change: 'no'  # no code changes",
        "risk_level: low  # nothing that runs changes",
    ]
    git(repository, "checkout", "-q", ".")
    (repository / "README.md").write_text("More\n", encoding="utf-8")
    assert fields(draft(repository, invoke), "change_type", *IMPACT) == [
        "change_type: documentation  # only documents change",
        "behavior_change: 'no'  # only tests, documents and records change",
        "interface_change: 'no'  # public names, their parameters and endpoints stay as they are",
        "data_change: 'no'  # no code changes",
        "risk_level: low  # nothing that runs changes",
    ]
    git(repository, "checkout", "-q", ".")
    (repository / "prices.py").write_text(PRICES + "\nVAT = 1\n", encoding="utf-8")
    assert fields(draft(repository, invoke), *IMPACT[1:], "backward_compatibility") == [
        "interface_change: 'yes'  # prices.py: VAT is new",
        "data_change: TODO  # yes or no: no migration changes",
        "risk_level: medium  # reaches 1 more, such as T-BE-API-A-001",
        "backward_compatibility: 'yes'  # there is only more than before",
    ]
    git(repository, "checkout", "-q", ".")
    (repository / "api.py").write_text(API + "# More\nVAT = 1\n", encoding="utf-8")
    assert fields(draft(repository, invoke), "risk_level") == [
        "risk_level: low  # reaches no other artifact",
    ]
    git(repository, "checkout", "-q", ".")
    (repository / "api.py").write_text(API.replace("'/p'", "'/prices'"), encoding="utf-8")
    (repository / "schema.sql").write_text("drop table x;\n", encoding="utf-8")
    assert fields(draft(repository, invoke), *IMPACT[1:], "backward_compatibility") == [
        "interface_change: 'yes'  # GET /p is gone, GET /prices is new",
        "data_change: 'yes'  # migrations: schema.sql",
        "risk_level: high  # data changes",
        "backward_compatibility: 'no'  # GET /p is gone",
    ]


def test_a_rename(repository: Path, invoke: Invoke) -> None:
    git(repository, "mv", "prices.py", "costs.py")
    text = draft(repository, invoke)
    assert "    - from: prices.py\n      to: costs.py\n" in text
    assert fields(text, "change_type", "interface_change", "backward_compatibility") == [
        "change_type: rename  # files are renamed, and nothing else",
        "interface_change: 'yes'  # prices.py is renamed",
        "backward_compatibility: 'no'  # prices.py is renamed",
    ]


def test_a_change_without_a_record_is_found(repository: Path, invoke: Invoke) -> None:
    (repository / "prices.py").write_text(PRICES + "\n\nVAT = 1\n", encoding="utf-8")
    (repository / "stock.py").write_text("def count(): ...\n", encoding="utf-8")
    review = ("review", "--base", "HEAD", "--select", "CHG001")

    def findings() -> list[tuple[str, str]]:
        found = json.loads(invoke(*review, "--format", "json", cwd=repository).out)["findings"]
        return [(one["path"], one["artifact"]) for one in found]

    both = [("prices.py", "T-BE-SVC-P-001"), ("stock.py", "T-BE-SVC-S-001")]
    assert findings() == both
    # A record that stood there before speaks of another change.
    named = "change_id: CHANGE-2020-0001\nscope:\n  artifacts_modified: [t-be-svc-p-001]\n"
    write_tree(repository, {"registry/changes/CHANGE-2020-0001.yaml": named})
    assert findings() == both[1:]
    git(repository, "add", "registry")
    git(repository, "commit", "-q", "-m", "Record")
    assert findings() == both
    run = invoke("registry", "change", "new", "--base", "HEAD", cwd=repository)
    assert run.out == (
        f"registry/changes/CHANGE-{YEAR}-0001.yaml: 2 artifacts; fill in author, change_type, "
        "impact.behavior_change, impact.data_change, purpose, validation.manual_verification\n"
    )
    assert findings() == []
    # It is no record of an artifact, and `check` asks for none.
    assert "CHANGE" not in invoke("check", cwd=repository).out
    assert "CHG001" not in invoke("check", cwd=repository).out
    (repository / "analyzer.toml").write_text("", encoding="utf-8")
    (repository / "registry/changes" / f"CHANGE-{YEAR}-0001.yaml").unlink()
    assert findings() == []


def test_a_renamed_file_without_a_record_is_found_where_it_is_now(
    repository: Path, invoke: Invoke
) -> None:
    git(repository, "mv", "prices.py", "rates.py")
    git(repository, "rm", "-q", "stock.py", "registry/S.yaml")
    write_tree(repository, {"registry/P.yaml": record("T-BE-SVC-P-001", "rates.py")})
    arguments = ("review", "--base", "HEAD", "--select", "CHG001", "--format", "json")
    found = json.loads(invoke(*arguments, cwd=repository).out)["findings"]
    assert [(one["path"], one["artifact"]) for one in found] == [
        ("rates.py", "T-BE-SVC-P-001"),
        ("stock.py", "T-BE-SVC-S-001"),
    ]


def test_two_drafts_at_once_get_two_numbers(repository: Path) -> None:
    (repository / "stock.py").write_text("COUNT = 1\n", encoding="utf-8")
    command = [sys.executable, "-m", "analyzer", "registry", "change", "new", "--base", "HEAD"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin:/usr/local/bin"}
    runs = [subprocess.Popen(command, cwd=repository, env=environment) for _ in range(2)]
    assert [run.wait(timeout=60) for run in runs] == [0, 0]
    assert sorted(file.name for file in (repository / "registry/changes").iterdir()) == [
        f"CHANGE-{YEAR}-0001.yaml",
        f"CHANGE-{YEAR}-0002.yaml",
    ]


def test_the_next_number(tmp_path: Path) -> None:
    files = {
        "CHANGE-2025-0009.yaml": "nothing: here\n",
        "other.yml": "change_id: CHANGE-2026-0003\nartifacts_modified: [A, 1]\n---\nno: record\n",
        "broken.yaml": "change_id: CHANGE-2026-0001\n---\n[\n",
        "notes.md": "CHANGE-2026-0100",
    }
    write_tree(tmp_path, files)
    records = find_change_records(tmp_path, shown="changes")
    assert [(one.id, str(one.origin), one.artifacts) for one in records] == [
        ("CHANGE-2026-0001", "changes/broken.yaml:1", ()),
        ("CHANGE-2026-0003", "changes/other.yml:1", ("A", "1")),
    ]
    for year, number in ((2025, "0010"), (2026, "0004"), (2027, "0001")):
        assert next_change_id(tmp_path, records, year=year) == f"CHANGE-{year}-{number}"
    assert find_change_records(tmp_path / "none", shown=ProjectPath("none")) == ()


def test_no_change_takes_no_number(repository: Path, invoke: Invoke) -> None:
    run = invoke("registry", "change", "new", "--base", "HEAD", cwd=repository)
    assert_refused(
        run, "nothing differs between HEAD and the work tree, so there is no change to record"
    )
    assert not (repository / "registry/changes").exists()


def test_the_folder_is_the_configurations(repository: Path, invoke: Invoke) -> None:
    arguments = ("registry", "change", "new", "--base", "HEAD", "--format", "json")
    (repository / "analyzer.toml").write_text('change-records = "docs/changes/"\n', "utf-8")
    document = json.loads(invoke(*arguments, cwd=repository).out)
    assert document["path"] == f"docs/changes/CHANGE-{YEAR}-0001.yaml"
    assert (repository / document["path"]).read_text(encoding="utf-8") == document["text"]
    (repository / "analyzer.toml").write_text('change-records = "../x"\n', encoding="utf-8")
    refused = invoke(*arguments, cwd=repository)
    assert_refused(
        refused, 'analyzer.toml:1: "../x" is outside of the project; name a folder in it'
    )
