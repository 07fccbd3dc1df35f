"""Places that send something to a queue, also through functions that send what they are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from analyzer.model.imports import Kind, Link
from analyzer.model.names import ProjectPath
from analyzer.model.tasks import Task
from analyzer.sources.outline.code import Code, Definition, Located
from analyzer.sources.outline.values import (
    Call,
    Expression,
    Function,
    Name,
    Outline,
    Scope,
    ScopedCall,
)

Resolver = Callable[[Located], Iterable[Task]]
"""What is sent -> the tasks that it means, as the queue understands it."""

# `def send_later(task, …)` that calls `enqueue(task, …)`, and perhaps another one around it.
_MOST_FORWARDERS = 3


class Send(Struct, frozen=True):
    """A place that sends something to a queue."""

    located: Located
    """What is sent: a task, a function, its name."""
    line: int
    resolve: Resolver
    is_schedule: bool = False
    """A timetable does it."""


class Calls:
    """All calls of a project, by what is called."""

    def __init__(self, code: Code) -> None:
        """Sort the calls."""
        self._code = code
        self._by_name: dict[str, list[tuple[ProjectPath, ScopedCall]]] = defaultdict(list)
        for outline in code.outlines:
            for one in outline.calls:
                self._by_name[one.call.name].append((outline.path, one))

    def named(self, *names: str) -> Iterator[tuple[ProjectPath, Scope, Call]]:
        """The calls of something that has one of some names, whatever stands before it."""
        for name in names:
            for path, one in self._by_name.get(name, ()):
                yield path, one.scope, one.call

    def find_passed(
        self, *, path: ProjectPath, function: Function, parameter: str
    ) -> Iterator[tuple[Located, int]]:
        """What the callers of a function give to one of its parameters, and the line."""
        position = _position_of(function, parameter)
        if parameter not in (one.lstrip("*") for one in function.parameters):
            return
        for caller, scope, call in self.named(function.name):
            if not call.dotted:
                continue
            for meaning in self._code.find_meanings(caller, scope, call.dotted):
                if (
                    isinstance(meaning, Definition)
                    and meaning.what is function
                    and meaning.path == path
                ):
                    value = call.argument(position, parameter)
                    if value is not None:
                        yield Located(caller, scope, value), call.line


def _position_of(function: Function, parameter: str) -> int | None:
    names = list(function.parameters)
    if names and names[0] in ("self", "cls"):
        names.pop(0)
    return names.index(parameter) if parameter in names else None


def find_links(code: Code, calls: Calls, sends: Iterable[Send]) -> Iterator[tuple[Send, Link]]:
    """The links of what is sent, each with the place that sends it.

    Where a function sends what it is given, its callers are the ones that send. A file that sends
    its own tasks gives no link.
    """
    pending = [(send, _MOST_FORWARDERS) for send in sends]
    seen: set[tuple[Located, int, Resolver]] = set()
    while pending:
        send, depth = pending.pop()
        key = (send.located, send.line, send.resolve)
        if key in seen:
            continue
        seen.add(key)
        path = send.located.path
        for task in send.resolve(send.located):
            if task.path != path:
                yield send, link_to(code, path, send.line, task.path)
        if depth:
            pending.extend((one, depth - 1) for one in _passed_to(code, calls, send))


def _passed_to(code: Code, calls: Calls, send: Send) -> Iterator[Send]:
    one = send.located
    if not isinstance(one.expression, Name):
        return
    for meaning in code.find_meanings(one.path, one.scope, one.expression.dotted):
        if not isinstance(meaning, Definition) or meaning.what is not None or not meaning.name:
            continue
        function = code.table_of(meaning.path).function_at(meaning.scope)
        if function is None or meaning.rest:
            continue
        passed = calls.find_passed(path=meaning.path, function=function, parameter=meaning.name)
        for located, line in passed:
            yield replace(send, located=located, line=line)


def link_to(
    code: Code, path: ProjectPath, line: int, to: ProjectPath, *, kind: Kind = Kind.ENQUEUES
) -> Link:
    """A link with the text of its line as evidence."""
    return Link(path, to, line, kind, code.line_text(path, line))


def references(outline: Outline) -> Iterator[tuple[Scope, str, int]]:
    """Names that are handed on, not called: `on_commit(send_mail.delay)`, `f = mail.delay`."""
    for one in outline.calls:
        values: tuple[Expression, ...] = (
            *one.call.arguments,
            *(value for _, value in one.call.keywords),
        )
        for value in values:
            if isinstance(value, Name):
                yield one.scope, value.dotted, one.call.line
    for assignment in outline.assignments:
        if isinstance(assignment.value, Name):
            yield assignment.scope, assignment.value.dotted, assignment.line


def method_sends(
    code: Code, calls: Calls, methods: frozenset[str], resolve: Resolver
) -> Iterator[Send]:
    """Calls such as `send_mail.delay(…)`, and `send_mail.delay` where it is handed on."""
    for path, scope, call in calls.named(*sorted(methods)):
        if call.receiver is not None:
            yield Send(Located(path, scope, call.receiver), call.line, resolve)
    for outline in code.outlines:
        for scope, dotted, line in references(outline):
            base, _, method = dotted.rpartition(".")
            if base and method in methods:
                yield Send(Located(outline.path, scope, Name(base)), line, resolve)
