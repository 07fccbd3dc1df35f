"""`check` and `review` in every format, on real repositories, up to the bytes that leave."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from analyzer.renderings.formats import FindingsFormat
from tests.functional.running import Invoke, record
from tests.support import Run, git, write_tree
from tests.unit.renderings import reading_reports as reading

F = FindingsFormat
SERVICE = "services/pay"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A service in a folder of a repository, committed, with one finding of old."""
    top = write_tree(
        tmp_path / "top",
        {
            f"{SERVICE}/analyzer.toml": "",
            f"{SERVICE}/app/__init__.py": "",
            f"{SERVICE}/app/orders.py": "from app import old\n",
            f"{SERVICE}/app/mail.py": "from app import orders\n",
            f"{SERVICE}/app/old.py": "",
            f"{SERVICE}/registry/orders.yaml": record("P-SVC-ORD-001", "app/orders.py"),
            f"{SERVICE}/registry/mail.yaml": record("P-SVC-MAI-001", "app/mail.py", owner="ops"),
        },
    )
    git(top, "init", "-q", "-b", "main")
    git(top, "add", ".")
    git(top, "commit", "-q", "-m", "Start")
    return top / SERVICE


def change(project: Path) -> None:
    """Orders import a file without a record, and the mail service that imports them."""
    write_tree(
        project,
        {
            "app/orders.py": "from app import old\n\nfrom app import mail, tax\n",
            "app/tax.py": "RATE = 19\n",
        },
    )


def read_text(text: str) -> str:
    reading.assert_inert(text)
    reading.assert_without_commands(text)
    return text


READERS: dict[FindingsFormat, Callable[[str], object]] = {
    F.TEXT: read_text,
    F.JSON: lambda text: json.loads(read_text(text)),
    F.GITHUB: reading.read_github,
    F.GITLAB: partial(reading.read_json_report, "gitlab"),
    F.SARIF: reading.read_sarif,
    F.JUNIT: reading.read_junit,
    F.MARKDOWN: reading.read_markdown,
    F.RDJSON: partial(reading.read_json_report, "rdjson"),
}


@pytest.mark.parametrize("format_", F)
@pytest.mark.parametrize("command", ["check", "review --base HEAD"])
def test_every_format_reads_back(
    command: str, format_: FindingsFormat, project: Path, tmp_path: Path, invoke: Invoke
) -> None:
    change(project)
    arguments = [*command.split(), "--format", format_]
    run = invoke(*arguments, cwd=project)
    assert (run.code, run.err) == (1, "")
    READERS[format_](run.out)
    file = tmp_path / "report"
    assert invoke(*arguments, "--output", str(file), cwd=project) == Run(1, "", "")
    assert file.read_text(encoding="utf-8") == run.out


def test_a_review_is_shown_where_the_change_is(project: Path, invoke: Invoke) -> None:
    change(project)
    arguments = ["review", "--base", "HEAD", "--select", "DEP,REG", "--format"]
    run = invoke(*arguments, "github", cwd=project)
    annotations, last = reading.read_github(run.out)
    places = [
        (one.properties["file"], one.properties.get("line"), one.properties["title"][:6])
        for one in annotations
    ]
    # By their paths in the repository; the cycle on the import that closes it.
    assert places == [
        (f"{SERVICE}/app/orders.py", "3", "DEP005"),
        (f"{SERVICE}/app/orders.py", "3", "DEP001"),
        (f"{SERVICE}/app/tax.py", None, "REG006"),
    ]
    assert last == "3 new findings: 3 error, 0 warning, 0 info"
    summary = invoke(*arguments, "markdown", cwd=project).out
    assert "  - `from app import mail, tax`\n" in summary
    assert "- `P-SVC-ORD-001` → `P-SVC-MAI-001` at `app/orders.py:3`" in summary
    assert "### Tell\n\n- `ops`" in summary


