"""Backlog documents in Markdown: waves, what they list and claim, and what they agree upon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from analyzer.model.names import ArtifactId, ProjectPath
from analyzer.model.registry import (
    BacklogCategory,
    BacklogRow,
    Exclusion,
    NamingConvention,
    Origin,
    Wave,
)
from analyzer.registry.records import parse_wave

if TYPE_CHECKING:
    from markdown_it.token import Token

_RELEVANT = re.compile(
    r"^#{1,6}\s+(?:Wave\s+\d|.*(?:naming convention|not registered))", re.IGNORECASE | re.MULTILINE
)
_WAVE = re.compile(r"^Wave\s+(\d{1,6})\b\s*[:.\-\u2013\u2014]?\s*(.*)$", re.IGNORECASE)
_STATUS_IN_TITLE = re.compile(r"^(.*?)\s*\(([^()]*)\)$")
_CLAIM = re.compile(r"Registered(?: Artifacts)?:\s*(\d{1,6})\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,6}")
_PATTERN = re.compile(r"^\s*([A-Za-z0-9]+(?:-<[^<>]+>)+)\s*$", re.MULTILINE)
_LISTED_CODE = re.compile(r"^\s*[-*]\s+([A-Z0-9]+)\s*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What one document says."""

    waves: tuple[Wave, ...] = ()
    conventions: tuple[NamingConvention, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()


@dataclass(slots=True)
class _Cell:
    text: str
    code: tuple[str, ...] = ()
    """What stands between backticks."""


@dataclass(slots=True)
class _Table:
    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[_Cell]]] = field(default_factory=list)
    """1-based line, and as many cells as the header has."""

    def column(self, *names: str) -> int | None:
        """The first column whose header begins with one of some words."""
        for name in names:
            for index, title in enumerate(self.header):
                if title.startswith(name):
                    return index
        return None


def is_backlog(text: str) -> bool:
    """Whether a Markdown document says anything that a backlog says; a quick look."""
    return _RELEVANT.search(text) is not None


def load_backlog(text: str, *, path: ProjectPath) -> Backlog:
    """Read a backlog document.

    A wave is a heading that begins with `Wave N`, down to the next heading that is not below it.
    Tables with a column of files and one of ids list artifacts; tables of categories and counts
    count them. Tables follow GitHub's Markdown (https://github.github.com/gfm/#tables-extension-).
    """
    # Imported here because it takes 40 ms, and few documents are backlogs.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return _Reader(path).read(tokens)


