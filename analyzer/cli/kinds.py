"""The kinds of links that a user names on the command line."""

from __future__ import annotations

from analyzer.model.errors import AnalyzerError
from analyzer.model.hints import near_name
from analyzer.model.imports import Kind


def parse_kinds(text: str | None) -> frozenset[Kind] | None:
    """`runtime,dynamic` -> these kinds; nothing where none are named.

    Raises:
        AnalyzerError: there is no such kind.
    """
    if text is None:
        return None
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    known = [kind.value for kind in Kind]
    for name in names:
        if name not in known:
            raise AnalyzerError(f'--kinds: unknown kind "{name}"{near_name(name, known)}')
    if not names:
        raise AnalyzerError(f"--kinds: name at least one of {', '.join(known)}")
    return frozenset(Kind(name) for name in names)
