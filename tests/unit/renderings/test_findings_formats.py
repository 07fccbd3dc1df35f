"""Each format of findings, read back by a reader of its own and held against its schema."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec.structs import replace

from analyzer.model.answers import Answer
from analyzer.model.findings import Severity
from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.reports import Difference, ReviewAnswer
from analyzer.model.rules import RULES
from analyzer.renderings.findings import Findings
from analyzer.renderings.formats import FindingsFormat, render_findings
from tests.unit.renderings import reading_reports as reading
from tests.unit.renderings.finding_answers import (
    CYCLE,
    MAIL,
    NEW_FILE,
    ORDERS,
    UNREGISTERED,
    check_answer,
    dependency,
    finding,
    review_answer,
)

F = FindingsFormat


def render(answer: Answer[Findings], format_: FindingsFormat, **options: Any) -> str:
    return render_findings(answer, format_, **{"fail_level": Severity.ERROR, **options})


def test_text_shows_each_finding_below_its_file_with_the_line_of_source() -> None:
    assert (
        render(review_answer(), F.TEXT)
        == """\
app/mail.py
     1  error    DEP005  SHP-SVC-MAI and SHP-SVC-ORD depend on each other
                 from app import orders
                 app/mail.py:1: from app import orders  [app/orders.py]
                 app/orders.py:4: from app.mail import send  [app/mail.py]

app/orders.py
     3  error    DEP001  SHP-SVC-ORD imports app/tax.py, which no record covers
                 from app.tax import rate  # später

app/tax.py
        warning  REG006  no record covers this module

3 new findings: 2 error, 1 warning, 0 info, 2 baselined
+ SHP-SVC-ORD -> SHP-SVC-MAI
    app/orders.py:4: from app.mail import send  [app/mail.py]
+ module app/tax.py
- SHP-SVC-ORD -> SHP-LIB-STK
    app/orders.py:2: import stock  [app/stock.py]
- artifact SHP-OLD
SHP-SVC-MAI: authority_level was observe, is none  [registry/mail.yaml:5]
Must approve
  ops (@acme/ops): SHP-SVC-ORD (touched, may enforce), SHP-SVC-MAI (may mutate)
Tell
  no owner (@left): SHP-API-BUY
mended: registry/old.yaml: REG003 there is no file app/old.py

Incomplete: 1 place could not be read
  app/half.py:7  syntax-error: invalid syntax
