"""The baseline as a file: JSON, one entry a block, sorted by path and code."""

from __future__ import annotations

import datetime
import json
import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from analyzer.model.baseline import BaselineEntry
from analyzer.model.errors import AnalyzerError
from analyzer.model.hints import near_name
from analyzer.model.names import ArtifactId, ProjectPath

VERSION = 1

_REQUIRED = ("code", "path", "subject")
_TEXTS = (*_REQUIRED, "artifact", "message", "owner", "reason", "expires")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?:[ \r]|$)", re.MULTILINE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_REPAIR = "mend it by hand, or delete the file and run `analyzer baseline`"
_REPAIR_ENTRY = "mend it by hand, or take it out and run `analyzer baseline`"


def render_baseline(entries: Iterable[BaselineEntry]) -> str:
    """A baseline as JSON: the same entries give the same text, in whatever order they come."""
    findings = {
        entry.fingerprint: {
            name: value
            for name, value in (
                ("code", entry.code),
                ("path", entry.path),
                ("artifact", entry.artifact),
                ("subject", entry.subject),
                ("number", None if entry.number == 1 else entry.number),
                ("message", entry.message),
                ("owner", entry.owner),
                ("reason", entry.reason),
                ("expires", None if entry.expires is None else entry.expires.isoformat()),
            )
            if value is not None
        }
        for entry in sorted(entries, key=BaselineEntry.sort_key)
    }
    text = json.dumps({"version": VERSION, "findings": findings}, indent=2, ensure_ascii=False)
    # People read this file: letters stay letters, and what moves a terminal's cursor does not.
    return "".join(one if one.isprintable() or one == "\n" else _escape(one) for one in text) + "\n"


def _escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


class _Object(list[tuple[str, Any]]):
    """A JSON object with its keys as they were written, also those that are given again."""


