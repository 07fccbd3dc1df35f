"""Findings as a Markdown summary, for a pull request's comment or the page of a CI job."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from msgspec import Struct

from analyzer.model.answers import Answer, Dependency
from analyzer.model.authority import ACTING
from analyzer.model.baseline import BaselineEntry
from analyzer.model.findings import Finding, Severity
from analyzer.model.imports import Unscanned
from analyzer.model.notification import Concerned, Notified
from analyzer.model.reports import CheckAnswer, RecordChange, ReviewAnswer
from analyzer.renderings.change_graph import draw_change
from analyzer.renderings.findings import (
    Findings,
    Spot,
    changed_lines,
    count_line,
    is_failing,
    spots_by_weight,
)
from analyzer.renderings.inert import printable
from analyzer.renderings.markdown_text import code, cut, prose
from analyzer.renderings.text_parts import counted, shown

LONGEST = 65_000
"""Bytes of a summary: GitHub takes 65,536 characters in a comment, and a step may write more."""

T = TypeVar("T")


class _Room(Struct, frozen=True):
    """How much is written of each thing."""

    most: int | None
    """Entries of a list."""
    width: int | None
    """Characters of a text."""
    has_pictures: bool = True


# Tried one after the other until the summary is short enough. The last one always is: the tests
# fill it with what takes most room when it is escaped.
_ROOMS = (
    _Room(None, None),
    _Room(100, 300),
    _Room(40, 200),
    _Room(15, 100, has_pictures=False),
    _Room(4, 60, has_pictures=False),
)


def render_markdown(answer: Answer[Findings], *, fail_level: Severity) -> str:
    """Return the summary: what is new, then the graph, then whom to ask.

    Shorter than `LONGEST`: where it would not be, lists are cut off and say how many more there
    are, and the pictures are left out.
    """
    for room in _ROOMS:
        text = "\n".join(_lines(answer, room, fail_level)).rstrip("\n") + "\n"
        if len(text.encode("utf-8", "replace")) < LONGEST:
            break
    return text


def _lines(answer: Answer[Findings], room: _Room, fail_level: Severity) -> Iterator[str]:
    body = answer.body
    is_failing_now = any(is_failing(one, fail_level) for one in body.findings)
    yield f"## {'❌' if is_failing_now else '✅'} analyzer: {count_line(body)}"
    yield ""
    yield from _heading(body)
    yield from _findings(body, room)
    if isinstance(body, ReviewAnswer):
        yield from _mended(body, room)
        yield from _graph(body, room)
        yield from _differences(body, room)
        yield from _records(body, room)
        yield from _whom_to_ask(body, room)
    elif isinstance(body, CheckAnswer) and body.stale:
        title = f"Stale: {counted(len(body.stale), 'finding')} of the baseline no longer there"
        yield from _section(title, _items(body.stale, _stale_one, room))
    if answer.unscanned:
        title = f"Not read: {counted(len(answer.unscanned), 'place')}"
        yield from _section(title, _items(answer.unscanned, _unread, room))
    codes = sorted({one.code for one in body.findings})
    if codes:
        commands = ", ".join(code(f"analyzer rule {one}") for one in codes)
        yield f"What they mean and how to mend them: {commands}"


def _heading(body: Findings) -> Iterator[str]:
    words = []
    if isinstance(body, ReviewAnswer):
        ends = [code(body.head[:12])] if body.head != body.base else []
        if not body.is_clean:
            ends.append("what is not committed yet")
        words.append(f"From {code(body.base[:12])} to {' and '.join(ends) or 'itself'}")
        if body.mended:
            words.append(f"{len(body.mended)} mended")
    if words:
        yield f"{' · '.join(words)}"
        yield ""


def _findings(body: Findings, room: _Room) -> Iterator[str]:
    """The findings by file; where not all fit, those that matter most."""
    spots = spots_by_weight(body.findings, changed_lines(body))
    kept = sorted(spots[: room.most], key=lambda one: (one[1].path, one[1].line or 0, one[0].code))
    for path, group in groupby(kept, key=lambda one: one[1].path):
        yield f"### {code(path, width=room.width)}"
        yield ""
        for finding, spot in group:
            yield from _finding(finding, spot, room)
        yield ""
    if len(spots) > len(kept):
        yield f"… and {counted(len(spots) - len(kept), 'more finding')}"
        yield ""


def _finding(finding: Finding, spot: Spot, room: _Room) -> Iterator[str]:
    line = "" if spot.line is None else f" line {spot.line}"
    message = prose(finding.message, width=room.width)
    yield f"- **{finding.severity.value}** {finding.code}{line}: {message}"
    if spot.source is not None and spot.source.strip():
        yield f"  - {code(spot.source.strip(), width=room.width)}"
    if len(finding.chain) > 1:
        for link in finding.chain[: room.most]:
            where = _place(link.importer, link.line, room)
            yield f"  - {where} {code(link.text, width=room.width)}"
    about = []
    if finding.owner is not None:
        about.append(f"owner {code(finding.owner, width=room.width)}")
    if finding.record is not None and finding.record.path != spot.path:
        about.append(f"record {_place(finding.record.path, finding.record.line, room)}")
    if about:
        yield f"  - {', '.join(about)}"


def _unread(entry: Unscanned, room: _Room) -> str:
    detail = prose(entry.detail, width=room.width)
    return f"{_place(entry.path, entry.line, room)} {entry.reason.value}: {detail}"


def _mended(body: ReviewAnswer, room: _Room) -> Iterator[str]:
    if body.mended:
        title = f"Mended: {counted(len(body.mended), 'finding')}"
        yield from _section(title, _items(body.mended, _mended_one, room))


def _mended_one(finding: Finding, room: _Room) -> str:
    message = prose(finding.message, width=room.width)
    return f"{finding.code} {_text(finding.path, room)}: {message}"


def _stale_one(entry: BaselineEntry, room: _Room) -> str:
    return f"{entry.code} {_text(entry.path, room)}: {prose(entry.message, width=room.width)}"


def _graph(body: ReviewAnswer, room: _Room) -> Iterator[str]:
    graph = draw_change(body) if room.has_pictures else None
    if graph is None:
        return
    yield from _section("Before", [f"```mermaid\n{graph.before}```"])
    yield from _section("After", [f"```mermaid\n{graph.after}```"])
    if graph.left_out:
        left_out = counted(graph.left_out, "dependency", "dependencies")
        yield f"{left_out} more left out of the pictures"
        yield ""


def _differences(body: ReviewAnswer, room: _Room) -> Iterator[str]:
    for title, one in (("Added", body.added), ("Removed", body.removed)):
        items = [
            *_items(one.artifacts, lambda id_, room: f"artifact {_text(id_, room)}", room),
            *_items(one.modules, lambda path, room: f"module {_text(path, room)}", room),
            *_items(one.dependencies, _dependency, room),
        ]
        if items:
            yield from _section(title, items)


def _dependency(edge: Dependency, room: _Room) -> str:
    ends = f"{_text(edge.dependent, room)} → {_text(edge.depends_on, room)}"
    first = edge.chain[0] if edge.chain else None
    return ends if first is None else f"{ends} at {_place(first.importer, first.line, room)}"


def _records(body: ReviewAnswer, room: _Room) -> Iterator[str]:
    if body.records:
        yield from _section("Owners and authority", _items(body.records, _record_change, room))


def _record_change(one: RecordChange, room: _Room) -> str:
    values = f"{_text(shown(one.before), room)} → {_text(shown(one.after), room)}"
    where = _place(one.origin.path, one.origin.line, room)
    return f"{_text(one.artifact, room)} {code(one.field)}: {values} at {where}"


def _whom_to_ask(body: ReviewAnswer, room: _Room) -> Iterator[str]:
    """Who has to approve the change, then who only has to know of it."""
    for title, people in (("Must approve", body.plan.approve), ("Tell", body.plan.inform)):
        if people:
            yield from _section(title, _items(people, _notified, room))


def _notified(one: Notified, room: _Room) -> str:
    """An owner and what the change means for it; as code, so that nobody is mentioned by it."""
    most = 5 if room.most is None else min(5, room.most)
    ids = ", ".join(_concerned(found, room) for found in one.artifacts[:most])
    more = f" and {len(one.artifacts) - most} more" if len(one.artifacts) > most else ""
    name = "no owner" if one.owner is None else _text(one.owner, room)
    others = [_text(handle, room) for handle in one.handles[:most] if handle != one.owner]
    known = f" ({', '.join(others)})" if others else ""
    return f"{name}{known}: {counted(len(one.artifacts), 'artifact')}: {ids}{more}"


def _concerned(one: Concerned, room: _Room) -> str:
    touched = "" if one.distance else " touched"
    may = f" may {one.authority}" if one.authority in ACTING else ""
    about = " and".join(word for word in (touched, may) if word)
    return f"{_text(one.artifact, room)}{about}"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"### {title}"
    yield ""
    yield from lines
    yield ""


def _items(values: Sequence[T], write: Callable[[T, _Room], str], room: _Room) -> Iterator[str]:
    """A list, cut off where it is too long."""
    kept = values[: room.most]
    yield from (f"- {write(one, room)}" for one in kept)
    if len(values) > len(kept):
        yield f"- … and {len(values) - len(kept)} more"


def _place(path: str, line: int | None, room: _Room) -> str:
    end = "" if line is None else f":{line}"
    return code(f"{cut(printable(path), room.width)}{end}")


def _text(text: str, room: _Room) -> str:
    return code(text, width=room.width)