"""
    )


def test_annotations_stand_on_the_lines_that_the_change_has_touched() -> None:
    annotations, last = reading.read_github(render(review_answer(), F.GITHUB))
    assert [(one.level, one.properties) for one in annotations] == [
        # The import that closes the cycle, not the older one that the finding stands on.
        ("error", {"file": "app/orders.py", "line": "4", "title": "DEP005 dependency-cycle"}),
        (
            "error",
            {"file": "app/orders.py", "line": "3", "title": "DEP001 unregistered-dependency"},
        ),
        ("warning", {"file": "app/tax.py", "title": "REG006 unregistered-module"}),
    ]
    assert annotations[0].message.split("\n") == [
        "SHP-SVC-MAI and SHP-SVC-ORD depend on each other",
        "Found at app/mail.py:1",
        "app/mail.py:1: from app import orders  [app/orders.py]",
        "app/orders.py:4: from app.mail import send  [app/mail.py]",
        "Record: registry/mail.yaml:1",
    ]
    assert (
        last == "3 new findings: 2 error, 1 warning, 0 info, 2 baselined; 1 place could not be read"
    )


def test_ten_annotations_of_a_level_and_how_many_more() -> None:
    many = [finding("DEP001", "a.py", line, f"m{line}") for line in range(1, 30)]
    body = review_answer().body
    assert isinstance(body, ReviewAnswer)
    body = replace(body, findings=(*many, NEW_FILE, replace(UNREGISTERED, path="z/orders.py")))
    touched = {ProjectPath("z/orders.py"): ((1, 5),), ProjectPath("a.py"): ((20, 21),)}
    body = replace(body, changes=replace(body.changes, lines=touched))
    annotations, last = reading.read_github(render(Answer("review", body, ()), F.GITHUB))
    errors = [one.properties["line"] for one in annotations if one.level == "error"]
    assert errors == ["20", "21", "3", "1", "2", "3", "4", "5", "6", "7"]
    assert annotations[2].properties["file"] == "z/orders.py"
    assert last == (
        "31 new findings: 30 error, 1 warning, 0 info, 2 baselined; "
        "20 more without an annotation: 20 error"
    )


def test_sarif_names_rule_place_record_and_chain() -> None:
    run = reading.read_sarif(
        render(review_answer(), F.SARIF, explain=lambda rule: f"# {rule.code}")
    )
    driver = run["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == list(RULES)
    assert {rule["help"]["markdown"] for rule in driver["rules"]} == {f"# {code}" for code in RULES}
    cycle, unregistered, new_file = run["results"]
    assert (cycle["ruleId"], cycle["level"], cycle["baselineState"]) == ("DEP005", "error", "new")
    assert place(cycle["locations"][0]) == ("app/orders.py", 4)
    assert [(place(one), one["message"]["text"]) for one in cycle["relatedLocations"]] == [
        (("registry/mail.yaml", 1), "record of SHP-SVC-MAI"),
        (("app/mail.py", 1), "where it was found"),
        (("app/mail.py", 1), "from app import orders"),
        (("app/orders.py", 4), "from app.mail import send"),
    ]
    assert cycle["message"]["text"].endswith("depend on each other ([record](1))")
    (flow,) = cycle["codeFlows"][0]["threadFlows"]
    assert [place(one["location"]) for one in flow["locations"]] == [
        ("app/mail.py", 1),
        ("app/orders.py", 4),
    ]
    assert unregistered["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 3,
        "startColumn": 5,
        "endLine": 3,
        "endColumn": 39,
    }
    assert unregistered["partialFingerprints"] == {
        "primaryLocationLineHash": f"{UNREGISTERED.fingerprint}:1",
        "analyzerFingerprint/v1": UNREGISTERED.fingerprint,
    }
    assert place(new_file["locations"][0]) == ("app/tax.py", 1)
    assert "relatedLocations" not in new_file
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == "not read: syntax-error: invalid syntax"
    assert place(note["locations"][0]) == ("app/half.py", 7)


def place(location: Any) -> tuple[str, int]:
    return reading.sarif_path(location), location["physicalLocation"]["region"]["startLine"]


def test_sarif_of_a_tree_does_not_say_what_is_new() -> None:
    (result,) = reading.read_sarif(render(check_answer(UNREGISTERED), F.SARIF))["results"]
    assert "baselineState" not in result


def test_sarif_keeps_to_the_most_results_that_github_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzer.renderings.sarif.MOST_RESULTS", 3)
    warnings = [replace(NEW_FILE, path=ProjectPath(f"a{number}.py")) for number in range(4)]
    run = reading.read_sarif(render(check_answer(*warnings, UNREGISTERED), F.SARIF))
    assert [place(one["locations"][0])[0] for one in run["results"]] == [
        "a0.py",
        "a1.py",
        "app/orders.py",
    ]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].startswith("2 findings are left out")


def test_gitlab_gets_a_line_for_each_finding() -> None:
    report = reading.read_json_report("gitlab", render(review_answer(), F.GITLAB))
    assert [(one["location"]["path"], one["location"]["lines"]["begin"]) for one in report] == [
        ("app/orders.py", 4),
        ("app/orders.py", 3),
        ("app/tax.py", 1),
    ]
    assert report[1] == {
        "description": "DEP001: SHP-SVC-ORD imports app/tax.py, which no record covers",
        "check_name": "unregistered-dependency",
        "fingerprint": UNREGISTERED.fingerprint,
        "severity": "critical",
        "location": {"path": "app/orders.py", "lines": {"begin": 3}},
    }


def test_reviewdog_gets_place_code_and_record() -> None:
    document = reading.read_json_report("rdjson", render(review_answer(), F.RDJSON))
    assert document["diagnostics"][1] == {
        "message": "SHP-SVC-ORD imports app/tax.py, which no record covers",
        "location": {"path": "app/orders.py", "range": {"start": {"line": 3}}},
        "severity": "ERROR",
        "code": {"value": "DEP001"},
        "related_locations": [
            {
                "message": "record of SHP-SVC-ORD",
                "location": {"path": "registry/orders.yaml", "range": {"start": {"line": 2}}},
            }
        ],
    }
    assert document["diagnostics"][2]["location"] == {"path": "app/tax.py"}


@pytest.mark.parametrize(("fail_level", "failures"), [("error", 2), ("warning", 3), ("info", 3)])
def test_a_test_run_fails_where_the_command_does(fail_level: str, failures: int) -> None:
    root = reading.read_junit(render(review_answer(), F.JUNIT, fail_level=Severity(fail_level)))
    assert root.get("failures") == str(failures)
    assert len(root.findall(".//skipped")) == 3 - failures
    assert [suite.get("name") for suite in root] == ["app/mail.py", "app/orders.py", "app/tax.py"]
    failure = root[1][0][0]
    assert failure.text == (
        "app/orders.py:3: error: DEP001 unregistered-dependency\n"
        "    from app.tax import rate  # später\n"
        "record: registry/orders.yaml:2"
    )


MARKDOWN = """\
## ❌ analyzer: 3 new findings: 2 error, 1 warning, 0 info, 2 baselined

