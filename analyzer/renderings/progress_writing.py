"""Backlog documents brought up to date between two comments.

    <!-- analyzer: progress -->
    ...
    <!-- /analyzer -->

In a document of the registry, what is not so in the claims between them is corrected in place:
numbers, percentages and statuses, and waves that a table of all waves lacks. Everything else stays,
to the byte. Where nothing stands between them a table of all waves is written there, or with
`--wave 2` the two lines of one wave. In documents that are not the registry's these are written
anew each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from analyzer.model.errors import AnalyzerError
from analyzer.model.names import ProjectPath
from analyzer.model.progress import (
    Block,
    Correction,
    Discrepancy,
    Insertion,
    ProgressAnswer,
    WaveProgress,
    percent,
    true_standing,
)
from analyzer.renderings.embedding import (
    Embed,
    end_of_line,
    fill_embeds,
    find_embeds,
    find_stale,
    split_lines,
)

MARKS = "<!-- analyzer: progress --> and <!-- /analyzer -->"
_HEADER = "| Wave | Status | Registered | Total | Completion |"
_RULE = "|------|--------|------------|-------|------------|"
_WAVE_LINES = ("**Registered Artifacts:**", "**Status:**")
_OPTIONS = re.compile(r"(?:--wave[ =](\d{1,6}))?")
_REGISTERED = re.compile(r"registered[^:]*:\W*", re.IGNORECASE)
_LINE_START = re.compile(r"[ \t>]*")
_PIPE = re.compile(r"(?<!\\)\|")


class Change(Struct, frozen=True):
    """A line of a document that is not up to date."""

    line: int
    """1-based, in the document as it was."""
    what: str


class Updated(Struct, frozen=True):
    """A document with everything between its marks brought up to date."""

    text: str
    changes: tuple[Change, ...]
    outside: tuple[Discrepancy, ...]
    """What could be brought up to date, and stands outside of any marks."""


def bring_up_to_date(
    text: str, *, document: str, path: ProjectPath, answer: ProgressAnswer
) -> Updated:
    """Bring the marked parts of a document up to date.

    Args:
        text: the document.
        document: its name, for messages.
        path: what the registry calls it.
        answer: of the registry as the document is now.

    Raises:
        AnalyzerError: it has no marks, or a mark is wrong, or the document was changed meanwhile.
    """
    embeds = find_embeds(text, document=document, command="progress")
    if not embeds:
        raise AnalyzerError(f"{document}: {_advise(path, answer)}")
    lines = split_lines(text)
    is_known = path in answer.documents
    empty = [one for one in embeds if not is_known or not _body(one, lines)]
    for one in empty:
        _refuse_other_words(one, lines, document)
    contents = [_build(one, document, answer) for one in empty]
    changes = [
        Change(one.line, "the part is not up to date") for one in find_stale(text, empty, contents)
    ]
    kept = [one for one in embeds if one not in empty]
    mends = [one for one in answer.discrepancies if one.mend and _document_of(one) == path]
    inside = [one for one in mends if _is_inside(one, kept)]
    in_order = sorted(inside, key=_line_of, reverse=True)
    changes += [_apply(one, lines, document) for one in in_order]
    # The numbers of lines have moved where rows were inserted, and marks with them.
    mended = "".join(lines)
    if changes and empty:
        found = find_embeds(mended, document=document, command="progress")
        places = [found[embeds.index(one)] for one in empty]
        mended = fill_embeds(mended, places, contents)
    return Updated(
        mended,
        tuple(sorted(changes, key=lambda one: (one.line, one.what))),
        tuple(one for one in mends if not _is_inside(one, kept) and _mends_text(one)),
    )


def _refuse_other_words(embed: Embed, lines: Sequence[str], document: str) -> None:
    """What is written anew may hold only what was written there: never a person's words.

    Raises:
        AnalyzerError: it holds something else.
    """
    body = [line.strip() for line in lines[embed.line : embed.end - 1] if line.strip()]
    is_table = body[:2] == [_HEADER, _RULE] and all(line.startswith("|") for line in body)
    is_about_wave = len(body) == 2 and all(map(str.startswith, body, _WAVE_LINES))
    if body and not is_table and not is_about_wave:
        raise AnalyzerError(
            f"{document}:{embed.line}: this part holds more than what is written into it, and the "
            "document is no part of the registry; name it in `registry = [...]`, or empty the part"
        )


def _advise(path: ProjectPath, answer: ProgressAnswer) -> str:
    blocks = [one for one in answer.blocks if one.path == path]
    if not blocks:
        return f"it has no marks; put {MARKS} where a table of all waves is to stand"
    where = ", ".join(map(_span, blocks))
    return (
        f"it has no marks; put {MARKS}, each in a line of its own, around what is to be kept up "
        f"to date, such as all of it, or lines {where}"
    )


def _span(block: Block) -> str:
    return f"{block.first}" if block.first == block.last else f"{block.first}-{block.last}"


def _body(embed: Embed, lines: Sequence[str]) -> str:
    return "".join(lines[embed.line : embed.end - 1]).strip()


def _document_of(one: Discrepancy) -> ProjectPath:
    return one.mend.path if isinstance(one.mend, Insertion) else one.origin.path


def _line_of(one: Discrepancy) -> tuple[int, int]:
    """Where a mend takes place; of several rows behind one line, the last is inserted first."""
    if isinstance(one.mend, Insertion):
        return one.mend.after, one.wave or 0
    return one.origin.line or 0, -1


def _is_inside(one: Discrepancy, embeds: Sequence[Embed]) -> bool:
    return any(embed.line < _line_of(one)[0] < embed.end for embed in embeds)


def _mends_text(one: Discrepancy) -> bool:
    return isinstance(one.mend, Correction)


def _apply(one: Discrepancy, lines: list[str], document: str) -> Change:
    """Mend one thing in a list of lines."""
    match one.mend:
        case Insertion():
            above = lines[one.mend.after - 1]
            start = _LINE_START.match(above)
            indent = "" if start is None else start[0]
            end = end_of_line(above)
            if not above.endswith("\n"):
                lines[one.mend.after - 1] = f"{above}{end}"
            lines.insert(one.mend.after, f"{indent}| {' | '.join(one.mend.cells)} |{end}")
            return Change(one.mend.after, f"a row for {one.claim} is missing below")
        case Correction():
            line = one.origin.line or 1
            found = _correct(lines[line - 1], one.mend, above=lines[line - 2] if line > 1 else "")
            if found is None:
                raise AnalyzerError(
                    f"{document}:{line}: {one.claim} cannot be corrected by itself; "
                    f"write {one.mend.truth} in place of {one.mend.written}"
                )
            lines[line - 1] = found
            return Change(line, f"{one.claim} -> {one.mend.truth}")
        case None:
            raise AssertionError(one)


def _correct(line: str, mend: Correction, *, above: str) -> str | None:
    """A line with its claim corrected; nothing where the claim does not stand there as it was read.

    In a table whose lines are equally long they stay so, where there is room.
    """
    written = re.compile(rf"(?<![\w.]){re.escape(mend.written)}(?!\w)")
    if mend.column is None:
        prefix = _REGISTERED.search(line)
        found = [*written.finditer(line, 0 if prefix is None else prefix.end())]
        # A heading's status and count stand at its end, "Registered: 20 (of 20)" begins with it.
        hit = None if not found else found[-1] if prefix is None else found[0]
        return None if hit is None else f"{line[: hit.start()]}{mend.truth}{line[hit.end() :]}"
    span = _find_cell(line, mend.column)
    hit = None if span is None else written.search(line[: span[1]], span[0])
    if span is None or hit is None:
        return None
    cell = line[span[0] : hit.start()] + mend.truth + line[hit.end() : span[1]]
    if len(above.rstrip()) == len(line.rstrip()):
        cell = _fit(cell, span[1] - span[0])
    return f"{line[: span[0]]}{cell}{line[span[1] :]}"


def _fit(cell: str, width: int) -> str:
    """A cell as wide as it was, where there is room: spaces are taken and put where most are."""
    before, after = len(cell) - len(cell.lstrip(" ")), len(cell) - len(cell.rstrip(" "))
    is_right = before > after
    if len(cell) <= width:
        return cell.rjust(width) if is_right else cell.ljust(width)
    growth = len(cell) - width
    if growth >= max(before, after):
        return cell
    return cell[growth:] if is_right else cell[:-growth]


def _find_cell(line: str, column: int) -> tuple[int, int] | None:
    """Where a cell of a table's row begins and ends, between its pipes."""
    content = line.rstrip("\r\n")
    start = _LINE_START.match(content)
    begin = 0 if start is None else start.end()
    bounds = [match.start() for match in _PIPE.finditer(content)]
    if bounds[:1] != [begin]:
        bounds.insert(0, begin - 1)
    bounds.append(len(content))
    if column + 1 >= len(bounds):
        return None
    return bounds[column] + 1, bounds[column + 1]


