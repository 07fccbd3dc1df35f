"""Finds the comments in records that say why a finding is left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from analyzer.model.ignores import IGNORE_MARK, Ignore, read_ignore
from analyzer.model.names import ProjectPath

# In YAML a comment begins at the start of a line or behind a blank.
_COMMENT = re.compile(rf"(?:^|(?<=\s))#+\s*{IGNORE_MARK}\s*ignore")


def find_ignores(path: ProjectPath, text: str) -> Iterator[Ignore]:
    """Yield the ignores of a YAML file, in the order of their lines.

    What stands in a quoted text or in a block of text is none. Where the file stops being YAML, so
    does the search.
    """
    if IGNORE_MARK not in text or _COMMENT.search(text) is None:
        return
    texts, first, end = _find_texts(text)
    for number, line in enumerate(text.split("\n"), start=1):
        match = _COMMENT.search(line)
        while match is not None:
            place = (number, match.start())
            if end is not None and place >= end:
                return
            if not any(start <= place < stop for start, stop in texts):
                break
            match = _COMMENT.search(line, match.end())
        if match is None:
            continue
        ignore = read_ignore(
            line[match.start() :].rstrip("\r"),
            path=path,
            line=number,
            lines=(number, number),
            is_at_top=number < first,
        )
        if ignore is not None:
            yield ignore


_Place = tuple[int, int]
"""1-based line, 0-based column."""


def _find_texts(text: str) -> tuple[list[tuple[_Place, _Place]], int, _Place | None]:
    """Where texts begin and end, the line of the first one, and where it stops being YAML."""
    found: list[tuple[_Place, _Place]] = []
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken):
                start, stop = token.start_mark, token.end_mark
                found.append(((start.line + 1, start.column), (stop.line + 1, stop.column)))
    except yaml.YAMLError:
        return found, found[0][0][0] if found else 1, found[-1][1] if found else (1, 0)
    return found, found[0][0][0] if found else 1 << 30, None
