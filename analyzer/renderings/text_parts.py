"""What every text answer is made of: lines of links, counts, and what is left out of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from analyzer.model.entry_points import EntryPoint
from analyzer.model.imports import Chain, Kind, Link
from analyzer.model.routes import Endpoint, UnmountedRouter
from analyzer.renderings.inert import log_line

INDENT = "  "


def chain_lines(chain: Chain) -> Iterator[str]:
    """The links of a chain, a line each."""
    for link in chain:
        yield f"{INDENT * 3}{link_line(link)}"


def link_line(link: Link) -> str:
    """A link as evidence: place, text, where it leads, and its kind."""
    at = "" if link.named_at is None else f", named at {link.named_at.path}:{link.named_at.line}"
    kind = "" if link.kind is Kind.RUNTIME else f" ({link.kind}{at})"
    names = f" (not followed: {', '.join(link.unfollowed)})" if link.unfollowed else ""
    return f"{place_of(link)}: {link.text}  [{link.imported}]{kind}{names}"


def place_of(link: Link) -> str:
    """Where a link stands, as `path:line`."""
    return f"{link.importer}:{link.line}"


def text_of(lines: Iterable[str]) -> str:
    """Lines for a terminal or a log as one text."""
    return "\n".join(map(log_line, lines)).rstrip("\n") + "\n"


def more_lines(total: int, shown: int, *, is_verbose: bool) -> Iterator[str]:
    """What a list leaves out, where it leaves something out."""
    if total > shown and not is_verbose:
        yield f"{INDENT}and {total - shown} more (-v lists them all)"


def counted(number: int, noun: str, nouns: str | None = None) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {nouns or noun + 's'}"


def tally(values: Iterable[str]) -> str:
    """How often each value occurs, the most frequent first."""
    counts = Counter(values)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{value} {count}" for value, count in ordered)


def shown(value: object) -> str:
    """A value, or that there is none."""
    return "none" if value is None else str(value)


def unmounted_lines(routers: Sequence[UnmountedRouter]) -> Iterator[str]:
    """A router a line, and why it is not mounted, or may be."""
    for one in routers:
        state = "may be mounted" if one.is_doubtful else "is not mounted"
        yield f"{one.path}:{one.line}: `{one.name}` {state}: {one.explanation}"


def endpoint_lines(endpoints: Sequence[Endpoint], *, is_verbose: bool) -> Iterator[str]:
    """An address a line; what no application answers to says so."""
    limit = len(endpoints) if is_verbose else 20
    width = max((len(one.method) for one in endpoints[:limit]), default=0)
    for one in endpoints[:limit]:
        where = f"{one.path}:{one.line} {one.handler}"
        state = "  (may be mounted)" if one.is_doubtful else "  (not mounted)"
        mounted = "" if one.is_mounted else state
        yield f"{INDENT}{one.method:<{width}}  {one.route or '/'}  {where}{mounted}"
    yield from more_lines(len(endpoints), limit, is_verbose=is_verbose)


def entry_point_lines(points: Iterable[EntryPoint]) -> Iterator[str]:
    """What starts something, a line each; what says most about production comes first."""
    for one in sorted(points, key=lambda point: point.standing):
        place = one.declared_at if one.line is None else f"{one.declared_at}:{one.line}"
        yield f"{INDENT}{one.path}  {one.kind}: {one.how}  [{place}]"
