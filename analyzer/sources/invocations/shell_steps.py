"""The parts of a shell script that can decide which files it starts; most parts cannot."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import tree_sitter_bash
from msgspec import Struct
from tree_sitter import Language, Node, Parser, Query, QueryCursor, Tree

from analyzer.sources.invocations.wrappers import WRAPPERS

_QUERY = """
[(command) (variable_assignment) (function_definition) (for_statement)
 (subshell) (command_substitution) (if_statement) (case_item)] @found
"""
# Comments, and commands that name a file without starting it.
_PROSE = re.compile(
    rb"[ \t]*(?:(?:if|elif|while|!)[ \t]+)*(?:#|\[|"
    rb"(?:awk|cat|chmod|cp|curl|diff|echo|error|find|git|grep|head|info|jq|log\w*|ls|mkdir|mv|pip|"
    rb"printf|rm|sed|tail|tee|test|touch|warn|wc)[ \t])"
)
_COMMANDS_INSIDE = (b"$(", b"`", b";", b"|", b"&&", b"-exec")
_TELLING = frozenset({"command", "variable_assignment"})
# What changes the working directory or runs what a variable says.
_ALWAYS = re.compile(
    rb"(?:\w+=\S*[ \t]+)*(?:(?:cd|pushd|popd|eval|source|(?:/\S*/)?(?:ba|da|k|z)?sh|"
    + b"|".join(re.escape(name.encode()) for name in sorted(WRAPPERS))
    + rb")\b|\.\s|[\"']?\$)"
)
_HEAD = re.compile(rb"(?:\w+=\S*[ \t]+)*([\w.:-]+)")
_NAME = re.compile(rb"\$\{?(\w+)")
_ONE_LINE = re.compile(rb"(?:[^\\\n]|\\.)*", re.DOTALL)
POSITIONAL = re.compile(rb"\$\{?[1-9@*]")
# Programs read these, whoever sets them.
_ALWAYS_KNOWN = (b"FLASK_APP", b"PYTHONPATH")


class Step(NamedTuple):
    """One part of a script: a command, an assignment, or what stands around some."""

    kind: str
    node: Node
    start: int
    end: int
    text: bytes
    """Of commands and assignments."""


class Steps(Struct, frozen=True):
    """The parts of a script in order, those that stand around others first."""

    parsed: Tree
    """Has to live as long as its nodes are looked at."""
    steps: Sequence[Step]
    broken: Sequence[int]
    """Hits in what the parser could not read."""


def find_hits(data: bytes, interesting: Sequence[re.Pattern[bytes]]) -> list[int]:
    """Where the names of programs and scripts stand, but for prose; sorted."""
    return sorted(
        found.start()
        for one in interesting
        for found in one.finditer(data)
        if not _is_prose(data, found.start())
    )


def lines_around(data: bytes, positions: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The lines that some bytes stand on, each once: 0-based number, start, end."""
    done = -1
    for position in positions:
        start = data.rfind(b"\n", 0, position) + 1
        if start > done:
            end = data.find(b"\n", position)
            yield data.count(b"\n", 0, start), start, len(data) if end < 0 else end
            done = start


def _is_prose(data: bytes, position: int) -> bool:
    if data[position - 1 : position] in (b"*", b"-", b"."):
        # A pattern of names, an option, or the end of another name.
        return True
    before = data[data.rfind(b"\n", 0, position) + 1 : position]
    return _PROSE.match(before) is not None and not any(mark in before for mark in _COMMANDS_INSIDE)