@pytest.mark.parametrize("format_", F)
def test_a_review_of_nothing_is_empty(
    format_: FindingsFormat, project: Path, invoke: Invoke
) -> None:
    run = invoke("review", "--base", "HEAD", "--format", format_, cwd=project)
    assert (run.code, run.err) == (0, "")
    READERS[format_](run.out)
    assert "DEP001" not in run.out or format_ is F.SARIF
    if format_ is F.SARIF:
        assert reading.read_sarif(run.out)["results"] == []


def test_the_fail_level_decides_what_fails_a_test_run(project: Path, invoke: Invoke) -> None:
    arguments = ["check", "--select", "REG006", "--format", "junit", "--fail-level"]
    failing = invoke(*arguments, "warning", cwd=project)
    passing = invoke(*arguments, "error", cwd=project)
    assert (failing.code, reading.read_junit(failing.out).get("failures")) == (1, "1")
    assert (passing.code, reading.read_junit(passing.out).get("failures")) == (0, "0")


@pytest.mark.parametrize("format_", F)
def test_hostile_names_records_and_lines_come_out_inert(
    format_: FindingsFormat, project: Path, invoke: Invoke
) -> None:
    names = [
        "::set-output name=x::y.py",
        "::error file=a.py::%0A.py",
        "new\n::warning::line.py",
        "esc\x1b[31m.py",
        "##[set-env name=PATH].py",
        "<script>alert(1)<!--.py",
        "`code` | ```.py",
        "[click](http:x) @team #1.py",
        "\u202eyp.py",
        "]]>&amp;'\".py",
    ]
    imports = "from app import tax  # \x1b[2K ::set-env:: </details> ``` | %0A \u202e ]]> ##[x]\n"
    write_tree(project, {f"app/{name}": imports for name in names} | {"app/tax.py": ""})
    for number, name in enumerate(names):
        hostile = record(f"P-SVC-{number:03}-001", owner=json.dumps(f"@{name}</details>"))
        quoted = json.dumps(f"app/{name}", ensure_ascii=False)
        text = f"{hostile}path: {quoted}\n"
        write_tree(project, {f"registry/{number}.yaml": text})
    run = invoke("check", "--format", format_, cwd=project)
    assert (run.code, run.err) == (1, "")
    READERS[format_](run.out)
    document = json.loads(invoke("check", "--format", "json", cwd=project).out)
    paths = {one["path"] for one in document["findings"]}
    assert len([path for path in paths if path.removeprefix("app/") in names]) >= 8
    if format_ is F.SARIF:
        results = reading.read_sarif(run.out)["results"]
        found = {reading.sarif_path(one["locations"][0]) for one in results}
        assert found == {f"{SERVICE}/{path}" for path in paths}


def test_sarif_explains_each_rule_as_the_command_does(project: Path, invoke: Invoke) -> None:
    run = reading.read_sarif(invoke("check", "--format", "sarif", cwd=project).out)
    for rule in run["tool"]["driver"]["rules"]:
        shown = json.loads(invoke("rule", rule["id"], "--format", "json", cwd=project).out)
        assert rule["help"]["markdown"] == shown["explanation"]
        assert "## How to mend" in rule["help"]["text"]


def test_an_unknown_format_is_refused(project: Path, invoke: Invoke) -> None:
    run = invoke("check", "--format", "yaml", cwd=project)
    assert (run.code, run.out) == (2, "")
    assert all(f"'{one}'" in run.err for one in F)


def test_half_a_surrogate_pair_in_a_record_is_only_text(project: Path, invoke: Invoke) -> None:
    broken = record("P-SVC-HLF-001").replace("P-SVC-HLF-001", '"P-SVC-\\ud83d-001"', 1)
    write_tree(project, {"registry/half.yaml": broken})
    for format_ in F:
        run = invoke("check", "--format", format_, cwd=project)
        assert run.err == ""
        READERS[format_](run.out)
