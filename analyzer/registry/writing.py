"""Records are written here: whole or not at all, one process at a time, nobody's words lost."""

from __future__ import annotations

import io
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from analyzer.model.errors import AnalyzerError
from analyzer.registry.vocabulary import FIELDS
from analyzer.whole_files import clear_leftovers

if sys.platform != "win32":
    import fcntl

FieldValue = str | int | None | tuple["FieldValue", ...] | Mapping[str, "FieldValue"]
"""What a field is given: text comes back as the same text, a number is written as one."""

_PATIENCE_S = 1.0
_LONGEST_WAIT_S = 30.0
_POLL_S = 0.02
_RANKS = {field.name: rank for rank, field in enumerate(FIELDS)}
# What a literal block can hold as it is: no control characters, no blank at the end of a line,
# which editors take away, no blank at the beginning, which tells the indentation, and not more than
# one line break at the end.
_LINE = r"[\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe]*(?<![ \t])"
_BLOCK = re.compile(rf"(?!\s){_LINE}(?:\n{_LINE})*(?<!\n)\n?")
_RESOLVERS: Mapping[str | None, Any] = yaml.SafeLoader.yaml_implicit_resolvers


@contextmanager
def lock_registry(
    folder: Path, *, report: Callable[[str], None] = lambda _: None, wait: float = _LONGEST_WAIT_S
) -> Iterator[None]:
    """Let no other process write records into a folder meanwhile; it is made where it is missing.

    The lock is one on the folder itself, so it leaves no file, and it ends with the process. It is
    not one that a process can take twice. What killed runs have left in the folder is cleared.

    Args:
        folder: of the records.
        report: is told, after a second, what is waited for.
        wait: seconds until this gives up.

    Raises:
        AnalyzerError: the folder cannot be made or locked, or another process keeps it too long.
    """
    if sys.platform == "win32":
        raise AnalyzerError(
            f"{folder}: this system cannot lock folders, so two runs could give one number twice; "
            "write records on Linux, macOS or in WSL"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise AnalyzerError(f"{folder}: cannot be used: {error.strerror}; name a folder") from error
    try:
        _wait_for(handle, folder, report, wait)
        clear_leftovers(folder)
        yield
    finally:
        # Closing ends the lock.
        os.close(handle)


def _wait_for(handle: int, folder: Path, report: Callable[[str], None], wait: float) -> None:
    assert sys.platform != "win32"  # noqa: S101 - which is refused before
    began = time.monotonic()
    is_told = False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = time.monotonic() - began
        except OSError as error:
            raise AnalyzerError(f"{folder}: cannot be locked: {error.strerror}") from error
        else:
            return
        if waited >= wait:
            raise AnalyzerError(
                f"{folder}: another run has been writing here for {wait:.0f} seconds; try again "
                "when it is done, or end it"
            )
        if not is_told and waited >= _PATIENCE_S:
            is_told = True
            report(f"{folder}: waiting for another run that is writing here")
        time.sleep(_POLL_S)


def field_rank(name: str) -> int:
    """Where a field stands in a record; unknown ones stand behind all others."""
    return _RANKS.get(name, len(_RANKS))


def format_record(fields: Mapping[str, FieldValue]) -> str:
    """A new record as YAML, its fields in the usual order, unknown ones at the end as they come.

    A field without a value is left out. Every text comes back the same, also to readers that take
    an unquoted `no` for a truth value.
    """
    ordered = sorted(fields, key=field_rank)
    return dump_value({name: fields[name] for name in ordered if fields[name] is not None})


def dump_value(value: FieldValue, *, is_flow: bool = False) -> str:
    """A value as YAML, with a line feed at the end of each line.

    Args:
        value: what is written.
        is_flow: everything on one line, as within `[…]`; else block style.
    """
    # Imported here because it takes 50 ms, and most commands write no record.
    from ruamel.yaml import YAML  # noqa: PLC0415

    writer = YAML()
    writer.indent(mapping=2, sequence=4, offset=2)
    # Lines are never folded: a diff of a text shows the text.
    writer.width = 1 << 30
    writer.allow_unicode = True
    stream = io.StringIO()
    writer.dump(_styled(value, is_flow=is_flow), stream)
    return stream.getvalue()


def _styled(value: FieldValue, *, is_flow: bool) -> object:
    """A value with the style of each text and list chosen."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq  # noqa: PLC0415

    if isinstance(value, str):
        return _styled_text(value, is_flow=is_flow)
    if isinstance(value, Mapping):
        mapping = CommentedMap(
            (_styled_text(key, is_flow=True), _styled(one, is_flow=is_flow))
            for key, one in value.items()
        )
        if is_flow:
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, tuple):
        sequence = CommentedSeq(_styled(one, is_flow=is_flow) for one in value)
        if is_flow:
            sequence.fa.set_flow_style()
        return sequence
    return value


def _styled_text(text: str, *, is_flow: bool) -> object:
    from ruamel.yaml import scalarstring  # noqa: PLC0415

    if "\n" in text and not is_flow and _BLOCK.fullmatch(text):
        return scalarstring.LiteralScalarString(text)
    if not text.isprintable():
        return scalarstring.DoubleQuotedScalarString(text)
    return scalarstring.SingleQuotedScalarString(text) if _is_special(text) else text


def _is_special(text: str) -> bool:
    """Whether YAML 1.1 takes an unquoted text for something else: `no`, `12:30`, `2025-01-01`."""
    resolvers = [*_RESOLVERS.get(text[:1], ()), *_RESOLVERS.get(None, ())]
    return any(pattern.match(text) for _, pattern in resolvers)