From `0123456789ab` to `fedcba987654` and what is not committed yet · 1 mended

### `app/orders.py`

- **error** DEP001 line 3: SHP-SVC-ORD imports `app/tax.py`, which no record covers
  - `from app.tax import rate  # später`
  - owner `sales`, record `registry/orders.yaml:2`
- **error** DEP005 line 4: SHP-SVC-MAI and SHP-SVC-ORD depend on each other
  - `from app.mail import send`
  - `app/mail.py:1` `from app import orders`
  - `app/orders.py:4` `from app.mail import send`
  - owner `ops`, record `registry/mail.yaml:1`

### `app/tax.py`

- **warning** REG006: no record covers this module

### Mended: 1 finding

- REG003 `registry/old.yaml`: there is no file `app/old.py`

### Before

```mermaid
flowchart TB
    N1["SHP-LIB-STK"]
    N2["SHP-SVC-MAI"]
    N3["SHP-SVC-ORD"]
    N2 --> N3
    N3 -->|"#8722; removed"| N1
    classDef style1 fill:#d9d9d9,stroke:#55595e,stroke-width:1px,color:#1a1a1a
    class N1,N2,N3 style1
    linkStyle 1 stroke:#a40e26,stroke-width:3px
```

### After

```mermaid
flowchart TB
    N1["SHP-SVC-MAI"]
    N2["SHP-SVC-ORD"]
    N1 --> N2
    N2 -->|"#43; added"| N1
    classDef style1 fill:#d9d9d9,stroke:#55595e,stroke-width:1px,color:#1a1a1a
    class N1,N2 style1
    linkStyle 1 stroke:#116329,stroke-width:3px
```

### Added

- module `app/tax.py`
- `SHP-SVC-ORD` → `SHP-SVC-MAI` at `app/orders.py:4`

### Removed

- artifact `SHP-OLD`
- `SHP-SVC-ORD` → `SHP-LIB-STK` at `app/orders.py:2`

### Owners and authority

- `SHP-SVC-MAI` `authority_level`: `observe` → `none` at `registry/mail.yaml:5`

### Must approve

- `ops` (`@acme/ops`): 2 artifacts: `SHP-SVC-ORD` touched and may enforce, `SHP-SVC-MAI` may mutate

### Tell

- no owner (`@left`): 1 artifact: `SHP-API-BUY`

### Not read: 1 place

- `app/half.py:7` syntax-error: invalid syntax