class _Reader:
    """Goes through a document from top to bottom."""

    def __init__(self, path: ProjectPath) -> None:
        self._path = path
        self._waves: dict[int, Wave] = {}
        self._conventions: list[NamingConvention] = []
        self._exclusions: list[Exclusion] = []
        self._claims: dict[int, tuple[int | None, int | None]] = {}
        self._heading = ""
        self._wave: int | None = None
        self._wave_level = 0
        self._group: str | None = None

    def read(self, tokens: Sequence[Token]) -> Backlog:
        for index, token in enumerate(tokens):
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            if token.type == "heading_open" and following is not None:
                self._read_heading(_plain(following).text, int(token.tag[1:]), _line(token))
            elif token.type == "paragraph_open" and following is not None:
                self._read_paragraph(_plain(following).text)
            elif token.type == "table_open":
                self._read_table(_build_table(tokens, index))
            elif token.type in ("fence", "code_block"):
                self._read_code(token)
        return Backlog(
            tuple(self._with_claims(wave) for _, wave in sorted(self._waves.items())),
            tuple(self._conventions),
            tuple(self._exclusions),
        )

    def _with_claims(self, wave: Wave) -> Wave:
        """What a tracking table claims counts where the section itself claims nothing."""
        registered, total = self._claims.get(wave.number, (None, None))
        if wave.claimed_registered is not None:
            registered = wave.claimed_registered
        return replace(wave, claimed_registered=registered, claimed_total=total)

    def _read_heading(self, text: str, level: int, line: int) -> None:
        self._heading = text.lower()
        match = _WAVE.match(text)
        if match is not None:
            self._wave, self._wave_level, self._group = int(match[1]), level, None
            title = _STATUS_IN_TITLE.match(match[2])
            wave = Wave(
                number=self._wave,
                title=(title[1] if title else match[2]).strip(),
                origin=Origin(self._path, line),
                status=title[2].strip() if title else None,
                claimed_registered=None,
                claimed_total=None,
            )
            self._waves.setdefault(self._wave, wave)
        elif level <= self._wave_level:
            self._wave, self._wave_level, self._group = None, 0, None
        elif self._wave is not None:
            self._group = text

    def _read_paragraph(self, text: str) -> None:
        claim = _CLAIM.search(text)
        if self._wave is not None and claim is not None:
            wave = self._waves[self._wave]
            self._waves[self._wave] = replace(wave, claimed_registered=int(claim[1]))

    def _read_table(self, table: _Table) -> None:
        if self._wave is not None:
            self._read_wave_table(table, self._waves[self._wave])
        elif "not registered" in self._heading:
            self._exclusions += self._read_exclusions(table)
        elif table.column("wave") == 0:
            self._read_tracking(table)

    def _read_wave_table(self, table: _Table, wave: Wave) -> None:
        file = table.column("file", "path", "module", "script", "page", "name")
        id_ = table.column("artifact", "id")
        if file is not None and id_ is not None:
            purpose, priority = table.column("purpose", "description"), table.column("priority")
            rows = tuple(
                BacklogRow(
                    origin=Origin(self._path, line),
                    id=ArtifactId(cells[id_].text) if cells[id_].text else None,
                    file=cells[file].text,
                    purpose=cells[purpose].text if purpose is not None else "",
                    priority=(cells[priority].text or None) if priority is not None else None,
                    group=self._group,
                )
                for line, cells in table.rows
            )
            self._waves[wave.number] = replace(wave, rows=wave.rows + rows)
            return
        category, count = table.column("category", "type"), table.column("count", "total")
        if category is not None and count is not None:
            status = table.column("status")
            categories = tuple(
                BacklogCategory(
                    origin=Origin(self._path, line),
                    name=cells[category].text,
                    count=int(cells[count].text),
                    status=(cells[status].text or None) if status is not None else None,
                )
                for line, cells in table.rows
                if parse_wave(cells[count].text) is not None
            )
            self._waves[wave.number] = replace(wave, categories=wave.categories + categories)

    def _read_tracking(self, table: _Table) -> None:
        registered, total = table.column("registered"), table.column("total")
        for _, cells in table.rows:
            match = _WAVE.match(cells[0].text)
            if match is not None:
                self._claims.setdefault(
                    int(match[1]),
                    (
                        None if registered is None else parse_wave(cells[registered].text),
                        None if total is None else parse_wave(cells[total].text),
                    ),
                )

    def _read_exclusions(self, table: _Table) -> Iterator[Exclusion]:
        category, reason = table.column("category", "what"), table.column("reason", "why")
        if category is None:
            return
        for line, cells in table.rows:
            yield Exclusion(
                origin=Origin(self._path, line),
                category=cells[category].text,
                reason=cells[reason].text if reason is not None else "",
                patterns=cells[category].code,
            )

    def _read_code(self, token: Token) -> None:
        pattern = _PATTERN.search(token.content)
        if "naming convention" not in self._heading or pattern is None:
            return
        layers: list[str] = []
        types: list[str] = []
        current: list[str] = []
        for text in token.content.splitlines():
            lowered = text.strip().lower()
            if lowered.startswith("layer"):
                current = layers
            elif lowered.startswith("type"):
                current = types
            elif (code := _LISTED_CODE.match(text)) is not None:
                current.append(code[1])
        origin = Origin(self._path, _line(token))
        self._conventions.append(NamingConvention(origin, pattern[1], tuple(layers), tuple(types)))


def _build_table(tokens: Sequence[Token], start: int) -> _Table:
    table = _Table()
    cells: list[_Cell] = []
    line = _line(tokens[start])
    for index in range(start, len(tokens)):
        token = tokens[index]
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            cells, line = [], _line(token)
        elif token.type in ("th_open", "td_open"):
            cells.append(_plain(tokens[index + 1]))
        elif token.type == "tr_close":
            if table.header:
                missing = [_Cell("")] * (len(table.header) - len(cells))
                table.rows.append((line, cells + missing))
            else:
                table.header = [cell.text.lower() for cell in cells]
    return table


def _plain(token: Token) -> _Cell:
    """Inline content without its marks."""
    children = token.children or []
    text = "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content for child in children
    )
    code = tuple(child.content for child in children if child.type == "code_inline")
    return _Cell(" ".join(text.split()), code)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1