def parse_baseline(
    data: bytes, *, shown: str, takes_both_sides: bool = False
) -> tuple[BaselineEntry, ...]:
    """Read a baseline file.

    An entry that is there again, the same in everything, counts once.

    Args:
        data: the file's content.
        shown: its path, for messages.
        takes_both_sides: whether the entries of both sides of a merge conflict are taken, instead
            of refusing the file.

    Raises:
        AnalyzerError: it is not what `render_baseline` writes with what people may add; with the
            line, what is wrong and what to do.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AnalyzerError(f"{shown}:{line}: not UTF-8; save it as UTF-8") from None
    conflict = _CONFLICT.search(text)
    if conflict is None:
        return _Reader(text, shown).read()
    if not takes_both_sides:
        line = text.count("\n", 0, conflict.start()) + 1
        raise AnalyzerError(
            f"{shown}:{line}: a merge conflict; `analyzer baseline --prune` keeps the entries of "
            "both sides"
        )
    entries: dict[str, BaselineEntry] = {}
    for side in ("<", ">"):
        for entry in _Reader(_one_side(text, side), shown).read():
            first = entries.setdefault(entry.fingerprint, entry)
            if replace(first, line=entry.line) != entry:
                raise AnalyzerError(
                    f"{shown}:{first.line}: both sides of a merge have changed this entry; decide "
                    "which one it is to be"
                )
    return tuple(entries.values())


def _one_side(text: str, side: str) -> str:
    """One side of a text with merge conflicts; every line keeps its number."""
    here: str | None = None
    lines = []
    for line in text.split("\n"):
        if _CONFLICT.match(line):
            # Of the last mark on, both sides are the same again.
            here = None if line[0] == ">" else ">" if line[0] == "=" else line[0]
            lines.append("")
        else:
            lines.append(line if here in (None, side) else "")
    return "\n".join(lines)


class _Reader:
    """Reads one file."""

    def __init__(self, text: str, shown: str) -> None:
        self._shown = shown
        self._text = text
        self._ends = [at for at, one in enumerate(text) if one == "\n"]

    def read(self) -> tuple[BaselineEntry, ...]:
        findings = self._read_findings()
        entries: dict[str, BaselineEntry] = {}
        position = 0
        for key, value in findings:
            match = re.compile(rf"{re.escape(json.dumps(key))}\s*:").search(self._text, position)
            position = position if match is None else match.start()
            entry = self._read_entry(key, value, position)
            first = entries.setdefault(key, entry)
            if replace(first, line=entry.line) != entry:
                raise self._error(
                    position, f"{key} stands at line {first.line} already; remove one of the two"
                )
            position += 1
        return tuple(entries.values())

    def _read_findings(self) -> _Object:
        try:
            document = json.loads(self._text, object_pairs_hook=_Object)
        except json.JSONDecodeError as error:
            message = f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}; {_REPAIR}"
            raise self._error(error.pos, message) from None
        except RecursionError:
            raise self._error(0, f"not a baseline: nested too deep; {_REPAIR}") from None
        if not isinstance(document, _Object):
            raise self._error(0, f'not a baseline: it has no "findings"; {_REPAIR}')
        top = dict(document)
        if top.get("version") != VERSION:
            raise self._error(
                self._find("version"),
                f"not a baseline of version {VERSION}, which this analyzer writes; use the "
                "analyzer that wrote it, or delete it and run `analyzer baseline`",
            )
        for name in top:
            if name not in ("version", "findings"):
                hint = near_name(name, ("findings", "version"))
                raise self._error(self._find(name), f'unknown key "{name}"{hint}')
        findings = top.get("findings")
        if not isinstance(findings, _Object):
            raise self._error(self._find("findings"), f'"findings" is not an object; {_REPAIR}')
        return findings

    def _read_entry(self, key: str, value: object, position: int) -> BaselineEntry:
        if not isinstance(value, _Object):
            raise self._error(position, f"the entry {key} is not an object; {_REPAIR_ENTRY}")
        seen: dict[str, str | None] = {}
        number = 1
        for name, field in value:
            at = self._find(name, position)
            if name == "number":
                if type(field) is not int or field < 2:
                    raise self._error(at, 'wrong value for "number": expected is one above 1')
                number = field
                continue
            if name not in _TEXTS:
                hint = near_name(name, (*_TEXTS, "number"))
                raise self._error(at, f'unknown key "{name}"{hint}')
            if name in seen:
                raise self._error(at, f'"{name}" is given twice; remove one of the two')
            if not isinstance(field, str) and (field is not None or name in _REQUIRED):
                raise self._error(at, f'wrong value for "{name}": expected is text')
            seen[name] = field
        for name in _REQUIRED:
            if name not in seen:
                raise self._error(position, f'the entry {key} has no "{name}"; {_REPAIR_ENTRY}')
        artifact, expires = seen.get("artifact"), seen.get("expires")
        entry = BaselineEntry(
            code=seen["code"] or "",
            path=ProjectPath(seen["path"] or ""),
            artifact=None if artifact is None else ArtifactId(artifact),
            subject=seen["subject"] or "",
            number=number,
            message=seen.get("message") or "",
            owner=seen.get("owner"),
            reason=seen.get("reason"),
            expires=None if expires is None else self._read_date(expires, position),
            line=self._line(position),
        )
        if entry.fingerprint != key:
            raise self._error(
                position,
                "this fingerprint was not made from the code, path, artifact and subject below; "
                f"{_REPAIR_ENTRY}",
            )
        return entry

    def _read_date(self, text: str, position: int) -> datetime.date:
        try:
            if _DATE.fullmatch(text):
                return datetime.date.fromisoformat(text)
        except ValueError:
            pass
        at = self._find("expires", position)
        raise self._error(at, f'"{text}" is no day; write it as YYYY-MM-DD, such as 2030-12-31')

    def _find(self, key: str, start: int = 0) -> int:
        """Where a key stands, at or behind a position; there where it is not found."""
        match = re.compile(rf"{re.escape(json.dumps(key))}\s*:").search(self._text, start)
        return start if match is None else match.start()

    def _line(self, position: int) -> int:
        return bisect_left(self._ends, position) + 1

    def _error(self, position: int, message: str) -> AnalyzerError:
        return AnalyzerError(f"{self._shown}:{self._line(position)}: {message}")