What they mean and how to mend them: `analyzer rule DEP001`, `analyzer rule DEP005`, `analyzer rule REG006`
"""  # noqa: E501 - a line of Markdown


def test_a_summary_says_what_is_new_draws_the_graph_and_names_whom_to_ask() -> None:
    text = render(review_answer(), F.MARKDOWN)
    assert text == MARKDOWN
    tokens = reading.read_markdown(text)
    assert len(reading.read_mermaid(tokens)) == 2


def test_a_summary_that_is_too_long_is_shortened_and_says_so() -> None:
    body = review_answer().body
    assert isinstance(body, ReviewAnswer)
    many = [
        finding("DEP001", f"app/{'x' * 80}{number}.py", 3, f"m{number} {'long ' * 30}")
        for number in range(2_000)
    ]
    edges = tuple(
        dependency(ORDERS, ArtifactId(f"SHP-SVC-{number:04}"), ()) for number in range(900)
    )
    body = replace(
        body, findings=(*many, UNREGISTERED), added=replace(body.added, dependencies=edges)
    )
    text = render(Answer("review", body, ()), F.MARKDOWN)
    tokens = reading.read_markdown(text)
    assert "… and 1,901 more findings" in text
    # Of so many the one on a changed line is there.
    assert "- **error** DEP001 line 3: SHP-SVC-ORD imports" in text
    assert "- … and 800 more" in text
    before, after = reading.read_mermaid(tokens)
    assert sum("removed" in line for line in before) == 1
    assert sum("added" in line for line in after) == 60
    assert "841 dependencies more left out of the pictures" in text


@pytest.mark.parametrize("format_", F)
def test_without_findings_each_format_says_so(format_: FindingsFormat) -> None:
    text = render(check_answer(), format_)
    match format_:
        case F.TEXT:
            assert text == "No findings\n"
        case F.JSON:
            assert json.loads(text)["findings"] == []
        case F.GITHUB:
            assert reading.read_github(text) == ([], "No findings")
        case F.GITLAB:
            assert reading.read_json_report("gitlab", text) == []
        case F.SARIF:
            assert reading.read_sarif(text)["results"] == []
        case F.JUNIT:
            (suite,) = reading.read_junit(text)
            assert [one.get("name") for one in suite] == ["No findings"]
        case F.MARKDOWN:
            reading.read_markdown(text)
            assert text == "## ✅ analyzer: No findings\n"
        case F.RDJSON:
            assert reading.read_json_report("rdjson", text)["diagnostics"] == []


def test_what_a_forge_reads_has_the_paths_of_the_repository() -> None:
    outside = replace(NEW_FILE, path=ProjectPath("../registry/tax.yaml"))
    answer = check_answer(outside, UNREGISTERED)
    expected = ["services/registry/tax.yaml", "services/shop/app/orders.py"]
    prefix = "services/shop"
    annotations, _ = reading.read_github(render(answer, F.GITHUB, prefix=prefix))
    assert sorted(one.properties["file"] for one in annotations) == expected
    report = reading.read_json_report("gitlab", render(answer, F.GITLAB, prefix=prefix))
    assert [one["location"]["path"] for one in report] == expected
    results = reading.read_sarif(render(answer, F.SARIF, prefix=prefix))["results"]
    assert [place(one["locations"][0])[0] for one in results] == expected
    record = results[1]["relatedLocations"][0]
    assert place(record)[0] == "services/shop/registry/orders.yaml"
    document = reading.read_json_report("rdjson", render(answer, F.RDJSON, prefix=prefix))
    assert [one["location"]["path"] for one in document["diagnostics"]] == expected


def test_a_finding_on_a_changed_line_stays_where_it_is() -> None:
    body = review_answer().body
    assert isinstance(body, ReviewAnswer)
    touched = {ProjectPath("app/mail.py"): ((1, 1),), ProjectPath("app/orders.py"): ((4, 4),)}
    changes = replace(body.changes, lines=touched)
    answer: Answer[Findings] = Answer(
        "review", replace(body, findings=(CYCLE,), changes=changes, added=Difference()), ()
    )
    (annotation,), _ = reading.read_github(render(answer, F.GITHUB))
    assert annotation.properties["file"] == "app/mail.py"
    assert "Found at" not in annotation.message


def test_mail_is_no_mention() -> None:
    """What forges turn into links and mentions stands in code, whatever message it came from."""
    message = "ask @alice or #12, see https://x.test (www.x.test), GH-7 :tada: a@b.test *now*!"
    text = render(check_answer(finding("REG001", "r.yaml", 1, message)), F.MARKDOWN)
    reading.read_markdown(text)
    assert (
        "ask `@alice` or `#12`, see `https://x.test` (`www.x.test`), `GH-7` `:tada`: `a@b.test` "
        "`*now*`!" in text
    )
    assert MAIL in render(check_answer(CYCLE), F.MARKDOWN)
