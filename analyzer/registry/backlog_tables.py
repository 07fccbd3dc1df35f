"""The tables of a backlog document: what they list, count, track and aim at."""

from __future__ import annotations

import re

from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import (
    BacklogCategory,
    BacklogRow,
    Claim,
    Origin,
    Target,
    Tracking,
    TrackingRow,
)
from analyzer.registry.markdown_tables import Cell, Table
from analyzer.registry.records import parse_wave

WAVE_NAME = re.compile(r"^Wave\s+(\d{1,6})\b\s*[:.\-\u2013\u2014]?\s*(.*)$", re.IGNORECASE)
_ID = re.compile(r"(?<![\w-])(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*-\d+|[A-Z0-9]+(?:-[A-Z0-9]+)+)\b")
_NO_IDS = frozenset({"n/a", "none", "open", "pending", "tba", "tbd", "todo", "unassigned"})
_TOTAL = re.compile(r"^(?:grand )?total\b", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,6})\s*(?:-|\u2013|to)\s*(\d{1,6})")
_ONE_NUMBER = re.compile(r"\d{1,6}")
_ALL = re.compile(r"\ball\b", re.IGNORECASE)


def is_total(text: str) -> bool:
    """Whether a row's first cell says that the row adds the others up."""
    return _TOTAL.match(text) is not None


def read_rows(table: Table, path: ProjectPath, group: str | None) -> tuple[BacklogRow, ...] | None:
    """The artifacts that a table lists; nothing where it has no column of files and one of ids."""
    file = table.column("file", "path", "module", "script", "page", "name")
    id_ = table.find_id_column()
    if file is None or id_ is None:
        return None
    purpose, priority = table.column("purpose", "description"), table.column("priority")
    return tuple(
        BacklogRow(
            origin=Origin(path, line),
            id=_find_id(cells[id_].text),
            file=cells[file].text,
            purpose=cells[purpose].text if purpose is not None else "",
            priority=(cells[priority].text or None) if priority is not None else None,
            group=group,
        )
        for line, cells in table.rows
        if cells[file].text and not is_total(cells[file].text)
    )


def read_categories(table: Table, path: ProjectPath) -> tuple[BacklogCategory, ...] | None:
    """The rows of a table of categories and counts, with its totals; nothing where it is none."""
    category, count = table.column("category", "type"), table.column("count", "total")
    if category is None or count is None:
        return None
    status = table.column("status")
    return tuple(
        BacklogCategory(
            origin=Origin(path, line),
            name=cells[category].text,
            count=int(cells[count].text),
            status=(cells[status].text or None) if status is not None else None,
            column=count,
            status_column=status,
            table=table.line,
        )
        for line, cells in table.rows
        if parse_wave(cells[count].text) is not None
    )


def read_tracking(table: Table, path: ProjectPath) -> Tracking:
    """A table whose first column names waves."""
    columns = [table.column(name) for name in ("status", "registered", "total", "completion")]
    rows = []
    for line, cells in table.rows:
        match = WAVE_NAME.match(cells[0].text)
        if match is None and not is_total(cells[0].text):
            continue
        origin = Origin(path, line)
        status, registered, total, completion = (_claim(origin, cells, one) for one in columns)
        wave = None if match is None else int(match[1])
        rows.append(TrackingRow(origin, cells[0].text, wave, status, registered, total, completion))
    return Tracking(Origin(path, table.line), tuple(table.header), tuple(rows))


def read_targets(table: Table, path: ProjectPath) -> tuple[Target, ...] | None:
    """How many files of each folder are to have a record; nothing where a table says no such thing.

    That is a column of folders, and one that says "Selective (2-5 key files)" or "Register all".
    """
    location = table.column("location", "folder", "directory")
    approach = table.column("approach", "target", "registration")
    if location is None or approach is None:
        return None
    category, count = table.column("category", "type"), table.column("count", "file")
    targets = []
    for line, cells in table.rows:
        aim = cells[approach].text
        if not cells[location].text or is_total(cells[0].text):
            continue
        least, most = _read_aim(aim)
        origin = Origin(path, line)
        if least is None and not _ALL.search(aim):
            continue
        targets.append(
            Target(
                origin=origin,
                category=cells[category].text if category is not None else "",
                location=cells[location].text,
                approach=aim,
                least=least,
                most=most,
                count=_claim(origin, cells, count),
                table=table.line,
            )
        )
    return tuple(targets)


def _read_aim(text: str) -> tuple[int | None, int | None]:
    """The least and the most of "Selective (2-5 key files)"; nothing in "Register all"."""
    found = _RANGE.search(text)
    if found is not None:
        return int(found[1]), int(found[2])
    one = None if _ALL.search(text) else _ONE_NUMBER.search(text)
    return (None, None) if one is None else (int(one[0]), int(one[0]))


def _claim(origin: Origin, cells: list[Cell], column: int | None) -> Claim | None:
    if column is None or not cells[column].text:
        return None
    return Claim(origin, cells[column].text, column)


def _find_id(text: str) -> ArtifactId | None:
    """The id in a cell; nothing in "TBD", a dash or a sentence."""
    match = _ID.search(text)
    if match is not None:
        return ArtifactId(match[0])
    is_one_word = re.fullmatch(r"\w\S*", text) is not None
    return ArtifactId(text) if is_one_word and text.lower() not in _NO_IDS else None
