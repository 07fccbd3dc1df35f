"""`registry progress --write`: figures of a document are corrected, and nothing else."""

from __future__ import annotations

import pytest

from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ProjectPath
from analyzer.renderings.progress_writing import Updated, bring_up_to_date
from tests.backlogs import DOCUMENT, ask

START, END = "<!-- analyzer: progress -->", "<!-- /analyzer -->"
RECORDS = {f"X-SVC-{one}-001": f"name: {one.lower()}.py\n" for one in "AC"}
BEFORE = f"""\
# Backlog of 20 things

{START}

### Wave 2: Phase 2 of 3 (COMPLETE)

**Registered Artifacts:** 20 (20 were planned)
**Status:** Complete

#### Core (7)

| File | Artifact ID | Purpose |
|------|-------------|---------|
| `a.py` | X-SVC-A-001 | 20 \\| 20 |
| `b.py` | X-SVC-B-001 | COMPLETE |

### Wave 3

| File | Artifact ID |
|------|-------------|
| `c.py` | X-SVC-C-001 |

## Tracking

| Wave     | Status       | Registered | Total  | Completion | Who      |
|----------|--------------|-----------:|--------|------------|----------|
| Wave 2   | **COMPLETE** |         20 | ~20    | 100.0%     | 20 teams |
| *Total*  | COMPLETE     |        120 | **20** | 100 %      | all      |

{END}

Registered: 20
"""
AFTER = f"""\
# Backlog of 20 things

{START}

### Wave 2: Phase 2 of 3 (IN PROGRESS)

**Registered Artifacts:** 1 (20 were planned)
**Status:** In progress

#### Core (2)

| File | Artifact ID | Purpose |
|------|-------------|---------|
| `a.py` | X-SVC-A-001 | 20 \\| 20 |
| `b.py` | X-SVC-B-001 | COMPLETE |

### Wave 3

| File | Artifact ID |
|------|-------------|
| `c.py` | X-SVC-C-001 |

## Tracking

| Wave     | Status       | Registered | Total  | Completion | Who      |
|----------|--------------|-----------:|--------|------------|----------|
| Wave 2   | **IN PROGRESS** |          1 | ~2     | 50%        | 20 teams |
| Wave 3 | COMPLETE | 1 | 1 | 100% |  |
| *Total*  | IN PROGRESS  |          2 | **3**  | 66%        | all      |

{END}

Registered: 20
"""


def write(text: str, path: ProjectPath = DOCUMENT) -> Updated:
    """One step of what the command does: ask, then write."""
    return bring_up_to_date(text, document="docs/page.md", path=path, answer=ask(text, RECORDS))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_claims_between_the_marks_are_corrected_in_place(end: str) -> None:
    updated = write(BEFORE.replace("\n", end))
    assert updated.text.replace(end, "\n") == AFTER
    assert updated.text.count(end) == updated.text.count("\n") == AFTER.count("\n")
    again = write(updated.text)
    assert (again.text, again.changes) == (updated.text, ())


def test_a_table_whose_lines_are_equally_long_stays_so() -> None:
    text = (
        f"{START}\n\n| Wave   | Registered | Total |\n|--------|-----------:|-------|\n"
        f"| Wave 1 | 120        | 5     |\n| Wave 2 | 1          | 9     |\n\n{END}\n\n"
        "## Wave 1\n\n| File | ID |\n|---|---|\n| a.py | X-SVC-A-001 |\n\n"
        "## Wave 2\n\n| File | ID |\n|---|---|\n"
        + "".join(f"| {number}.py | X-SVC-{number:03} |\n" for number in range(10))
    )
    assert write(text).text == text.replace(
        "| 120        | 5     |", "| 1          | 1     |"
    ).replace("| 1          | 9     |", "| 0          | 10    |")


def test_what_stands_outside_is_told_and_left() -> None:
    text = BEFORE.replace(f"\n{START}\n", "").replace("## Tracking\n", f"## Tracking\n\n{START}\n")
    updated = write(text)
    assert [one.origin.line for one in updated.outside] == [3, 5, 6, 8]
    head = text.partition(START)[0]
    assert updated.text.startswith(f"{head}{START}\n\n| Wave     | Status")
    assert updated.text.endswith(f"| all      |\n\n{END}\n\nRegistered: 20\n")


