"""Backlog documents in Markdown: waves, what they list and claim, and what they agree upon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.names import ProjectPath
from analyzer.model.registry import (
    BacklogGroup,
    Claim,
    Exclusion,
    NamingConvention,
    Origin,
    Target,
    Tracking,
    Wave,
)
from analyzer.registry.backlog_tables import (
    WAVE_NAME,
    is_total,
    read_categories,
    read_rows,
    read_targets,
    read_tracking,
)
from analyzer.registry.markdown_tables import Table, build_table, line_of, plain_lines, read_cell

if TYPE_CHECKING:
    from markdown_it.token import Token

_RELEVANT = re.compile(
    r"^ {0,3}#{1,6}[ \t](?:[ \t]*Wave[ \t]+\d|.*naming convention)", re.IGNORECASE | re.MULTILINE
)
_ID_COLUMN = re.compile(r"^[ \t]*\|.*\bID\b", re.IGNORECASE | re.MULTILINE)
_IN_BRACKETS = re.compile(r"^(.*?)\s*\(([^()]*)\)$")
# A status in capitals, such as COMPLETE or IN PROGRESS, or one of the usual words. "(M12)" is none.
_STATUS = re.compile(
    r"[A-Z][A-Z _-]{3,}|(?i:active|blocked|cancelled|closed|complete|completed|deferred|done|draft"
    r"|in progress|not started|open|partial|pending|planned|ready|todo|wip)"
)
_CLAIM = re.compile(r"^Registered(?: Artifacts)?:\s*(\d{1,6})\b", re.IGNORECASE)
_STATUS_CLAIM = re.compile(r"^Status:\s*(.+)$", re.IGNORECASE)
_PATTERN = re.compile(r"^[ \t]*([A-Za-z0-9]+(?:-<[^<>\n]+>)+)[ \t]*$", re.MULTILINE)
_LISTED_CODE = re.compile(r"^\s*[-*]\s+([A-Z0-9]+)\s*:", re.MULTILINE)


class Backlog(Struct, frozen=True):
    """What one document says."""

    waves: tuple[Wave, ...] = ()
    conventions: tuple[NamingConvention, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    tracking: tuple[Tracking, ...] = ()
    targets: tuple[Target, ...] = ()
    priorities: tuple[Claim, ...] = ()


def is_backlog(text: str) -> bool:
    """Whether a Markdown document says anything that a backlog says; a quick look."""
    return _RELEVANT.search(text) is not None


def lists_artifacts(text: str) -> bool:
    """Whether a backlog has a table with a column of ids; a quick look as well."""
    return is_backlog(text) and _ID_COLUMN.search(text) is not None


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
        self._tracking: list[Tracking] = []
        self._targets: list[Target] = []
        self._priorities: list[Claim] = []
        self._claims: dict[int, tuple[int | None, int | None, str | None]] = {}
        self._heading = ""
        self._wave: int | None = None
        self._wave_level = 0
        self._group: str | None = None

    def read(self, tokens: Sequence[Token]) -> Backlog:
        for index, token in enumerate(tokens):
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            if token.type == "heading_open" and following is not None:
                self._read_heading(read_cell(following).text, int(token.tag[1:]), line_of(token))
            elif token.type == "paragraph_open" and following is not None:
                self._read_paragraph(following, line_of(token))
            elif token.type == "table_open":
                self._read_table(build_table(tokens, index))
            elif token.type in ("fence", "code_block"):
                self._read_code(token)
        return Backlog(
            tuple(self._with_claims(wave) for _, wave in sorted(self._waves.items())),
            tuple(self._conventions),
            tuple(self._exclusions),
            tuple(self._tracking),
            tuple(self._targets),
            tuple(self._priorities),
        )

    def _with_claims(self, wave: Wave) -> Wave:
        """What a tracking table claims counts where the section itself claims nothing."""
        registered, total, status = self._claims.get(wave.number, (None, None, None))
        if wave.claimed_registered is not None:
            registered = wave.claimed_registered
        if wave.claimed_total is not None:
            total = wave.claimed_total
        return replace(
            wave,
            status=wave.status or status,
            claimed_registered=registered,
            claimed_total=total,
        )

    def _read_heading(self, text: str, level: int, line: int) -> None:
        self._heading = text.lower()
        match = WAVE_NAME.match(text)
        if match is not None:
            self._wave, self._wave_level, self._group = int(match[1]), level, None
            bracketed = _IN_BRACKETS.match(match[2])
            status = bracketed[2].strip() if bracketed else ""
            has_status = _STATUS.fullmatch(status) is not None
            origin = Origin(self._path, line)
            wave = Wave(
                number=self._wave,
                title=(bracketed[1] if bracketed and has_status else match[2]).strip(),
                origin=origin,
                status=status if has_status else None,
                claimed_registered=None,
                claimed_total=None,
            )
            known = self._waves.setdefault(self._wave, wave)
            if has_status:
                statuses = (*known.statuses, Claim(origin, status))
                self._waves[self._wave] = replace(known, statuses=statuses)
        elif level <= self._wave_level:
            self._wave, self._wave_level, self._group = None, 0, None
        elif self._wave is not None:
            self._group = text
            wave = self._waves[self._wave]
            group = BacklogGroup(Origin(self._path, line), text)
            self._waves[self._wave] = replace(wave, groups=(*wave.groups, group))

    def _read_paragraph(self, token: Token, first: int) -> None:
        if self._wave is None:
            return
        wave = self._waves[self._wave]
        for line, text in enumerate(plain_lines(token), first):
            claim, status = _CLAIM.match(text), _STATUS_CLAIM.match(text)
            origin = Origin(self._path, line)
            if claim is not None:
                wave = replace(wave, registered=(*wave.registered, Claim(origin, claim[1])))
                if wave.claimed_registered is None:
                    wave = replace(wave, claimed_registered=int(claim[1]))
            if status is not None:
                word = status[1].strip()
                wave = replace(wave, statuses=(*wave.statuses, Claim(origin, word)))
                wave = replace(wave, status=wave.status or word)
        self._waves[self._wave] = wave

    def _read_table(self, table: Table) -> None:
        lists_artifacts = table.find_id_column() is not None
        if table.column("wave") == 0 and not lists_artifacts:
            tracking = read_tracking(table, self._path)
            self._tracking.append(tracking)
            self._note_claims(tracking)
        elif self._heading.startswith("not registered") and not lists_artifacts:
            self._exclusions += self._read_exclusions(table)
        elif not lists_artifacts and (targets := read_targets(table, self._path)) is not None:
            self._targets += targets
        elif self._wave is not None:
            self._read_wave_table(table, self._waves[self._wave])
        elif table.column("priority") == 0:
            self._priorities += (
                Claim(Origin(self._path, line), cells[0].text, 0)
                for line, cells in table.rows
                if cells[0].text
            )

    def _read_wave_table(self, table: Table, wave: Wave) -> None:
        rows = read_rows(table, self._path, self._group)
        if rows is not None:
            self._waves[wave.number] = replace(wave, rows=wave.rows + rows)
            return
        counted = read_categories(table, self._path)
        if counted is not None:
            totals = tuple(one for one in counted if is_total(one.name))
            categories = tuple(one for one in counted if not is_total(one.name))
            self._waves[wave.number] = replace(
                wave,
                categories=wave.categories + categories,
                totals=wave.totals + totals,
                claimed_total=totals[0].count if totals else wave.claimed_total,
            )

    def _note_claims(self, tracking: Tracking) -> None:
        for row in tracking.rows:
            if row.wave is not None:
                claims = (
                    None if row.registered is None else row.registered.count,
                    None if row.total is None else row.total.count,
                    None if row.status is None else row.status.text,
                )
                self._claims.setdefault(row.wave, claims)

    def _read_exclusions(self, table: Table) -> Iterator[Exclusion]:
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
        origin = Origin(self._path, line_of(token))
        self._conventions.append(NamingConvention(origin, pattern[1], tuple(layers), tuple(types)))
