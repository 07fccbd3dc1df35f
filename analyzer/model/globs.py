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
        regex, include = GitIgnoreSpecPattern.pattern_to_regex(pattern)
        if regex is None or include is None:
            continue
        # The library names its groups, and a name may stand only once in an alternation.
        plain = re.sub(r"\(\?P<\w+>", "(?:", regex if isinstance(regex, str) else regex.decode())
        if groups and groups[-1][0] == include:
            groups[-1][1].append(plain)
        else:
            groups.append((include, [plain]))
    return tuple((include, re.compile("|".join(regexes))) for include, regexes in groups)