def test_empty_parts_are_filled_and_kept_up_to_date() -> None:
    wave = "<!-- analyzer: progress --wave 2 -->"
    rows = "| File | ID |\n|---|---|\n| a.py | X-SVC-A-001 |\n| b.py | X-SVC-B-001 |\n"
    text = f"{START}\n{END}\n\n## Wave 2\n\n{wave}\n{END}\n\n{rows}"
    table = (
        "| Wave | Status | Registered | Total | Completion |\n"
        "|------|--------|------------|-------|------------|\n"
        "| Wave 2 | IN PROGRESS | 1 | 2 | 50% |\n| Total | IN PROGRESS | 1 | 2 | 50% |\n"
    )
    lines = "**Registered Artifacts:** 1  \n**Status:** IN PROGRESS\n"
    filled = f"{START}\n\n{table}\n{END}\n\n## Wave 2\n\n{wave}\n\n{lines}\n{END}\n\n{rows}"
    assert write(text).text == filled
    assert write(filled).changes == ()
    # One more row, and everything that was filled in is corrected in place.
    grown = write(f"{filled}| c.py | X-SVC-C-001 |\n").text
    assert (
        "| Wave 2 | IN PROGRESS | 2 | 3 | 66% |\n| Total | IN PROGRESS | 2 | 3 | 66% |\n" in grown
    )
    assert "**Registered Artifacts:** 2  \n" in grown
    # Another document is no claim of the registry's: its table is written anew.
    other = ProjectPath("README.md")
    page = f"# Page\n\n{START}\n\n{table}| Total | of old | | | |\n\n{END}\n"
    answer = ask(text, RECORDS)
    updated = bring_up_to_date(page, document="README.md", path=other, answer=answer)
    assert updated.text == f"# Page\n\n{START}\n\n{table}\n{END}\n"
    kept = bring_up_to_date(updated.text, document="README.md", path=other, answer=answer)
    assert (kept.text, kept.changes) == (updated.text, ())


@pytest.mark.parametrize(
    "body",
    ["Words.\n", "| Wave | Who |\n|---|---|\n", "## Wave 1\n\n**Registered Artifacts:** 3\n"],
)
def test_a_persons_words_in_another_document_are_never_written_over(body: str) -> None:
    text = f"{START}\n\n{body}\n{END}\n"
    message = "x.md:1: this part holds more than what is written into it, and the document is no "
    with pytest.raises(AnalyzerError, match=message):
        bring_up_to_date(
            text, document="x.md", path=ProjectPath("x.md"), answer=ask(BEFORE, RECORDS)
        )


def test_rows_are_inserted_above_an_empty_part_that_is_filled() -> None:
    rows = "| File | ID |\n|---|---|\n| a.py | X-SVC-A-001 |\n"
    text = (
        f"## Wave 1\n\n{rows}\n## Wave 2\n\n## Wave 3\n\n{START}\n\n| Wave | Total |\n|---|---|\n"
        f"| Wave 1 | 1 |\n\n{END}\n\n{START}\n{END}\n"
    )
    updated = write(text).text
    assert "| Wave 1 | 1 |\n| Wave 2 |  |\n| Wave 3 |  |\n" in updated
    assert updated.endswith("| Total | COMPLETE | 1 | 1 | 100% |\n\n<!-- /analyzer -->\n")
    assert write(updated).changes == ()


def test_pictures_may_stand_inside() -> None:
    picture = f"<!-- analyzer: diagram --wave 1 -->\n\nx\n\n{END}"
    text = f"{START}\n\n## Wave 1\n\nRegistered: 3\n\n{picture}\n\n| File | ID |\n|---|---|\n"
    text += f"| a.py | X-SVC-A-001 |\n\n{END}\n"
    assert write(text).text == text.replace("Registered: 3", "Registered: 1")


ASIDE = (
    f"{START}\n\n## Wave 1 (COM&#80;LETE)\n\n| File | ID |\n|---|---|\n| b.py | X-1 |\n\n{END}\n"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            BEFORE.replace(f"{START}\n", "").replace(f"{END}\n", ""),
            ("it has no marks; put <!-- analyzer: progress --> and <!-- /analyzer -->, each in a "
            "line of its own, around what is to be kept up to date, such as all of it, or lines "
            "4-9, 24-27"),
        ),
        (
            "# Page\n",
            ("it has no marks; put <!-- analyzer: progress --> and <!-- /analyzer --> where a "
            "table of all waves is to stand"),
        ),
        (f"{START}\n", "1: this part has no end; "),
        (f"text\n\n{END}\n", "3: this comment ends a part, but none begins above it; "),
        (f"{START}\n\n{START}\n\n{END}\n\n{END}\n", "1: this part has no end; "),
        (
            f"## Wave 1\n\n<!-- analyzer: progress --owner x -->\n{END}\n",
            '3: unknown option "--owner x"; write --wave and a number, or nothing ',
        ),
        (
            f"## Wave 1\n\n<!-- analyzer: progress --wave 7 -->\n{END}\n",
            "3: there is no wave 7; known are 1",
        ),
        (
            ASIDE,
            "3: Wave 1: COMPLETE cannot be corrected by itself; write NOT STARTED in place of ",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_line(text: str, message: str) -> None:
    with pytest.raises(AnalyzerError) as error:
        write(text)
    assert str(error.value).removeprefix("docs/page.md:").lstrip().startswith(message)
    assert "\n" not in str(error.value)
