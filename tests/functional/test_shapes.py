"""Every key of the contract's JSON, for every command, on three systems."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.functional.running import ROOT, Invoke
from tests.functional.shapes import check_document, find_chains
from tests.support import write_tree

# The bundled example is the largest system here; of each system an artifact with neighbours.
REFS = {
    "shop": "SHP-BE-SVC-ORD-001",
    "broken": "SHP-BE-SVC-ORD-001",
    "example": "AOS-BE-SVC-CRD-001",
}
COMMANDS = {
    "status": ["status"],
    "show": ["show", "REF"],
    "deps": ["deps", "REF"],
    "deps reverse": ["deps", "REF", "--reverse"],
    "deps transitive": ["deps", "REF", "--transitive"],
    "deps both": ["deps", "REF", "--transitive", "--reverse"],
    "why": ["why", "REF", "REF"],
    "impact": ["impact", "REF"],
    "owners": ["owners"],
    "orphans": ["orphans"],
    "orphans explained": ["orphans", "--explain", "REF"],
    "check": ["check"],
    "registry list": ["registry", "list"],
    "registry discover": ["registry", "discover"],
    "export module": ["export", "--level", "module"],
    "export artifact": ["export", "--level", "artifact"],
}


@pytest.fixture(scope="module", params=REFS)
def system(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a system, in a folder of its name."""
    name: str = request.param
    project = tmp_path_factory.mktemp("shapes") / name
    if name == "example":
        shutil.copytree(ROOT / "examples/aos", project)
        shutil.copytree(ROOT / "registry_data/aos", project / "records")
        (project / "analyzer.toml").write_text('registry = ["records"]\n', encoding="utf-8")
        return project
    shutil.copytree(ROOT / "tests/assets/shop", project)
    (project / "analyzer.toml").touch()
    if name == "broken":
        broken = {
            "backend/app/db.py": "import\n",
            "backend/app/api/pay.py": "from ..... import x\n",
        }
        write_tree(project, broken)
        (project / "backend/app/latin.py").write_bytes(b"name = 'caf\xe9'\n")
        (project / "backend/app/again").symlink_to(project)
    return project


_ANSWERS: dict[tuple[Path, str], Mapping[str, Any]] = {}


def ask(invoke: Invoke, project: Path, command: str) -> Mapping[str, Any]:
    """The document of a command; each is asked for once."""
    if (project, command) in _ANSWERS:
        return _ANSWERS[project, command]
    arguments = [REFS[project.name] if one == "REF" else one for one in COMMANDS[command]]
    run = invoke(*arguments, "--format", "json", cwd=project)
    assert run.err == ""
    assert run.code in (0, 1)
    _ANSWERS[project, command] = json.loads(run.out)
    return _ANSWERS[project, command]


@pytest.mark.parametrize("command", COMMANDS)
def test_document(command: str, system: Path, invoke: Invoke) -> None:
    document = ask(invoke, system, command)
    is_export = command.startswith("export")
    is_registry = command.startswith("registry")
    is_whole = is_export or is_registry or command == "orphans explained"
    body = command if is_whole else command.partition(" ")[0]
    name = command if is_registry else command.partition(" ")[0]
    check_document(document, body=body, command=name)
    assert document["complete"] == (system.name != "broken")


def test_every_link_is_in_the_source(system: Path, invoke: Invoke) -> None:
    """Whatever a chain says stands in that file at that line."""
    links = 0
    for command in COMMANDS:
        for chain in find_chains(ask(invoke, system, command)):
            for one in chain:
                lines = (system / one["importer"]).read_text(encoding="utf-8").splitlines()
                assert lines[one["line"] - 1].strip().startswith(one["text"].split("(")[0].strip())
                assert (system / one["imported"]).is_file()
                links += 1
    assert links > 30


def test_answers_agree_with_each_other(system: Path, invoke: Invoke) -> None:
    documents = {command: ask(invoke, system, command) for command in COMMANDS}
    status, check = documents["status"], documents["check"]
    assert status["modules"] == len(documents["export module"]["modules"])
    assert status["imports"] == len(documents["export module"]["imports"])
    assert status["dependencies"] == len(documents["export artifact"]["dependencies"])
    assert status["orphans"] == len(documents["orphans"]["orphans"])
    assert {**status["findings"], "baselined": 0} == check["summary"]
    assert sum(status["findings"].values()) == len(check["findings"])
    artifacts = documents["registry list"]["artifacts"]
    assert artifacts == documents["export artifact"]["artifacts"]
    assert status["artifacts"]["total"] == len(artifacts)
    assert status["artifacts"]["located"] == sum(bool(one["paths"]) for one in artifacts)
    for name in ("by_wave", "by_type", "by_owner"):
        assert sum(status["artifacts"][name].values()) == len(artifacts)
    ref = REFS[system.name]
    dependencies = documents["export artifact"]["dependencies"]
    assert documents["show"]["artifact"] in artifacts
    assert documents["show"]["dependencies"] == [one for one in dependencies if one["from"] == ref]
    assert documents["show"]["dependents"] == [one for one in dependencies if one["to"] == ref]
    assert documents["deps"]["dependencies"] == documents["show"]["dependencies"]
    assert documents["deps reverse"]["dependencies"] == documents["show"]["dependents"]
    for direct, far in (("deps", "deps transitive"), ("deps reverse", "deps both")):
        ends = [
            {(one["from"], one["to"]) for one in documents[name]["dependencies"]}
            for name in (direct, far)
        ]
        assert ends[0] <= ends[1]
    impact = documents["impact"]
    told = [one for share in impact["owners"] for one in share["artifacts"]]
    assert sorted(told) == sorted(one["artifact"] for one in impact["affected"])
    assert len({one["fingerprint"] for one in check["findings"]}) == len(check["findings"])


def test_what_could_not_be_read_is_listed_everywhere(system: Path, invoke: Invoke) -> None:
    found = [ask(invoke, system, command)["unscanned"] for command in COMMANDS]
    assert all(one == found[0] for one in found)
    assert [(one["path"], one["line"], one["reason"]) for one in found[0]] == (
        [
            ("backend/app/again", None, "symlink-loop"),
            ("backend/app/api/pay.py", 1, "relative-import-beyond-root"),
            ("backend/app/db.py", 1, "syntax-error"),
            ("backend/app/latin.py", None, "encoding"),
        ]
        if system.name == "broken"
        else []
    )
