"""Shell text as the simple commands that it runs, in order.

Parsed by tree-sitter's grammar of bash, which goes on after what it cannot read. Only what decides
which files are started is followed: working directory, variables, loops over literal lists, and
functions that are given the name of a script. Branches are all taken.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace
from tree_sitter import Node

from analyzer.sources.invocations.base import UNKNOWN, Command, Place, Word
from analyzer.sources.invocations.places import ProjectTree
from analyzer.sources.invocations.shell_steps import (
    POSITIONAL,
    Step,
    Steps,
    find_hits,
    find_steps,
    lines_around,
)
from analyzer.sources.invocations.shell_words import Expander

_MOST_LOOPS = 64
_DEEPEST_CALL = 3


class ShellText(Struct, frozen=True):
    """A piece of shell, and where it stands."""

    text: str
    line: int
    """1-based line of its first line in the file."""
    place: Place
    variables: Mapping[str, str] = field(default_factory=dict)


def read_commands(
    shell: ShellText, *, tree: ProjectTree, interesting: Sequence[re.Pattern[bytes]]
) -> Iterator[Command]:
    """Read the commands of a piece of shell.

    Args:
        shell: the text.
        tree: where `cd` leads.
        interesting: found in each text that may start a file of the project.
    """
    data = shell.text.encode("utf-8", "replace")
    hits = find_hits(data, interesting)
    if hits:
        steps = find_steps(data, hits)
        yield from _Run(shell, tree).read(steps)
        for line, start, end in lines_around(data, steps.broken):
            # What stands around it cannot be read, the line alone may be.
            text = data[start:end]
            alone = replace(shell, text=text.decode("utf-8", "replace"), line=shell.line + line)
            near = [hit - start for hit in hits if start <= hit < end]
            yield from _Run(alone, tree).read(find_steps(text, near))


class _Scope(Struct):
    """A part of the text after which working directory or variables are as before."""

    end: int
    kind: str
    folders: tuple[str, ...]
    name: str = ""


class _Run:
    """One piece of shell, read from top to bottom."""

    def __init__(self, shell: ShellText, tree: ProjectTree) -> None:
        self._line = shell.line
        self._tree = tree
        self._words = Expander(shell.place, tree, dict(shell.variables))
        self._pushed: list[tuple[str, ...]] = []
        self._previous: tuple[str, ...] = ()
        self._scopes: list[_Scope] = []
        self._functions: dict[str, list[Step]] = {}
        self._loops: dict[str, list[str]] = {}

    def read(self, steps: Steps) -> Iterator[Command]:
        """Read all commands."""
        command_end = 0
        for step in steps.steps:
            while self._scopes and self._scopes[-1].end <= step.start:
                self._leave(self._scopes.pop())
            match step.kind:
                case "command":
                    command_end = step.end
                    self._note(step)
                    yield from self._run(step, line=None, depth=0)
                case "variable_assignment":
                    if step.start >= command_end:
                        self._note(step)
                        self._set(step.node)
                case _:
                    self._enter(step.node, step.kind)

    @property
    def _folders(self) -> tuple[str, ...]:
        return self._words.place.folders

    def _move(self, folders: tuple[str, ...]) -> None:
        self._words.place = replace(self._words.place, folders=folders)

    def _enter(self, node: Node, kind: str) -> None:
        name = ""
        if kind == "function_definition":
            named = node.child_by_field_name("name")
            name = _decode(named)
            self._functions[name] = []
        elif kind == "for_statement":
            variable = node.child_by_field_name("variable")
            name = _decode(variable)
            values = []
            for one in node.children_by_field_name("value"):
                text = self._words.expand(one)
                values += _split(text) if _is_split(one) else [text]
            known = [one for one in values if UNKNOWN not in one and "*" not in one]
            self._loops[name] = known[:_MOST_LOOPS]
            self._words.variables[name] = UNKNOWN
        self._scopes.append(_Scope(node.end_byte, kind, self._folders, name))

    def _leave(self, scope: _Scope) -> None:
        match scope.kind:
            case "if_statement" | "case_item":
                self._move(tuple(dict.fromkeys((*self._folders, *scope.folders))))
            case "for_statement":
                self._loops.pop(scope.name, None)
            case _:
                self._move(scope.folders)

    def _set(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        value = node.child_by_field_name("value")
        if name is None or name.type != "variable_name":
            return
        key = _decode(name)
        text = "" if value is None else self._words.expand(value)
        if any(child.type == "+=" for child in node.children):
            text = (
                self._words.variables.get(key, "")
                + (" " if value and value.type == "array" else "")
                + text
            )
        elif UNKNOWN in text and self._is_kept(key):
            return
        self._words.variables[key] = text

    def _is_kept(self, key: str) -> bool:
        """Whether a known value stands, since another one is only taken under a condition."""
        is_conditional = any(one.kind in ("if_statement", "case_item") for one in self._scopes)
        return is_conditional and UNKNOWN not in self._words.variables.get(key, UNKNOWN)

    def _note(self, step: Step) -> None:
        """Keep what a function does, for the calls of it."""
        for scope in reversed(self._scopes):
            if scope.kind == "function_definition":
                self._functions[scope.name].append(step)
                return

    def _run(self, step: Step, *, line: int | None, depth: int) -> Iterator[Command]:
        node, text = step.node, step.text
        called = self._functions.get(_decode(node.child_by_field_name("name")))
        if called is not None:
            if depth < _DEEPEST_CALL and any(POSITIONAL.search(one.text) for one in called):
                yield from self._call(node, called, line=line, depth=depth)
            return
        loops = [
            (name, values)
            for name, values in self._loops.items()
            if name.encode() in text and values
        ]
        if not loops:
            yield from self._emit(node, line=line)
            return
        name, values = loops[-1]
        before = self._words.variables.get(name, UNKNOWN)
        for value in values:
            self._words.variables[name] = value
            yield from self._emit(node, line=line)
        self._words.variables[name] = before

    def _call(
        self, node: Node, called: Sequence[Step], *, line: int | None, depth: int
    ) -> Iterator[Command]:
        """Run what a function does with its arguments; the rest was read where it is defined."""
        arguments = [self._words.expand(one) for one in node.children_by_field_name("argument")]
        if not arguments:
            return
        where = self._line_of(node) if line is None else line
        own = {str(number): value for number, value in enumerate(arguments, 1)}
        own["@"] = own["*"] = shlex.join(arguments)
        outer = self._words.variables
        self._words.variables = {**outer, **own}
        folders = self._folders
        given: set[bytes] = set()
        for step in tuple(called):
            is_given = POSITIONAL.search(step.text) is not None
            is_given = is_given or any(name in step.text for name in given)
            if step.kind == "variable_assignment":
                self._set(step.node)
                if is_given:
                    name = step.text.partition(b"=")[0]
                    given |= {b"$" + name, b"${" + name}
            elif is_given or step.text.startswith((b"cd", b"pushd", b"popd")):
                yield from self._run(step, line=where, depth=depth + 1)
        self._words.variables = outer
        self._move(folders)

    def _emit(self, node: Node, *, line: int | None) -> Iterator[Command]:
        words, own = self._expand_words(node, line)
        if not words:
            return
        match words[0].text, [word.text for word in words[1:] if word.text not in ("--", "-P")]:
            case "cd" | "pushd" as head, [target, *_]:
                self._change(head, target)
            case "cd", []:
                self._move(())
            case "popd", _:
                self._move(self._pushed.pop() if self._pushed else ())
            case _:
                variables = {**self._words.variables, **own}
                yield Command(words, self._words.place, variables, self._heredoc(node))

    def _change(self, head: str, target: str) -> None:
        now = self._folders
        if head == "pushd":
            self._pushed.append(now)
        if target == "-":
            self._move(self._previous)
        else:
            self._move(self._tree.find_folders(target, self._words.place))
        self._previous = now

    def _expand_words(
        self, node: Node, line: int | None
    ) -> tuple[tuple[Word, ...], dict[str, str]]:
        words: list[Word] = []
        own: dict[str, str] = {}
        for child in node.named_children:
            if child.type == "variable_assignment":
                name = child.child_by_field_name("name")
                value = child.child_by_field_name("value")
                own[_decode(name)] = "" if value is None else self._words.expand(value)
                continue
            if child.type in ("file_redirect", "herestring_redirect", "heredoc_redirect"):
                continue
            text = self._words.expand(child)
            where = self._line_of(child) if line is None else line
            if _is_split(child):
                words.extend(Word(one, where) for one in _split(text))
            else:
                words.append(Word(text, where))
        return tuple(words), own

    def _heredoc(self, node: Node) -> Word | None:
        around = node.parent
        if around is None or around.type != "redirected_statement":
            return None
        for redirect in around.children:
            if redirect.type == "heredoc_redirect":
                for child in redirect.children:
                    if child.type == "heredoc_body":
                        return Word(_decode(child), self._line_of(child))
        return None

    def _line_of(self, node: Node) -> int:
        return self._line + node.start_point[0]


def _is_split(node: Node) -> bool:
    """Whether a shell splits the value into words: a bare variable, or all values of a list."""
    text = node.text or b""
    is_bare = text.startswith(b"$") and not text.startswith((b"$(", b"$'"))
    return (is_bare and text.count(b"$") == 1) or text in (b'"$@"', b'"${@}"') or b"[@]}" in text


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _decode(node: Node | None) -> str:
    return "" if node is None else (node.text or b"").decode("utf-8", "replace")
