"""Laws of `registry progress`: each lie is found and no other, and writing leaves none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from analyzer.model.errors import AnalyzerError
from analyzer.model.progress import Topic
from analyzer.renderings.progress_writing import Updated, bring_up_to_date
from tests.backlogs import DOCUMENT, ask

START, END = "<!-- analyzer: progress -->", "<!-- /analyzer -->"


class Wave(Struct, frozen=True):
    """What is so about one wave."""

    registered: int
    total: int
    is_listed: bool
    """Whether it lists files; else a table counts workers."""


class Slot(Struct, frozen=True):
    """A claim in a document: what it has to say, and a lie."""

    topic: Topic
    truth: str
    lie: str


def slots_of(waves: list[Wave]) -> dict[str, Slot]:
    """Every claim of the document, by the name of its place."""
    found: dict[str, Slot] = {}
    for number, wave in enumerate(waves, 1):
        found |= _slots(f"{number}", wave.registered, wave.total, Topic.COUNT)
        found[f"{number} section"] = _count(wave.registered, Topic.COUNT)
        found[f"{number} heading"] = _status(wave.registered, wave.total)
        if wave.is_listed:
            found[f"{number} group"] = _count(wave.total, Topic.COUNT)
        else:
            found[f"{number} category"] = _count(wave.total, Topic.COUNT)
            found[f"{number} sum"] = _count(wave.total, Topic.SUM)
    registered, total = sum(one.registered for one in waves), sum(one.total for one in waves)
    return found | _slots("all", registered, total, Topic.SUM)


def _slots(name: str, registered: int, total: int, topic: Topic) -> dict[str, Slot]:
    share = registered * 100 // total
    return {
        f"{name} status": _status(registered, total),
        f"{name} registered": _count(registered, topic),
        f"{name} total": _count(total, topic),
        f"{name} completion": Slot(Topic.COMPLETION, f"{share}%", f"{share + 2}%"),
    }


def _count(truth: int, topic: Topic) -> Slot:
    return Slot(topic, f"{truth}", f"{truth + 95}")


def _status(registered: int, total: int) -> Slot:
    if registered == total:
        return Slot(Topic.STATUS, "COMPLETE", "NOT STARTED")
    truth = "IN PROGRESS" if registered else "NOT STARTED"
    return Slot(Topic.STATUS, truth, "COMPLETE")


def render(waves: list[Wave], says: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """The lines of the document, and the places on each."""
    yield START, []
    for number, wave in enumerate(waves, 1):
        yield "", []
        heading = f"{number} heading"
        yield f"## Wave {number}: W 7 ({says[heading]})", [heading]
        yield "", []
        section = f"{number} section"
        yield f"**Registered Artifacts:** {says[section]} (of 7)", [section]
        yield "", []
        if wave.is_listed:
            group = f"{number} group"
            yield f"### Core 7 ({says[group]})", [group]
            yield from _plain("", "| File | Artifact ID |", "|---|---|")
            for row in range(wave.total):
                yield f"| w{number}/f{row}.py | X-W{number}-{row:03} |", []
        else:
            yield from _plain("| Category | Count | Status |", "|---|---|---|")
            category, total = f"{number} category", f"{number} sum"
            yield f"| Workers | {says[category]} | REGISTERED |", [category]
            yield f"| **Total** | **{says[total]}** | |", [total]
    yield from _plain("", "## Tracking", "", "| Wave | Status | Registered | Total | Completion |")
    yield "|---|---|---|---|---|", []
    for number in (*range(1, len(waves) + 1), "all"):
        names = [f"{number} {one}" for one in ("status", "registered", "total", "completion")]
        label = "Total" if number == "all" else f"Wave {number}"
        yield f"| {label} | {' | '.join(says[one] for one in names)} |", names
    yield from _plain("", END)


def _plain(*lines: str) -> Iterator[tuple[str, list[str]]]:
    return ((line, []) for line in lines)


def records_of(waves: list[Wave]) -> dict[str, str]:
    return {
        f"X-W{number}-{row:03}": "" if wave.is_listed else f"type: worker\nwave: {number}\n"
        for number, wave in enumerate(waves, 1)
        for row in range(wave.registered)
    }


@st.composite
def _waves(draw: st.DrawFn) -> list[Wave]:
    waves = []
    for number in range(draw(st.integers(1, 4))):
        total = draw(st.integers(1, 5))
        is_listed = draw(st.booleans())
        # Without any record the document would be held against itself only.
        registered = draw(st.integers(0 if number else 1, total)) if is_listed else total
        waves.append(Wave(registered, total, is_listed))
    return waves


@st.composite
def _cases(draw: st.DrawFn) -> tuple[list[Wave], set[str]]:
    waves = draw(_waves())
    return waves, draw(st.sets(st.sampled_from(sorted(slots_of(waves)))))


def write(text: str, records: dict[str, str]) -> Updated:
    answer = ask(text.encode(), records)
    return bring_up_to_date(text, document="d.md", path=DOCUMENT, answer=answer)


@settings(max_examples=60)
@given(case=_cases(), end=st.sampled_from(["\n", "\r\n"]))
def test_each_lie_is_found_and_no_other_and_writing_leaves_the_truth(
    case: tuple[list[Wave], set[str]], end: str
) -> None:
    waves, lies = case
    slots, records = slots_of(waves), records_of(waves)
    says = {name: one.lie if name in lies else one.truth for name, one in slots.items()}
    lines = list(render(waves, says))
    text = "".join(f"{line}{end}" for line, _ in lines)
    expected = [
        (number, slots[name].topic)
        for number, (_, names) in enumerate(lines, 1)
        for name in names
        if name in lies
    ]
    found = ask(text.encode(), records)
    assert [(one.origin.line, one.topic) for one in found.discrepancies] == sorted(expected)
    truth = {name: one.truth for name, one in slots.items()}
    updated = write(text, records)
    written = updated.text.split(end)
    assert [_without_padding(line) for line in written] == [
        *(line for line, _ in render(waves, truth)),
        "",
    ]
    assert len(updated.changes) == len(lies)
    assert ask(updated.text.encode(), records).discrepancies == ()
    assert write(updated.text, records).text == updated.text


def _without_padding(line: str) -> str:
    """Cells keep their width where they can: "| 1  |"."""
    return re.sub(r" {2,}", " ", line)


_PIECES = st.sampled_from(
    [
        "## Wave 1 (COMPLETE)\n", "## Wave 2: A (3)\n", "### Core (7)\n", "### Wave 3 (PLANNED)\n",
        "Registered: 20\n", "**Status:** done\n", "| File | ID |\n|---|---|\n",
        "| a.py | X-SVC-A-001 |\n", "| b.py | X-SVC-B-001 | P1 |\n", "| c.py | TBD |\n",
        "| Category | Count | Status |\n|---|---|---|\n", "| Workers | 3 | REGISTERED |\n",
        "| Total | 9 | COMPLETE |\n", "| Wave 1 | COMPLETE | 3 | 4 | 75% |\n",
        "| Wave | Status | Registered | Total | Completion |\n|---|---|---|---|---|\n",
        "| Wave | Total |\n|---|---|\n", "| Wave 2 | 5 | 5 | 5 | 5% |\n", "| Wave 9 | 1 |\n",
        "| CI | `ci/` | 3 | Selective (1-2) |\n", "| All | `s/` | 3 | Register all |\n",
        "| Category | Location | Count | Approach |\n|---|---|---|---|\n", f"{START}\n", f"{END}\n",
        "\n", "> ", "- ", "    ", "```\n", "|", "\\|", "\r\n", "text", "\ufeff", "\u2028", "\x0b",
    ]
)  # fmt: skip


@given(
    pieces=st.lists(_PIECES, max_size=30),
    letters=st.sets(st.sampled_from("ABC")),
    is_marked=st.booleans(),
)
def test_whatever_stands_in_a_document_the_rest_of_it_stays(
    pieces: list[str], letters: set[str], is_marked: bool
) -> None:
    text = "".join(pieces)
    if is_marked:
        text = f"{START}\n\n{text}\n\n{END}\n"
    records = {f"X-SVC-{one}-001": "type: worker\n" for one in sorted(letters)}
    try:
        updated = write(text, records)
    except AnalyzerError:
        # Marks are missing or broken, or a claim stands where no line can be corrected.
        return
    again = write(updated.text, records)
    assert (again.text, again.changes) == (updated.text, ())
    if START in text:
        first, last = text.index(START), text.rindex(END)
        assert updated.text.startswith(text[:first])
        assert updated.text.endswith(text[last:])
