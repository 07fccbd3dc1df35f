"""What comments such as `# analyzer: ignore[DEP001] reason` do to findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct

from analyzer.model.findings import Finding
from analyzer.model.ignores import Ignore
from analyzer.model.names import ProjectPath
from analyzer.model.rules import RULES

# A comment cannot speak for what is wrong with comments.
_NEVER_IGNORED = frozenset({"IGN001", "IGN002"})


class UnusedIgnore(Struct, frozen=True):
    """A code in a comment that ignores nothing."""

    ignore: Ignore
    code: str | None
    """As it was written; nothing where the comment names none."""


class Ignoring(Struct, frozen=True):
    """What is left of some findings, and which comments took the others away."""

    kept: tuple[Finding, ...]
    """In the order they came in."""
    ignored: tuple[Finding, ...]
    """The others, likewise."""
    used: frozenset[tuple[Ignore, str]]
    """The comments, each with a code that it ignored something of."""


def apply_ignores(findings: Iterable[Finding], ignores: Sequence[Ignore]) -> Ignoring:
    """Take away the findings that comments in the code speak for."""
    by_path: dict[ProjectPath, list[Ignore]] = defaultdict(list)
    for ignore in ignores:
        by_path[ignore.path].append(ignore)
    kept: list[Finding] = []
    ignored: list[Finding] = []
    used: set[tuple[Ignore, str]] = set()
    for finding in findings:
        speaking = [
            ignore
            for ignore in by_path.get(finding.path, ())
            if finding.code in ignore.codes and ignore.covers(finding.line)
        ]
        if speaking and finding.code not in _NEVER_IGNORED:
            ignored.append(finding)
            used.update((ignore, finding.code) for ignore in speaking)
        else:
            kept.append(finding)
    return Ignoring(tuple(kept), tuple(ignored), frozenset(used))


def find_unused(
    ignores: Iterable[Ignore],
    *,
    used: Collection[tuple[Ignore, str]],
    judged: Collection[str],
    unread: Collection[ProjectPath],
) -> Iterator[UnusedIgnore]:
    """Yield the parts of comments that ignore nothing.

    Args:
        ignores: all of them.
        used: what `apply_ignores` says.
        judged: the codes that were looked for: of the others nobody knows.
        unread: files that could not be read to the end: what their comments ignore may stand in
            what was not read.
    """
    for ignore in ignores:
        if not ignore.codes:
            yield UnusedIgnore(ignore, None)
        for code in ignore.codes:
            is_known = code in RULES and code not in _NEVER_IGNORED and not ignore.is_misplaced
            if is_known and (code not in judged or ignore.path in unread):
                continue
            if (ignore, code) not in used:
                yield UnusedIgnore(ignore, code)