def find_steps(data: bytes, hits: Sequence[int]) -> Steps:
    """Find the parts that matter: commands that are hit, and what these depend on.

    Args:
        data: the script.
        hits: where the names of programs and scripts stand, sorted.
    """
    parser, query = _parser()
    parsed = parser.parse(data)
    found = []
    functions: set[bytes] = set()
    for node in QueryCursor(query).captures(parsed.root_node).get("found", []):
        kind = node.type
        start, end = node.start_byte, node.end_byte
        if kind == "function_definition":
            named = node.child_by_field_name("name")
            functions.add((named and named.text) or b"")
        is_text = kind in _TELLING
        found.append(Step(kind, node, start, end, data[start:end] if is_text else b""))
    found.sort(key=_order)
    kept, used = _commands_that_matter(found, hits, functions)
    broken = _hits_in_errors(data, parsed, found, hits) if parsed.root_node.has_error else ()
    if not kept:
        return Steps(parsed, (), broken)
    names = _names_that_matter(found, used)
    telling = [step for step in found if _is_telling(step, kept, names)]
    starts = [step.start for step in telling]
    around = [step for step in found if step.kind not in _TELLING and _is_around(step, starts)]
    return Steps(parsed, sorted((*telling, *around), key=_order), broken)


@cache
def _parser() -> tuple[Parser, Query]:
    language = Language(tree_sitter_bash.language())
    return Parser(language), Query(language, _QUERY)


def _hits_in_errors(
    data: bytes, parsed: Tree, found: Sequence[Step], hits: Sequence[int]
) -> list[int]:
    """Hits behind the first mistake that stand in no command that could be read."""
    captured = QueryCursor(_errors()).captures(parsed.root_node)
    first = min((node.start_byte for node in captured.get("error", ())), default=0)
    ranges = [(node.start_byte, node.end_byte) for node in captured.get("prose", ())]
    for step in found:
        own = _ONE_LINE.match(data, step.start)
        if step.kind == "command" and own is not None:
            # One that goes on behind the end of its line has swallowed others.
            ranges.append((step.start, min(step.end, own.end())))
        elif step.kind == "variable_assignment":
            ranges.append((step.start, step.end))
    return [
        hit for hit in hits if hit >= first and not any(start <= hit < end for start, end in ranges)
    ]


@cache
def _errors() -> Query:
    text = "(ERROR) @error [(heredoc_body) (comment) (raw_string)] @prose"
    return Query(Language(tree_sitter_bash.language()), text)


def _commands_that_matter(
    found: Sequence[Step], hits: Sequence[int], functions: set[bytes]
) -> tuple[set[int], set[bytes]]:
    """Where the commands start that may start something, and the variables in them."""
    kept = set()
    used = set(_ALWAYS_KNOWN)
    is_any_hit = False
    for step in found:
        if step.kind == "for_statement":
            used.update(_NAME.findall(step.node.text or b""))
        if step.kind != "command":
            continue
        text = step.text
        first = bisect_left(hits, step.start)
        is_hit = first < len(hits) and hits[first] < step.end
        is_always = not is_hit and _ALWAYS.match(text) is not None
        head = _HEAD.match(text) if not is_hit and not is_always and functions else None
        if not (is_hit or is_always or (head is not None and head[1] in functions)):
            continue
        is_any_hit = is_any_hit or is_hit or is_always or b"$" in text
        kept.add(step.start)
        used.update(_NAME.findall(text))
    return (kept if is_any_hit else set()), used


def _names_that_matter(found: Sequence[Step], used: set[bytes]) -> set[bytes]:
    """The variables that some others are made of as well."""
    values: dict[bytes, list[bytes]] = defaultdict(list)
    for step in found:
        if step.kind == "variable_assignment":
            name, _, value = step.text.partition(b"=")
            values[name.rstrip(b"+")].append(value)
    pending = list(used)
    while pending:
        for value in values.pop(pending.pop(), ()):
            new = set(_NAME.findall(value)) - used
            used |= new
            pending.extend(new)
    return used


def _is_telling(step: Step, kept: set[int], names: set[bytes]) -> bool:
    if step.kind == "command":
        return step.start in kept
    if step.kind == "variable_assignment":
        return step.text.partition(b"=")[0].rstrip(b"+") in names
    return False


def _is_around(step: Step, starts: Sequence[int]) -> bool:
    first = bisect_left(starts, step.start)
    return first < len(starts) and starts[first] < step.end


def _order(step: Step) -> tuple[int, int]:
    return (step.start, -step.end)
