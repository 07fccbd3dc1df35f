"""Patterns that select files, in the syntax of .gitignore."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence

from analyzer.model.names import ProjectPath


def build_matcher(patterns: Sequence[str]) -> Callable[[ProjectPath], bool]:
    """Return a predicate: does any pattern match a path, or a folder above it?

    Patterns follow gitignore (https://git-scm.com/docs/gitignore): `*` stays within a folder, `**`
    crosses folders, a pattern with a slash in the middle is anchored at the project's root. A later
    pattern that begins with `!` takes paths out again.
    """
    compiled = _compile(tuple(patterns))

    def matches(path: ProjectPath) -> bool:
        result = False
        for include, regex in compiled:
            if include != result and regex.match(path):
                result = include
        return result

    return matches


@functools.cache
def _compile(patterns: tuple[str, ...]) -> tuple[tuple[bool, re.Pattern[str]], ...]:
    """Join neighbouring patterns of one sense: a path is tried once a group, not once a pattern."""
    if not patterns:
        return ()
    # Imported here because the library takes 30 ms and not every command needs it.
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern  # noqa: PLC0415

    groups: list[tuple[bool, list[str]]] = []
    for pattern in patterns:
        regex, include = GitIgnoreSpecPattern.pattern_to_regex(_respelt(pattern))
        if regex is None or include is None:
            continue
        if groups and groups[-1][0] == include:
            groups[-1][1].append(_from_the_beginning(regex))
        else:
            groups.append((include, [_from_the_beginning(regex)]))
    return tuple((include, re.compile("|".join(regexes))) for include, regexes in groups)


def find_regex(pattern: str) -> str | None:
    """A pattern that takes nothing out again, as a regular expression without groups.

    It is matched from the beginning of a path on, and need not reach its end. Nothing for a pattern
    that matches nothing.
    """
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern  # noqa: PLC0415

    regex, _ = GitIgnoreSpecPattern.pattern_to_regex(_respelt(pattern))
    return None if regex is None else _from_the_beginning(regex)


def _respelt(pattern: str) -> str:
    """`a/**/` means what is in folders in `a` to git, and what is in `a` itself to the library."""
    return re.sub(r"(?<=[^/!])(?:/\*\*)+/$", "/**/*/", pattern)


def _from_the_beginning(regex: str | bytes) -> str:
    """An expression of the library, to be matched from the beginning of a path, without groups.

    A name of a group may stand only once in an alternation. What may stand anywhere, as the slash
    of `*/`, is looked for from the beginning on.
    """
    plain = re.sub(r"\(\?P<\w+>", "(?:", regex if isinstance(regex, str) else regex.decode())
    return plain if plain.startswith("^") else f".*{plain}"