def _build(embed: Embed, document: str, answer: ProgressAnswer) -> str:
    """What an empty part is filled with."""
    match = _OPTIONS.fullmatch(embed.options)
    if match is None:
        raise AnalyzerError(
            f'{document}:{embed.line}: unknown option "{embed.options}"; write --wave and a '
            "number, or nothing for a table of all waves"
        )
    if match[1] is None:
        return "\n".join(_tracking_lines(answer.waves))
    wave = next((one for one in answer.waves if one.number == int(match[1])), None)
    if wave is None:
        known = ", ".join(str(one.number) for one in answer.waves) or "none"
        raise AnalyzerError(
            f"{document}:{embed.line}: there is no wave {match[1]}; known are {known}"
        )
    registered = "" if wave.credited is None else f"{wave.credited}"
    first, second = _WAVE_LINES
    return f"{first} {registered}  \n{second} {_status(wave)}"


def _tracking_lines(waves: Sequence[WaveProgress]) -> Iterator[str]:
    yield _HEADER
    yield _RULE
    for wave in waves:
        cells = (wave.credited, wave.total)
        yield _row(f"Wave {wave.number}", _status(wave), *cells)
    part = sum(one.credited or 0 for one in waves)
    whole = sum(one.total or 0 for one in waves)
    yield _row("Total", _spell(part, whole), part, whole)


def _row(name: str, status: str, part: int | None, whole: int | None) -> str:
    share = None if part is None else percent(part, whole)
    cells = ("" if one is None else f"{one}" for one in (part, whole))
    completion = "" if share is None else f"{share}%"
    return f"| {' | '.join((name, status, *cells, completion))} |"


def _status(wave: WaveProgress) -> str:
    return _spell(wave.credited, wave.total)


def _spell(part: int | None, whole: int | None) -> str:
    return "" if part is None or whole is None else true_standing(part, whole).value.upper()
