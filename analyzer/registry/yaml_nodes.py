"""YAML files as values with lines, whatever they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NoReturn

import yaml
from msgspec import Struct, field

from analyzer.model.registry import Value

LARGEST_FILE = 1_048_576
"""Bytes; records are a thousandth of that."""
# What the aliases of one document may stand for, all together: a "billion laughs" stays small.
_MOST_ALIASED_VALUES = 10_000
# Far beyond any record. PyYAML's own composer recurses in C and ends the interpreter at some depth.
_DEEPEST = 64
_TOO_DEEP = f"nested more than {_DEEPEST} levels deep"
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

# Without libyaml everything works as well, ten times slower.
YAML_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UnusableYamlError(Exception):
    """A YAML file that cannot be read; `line` and `column` are 1-based."""

    def __init__(self, message: str, line: int | None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class Repeated(Struct):
    """A field that is given again, and where the later one stands."""

    name: str
    """Dotted where it is one of a mapping further down, such as `traceability.product`."""
    line: int
    column: int


class Document(Struct):
    """One YAML document: its value, and where its fields and the entries of its lists stand."""

    value: Value
    line: int
    column: int = 1
    lines: dict[str, int] = field(default_factory=dict)
    """By the way from the top: `traceability.product`, `dependencies`, `relations.imports[0]`.

    What stands inside of an entry of a list has no line of its own.
    """
    columns: dict[str, int] = field(default_factory=dict)
    """Where the value of each field begins, or its name where the value is not on its line."""
    repeated: list[Repeated] = field(default_factory=list)
    """Fields that are given again; the later one counts."""


def read_documents(text: str) -> Iterator[Document]:
    """Read the YAML documents of a text, up to what cannot be read.

    Scalars stay the text that was written, so that `no` is "no"; only an empty scalar, `null` and
    `~` without quotes are nothing. The events of the parser are put together here and not by
    PyYAML: that gives every field its line, holds for any nesting, and is faster.

    Raises:
        UnusableYamlError: not YAML, or nested or repeated beyond any record.
    """
    composer = _Composer()
    try:
        for event in yaml.parse(text, Loader=YAML_LOADER):
            document = composer.take(event)
            if document is not None:
                yield document
                composer = _Composer()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(str(error.problem or error.context or "cannot be parsed").split())
        if "nesting depth" in problem:
            # Newer versions of PyYAML have a limit of their own; which one is met first differs.
            problem = _TOO_DEEP
        line, column = (None, None) if mark is None else (mark.line + 1, mark.column + 1)
        raise UnusableYamlError(problem, line, column) from error
    except yaml.reader.ReaderError as error:
        # libyaml counts bytes up to the character, PyYAML characters: it is looked for instead.
        code = error.character if isinstance(error.character, int) else ord(error.character)
        line = text.count("\n", 0, max(text.find(chr(code)), 0)) + 1
        raise UnusableYamlError(
            f"the character U+{code:04X} may not stand in YAML", line
        ) from error


class _Node(Struct):
    """A value, and how many values it is when every alias is written out."""

    value: Value
    size: int


class _Open(Struct):
    """A mapping or a list whose end is still to come."""

    start: yaml.NodeEvent
    anchor: str | None
    name: str | None
    """Dotted, from the top of the document; "" at the top, nothing inside of an entry of a list."""
    items: dict[str, Value] | list[Value]
    size: int = 1
    key: str | None = None
    """Of a mapping: the key whose value comes next."""


class _Composer:
    """Puts the events of one document together."""

    def __init__(self) -> None:
        self._stack: list[_Open] = []
        self._anchors: dict[str, _Node | None] = {}
        self._aliased = 0
        self._document = Document(None, 1)

    def take(self, event: yaml.Event) -> Document | None:
        """Take the next event; gives the document at its end."""
        match event:
            case yaml.ScalarEvent():
                is_null = event.implicit[0] and not event.style and event.value in _NULLS
                node = _Node(None if is_null else str(event.value), 1)
                self._set_anchor(event.anchor, node)
                self._add(node, event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._open(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                done = self._stack.pop()
                value = tuple(done.items) if isinstance(done.items, list) else _merged(done.items)
                node = _Node(value, done.size)
                self._set_anchor(done.anchor, node)
                self._add(node, done.start)
            case yaml.AliasEvent():
                self._add(self._find_aliased(event), event)
            case yaml.DocumentEndEvent():
                return self._document
            case _:
                pass
        return None

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if len(self._stack) == _DEEPEST:
            raise UnusableYamlError(_TOO_DEEP, _line(event), _column(event))
        name: str | None = ""
        if self._stack:
            above = self._stack[-1]
            is_named = above.name is not None and above.key is not None
            name = (f"{above.name}.{above.key}" if above.name else above.key) if is_named else None
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self._set_anchor(event.anchor, None)
        self._stack.append(_Open(event, event.anchor, name, {} if is_mapping else []))

    def _set_anchor(self, anchor: str | None, node: _Node | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = node

    def _find_aliased(self, event: yaml.AliasEvent) -> _Node:
        def fail(message: str) -> NoReturn:
            raise UnusableYamlError(message, _line(event), _column(event))

        if event.anchor not in self._anchors:
            fail(f"the alias *{event.anchor} stands for nothing")
        node = self._anchors[event.anchor]
        if node is None:
            fail(f"the alias *{event.anchor} contains itself")
        self._aliased += node.size
        if self._aliased > _MOST_ALIASED_VALUES:
            fail(f"its aliases stand for more than {_MOST_ALIASED_VALUES:,} values")
        return node

    def _add(self, node: _Node, event: yaml.NodeEvent) -> None:
        """Put a node where it belongs, given the event that it begins with."""
        document, line = self._document, _line(event)
        if not self._stack:
            document.value, document.line, document.column = node.value, line, _column(event)
            return
        above = self._stack[-1]
        above.size += node.size
        if isinstance(above.items, list):
            if above.name:
                name = f"{above.name}[{len(above.items)}]"
                document.lines[name], document.columns[name] = line, _column(event)
            above.items.append(node.value)
        elif above.key is None:
            above.key = self._note_key(above, node, event)
        else:
            if above.name is not None:
                name = f"{above.name}.{above.key}" if above.name else above.key
                if document.lines[name] == line:
                    document.columns[name] = _column(event)
            above.items[above.key] = node.value
            above.key = None

    def _note_key(self, above: _Open, node: _Node, event: yaml.NodeEvent) -> str:
        key = node.value if isinstance(node.value, str) else as_text(node.value)
        name = f"{above.name}.{key}" if above.name else key
        if key in above.items:
            self._document.repeated.append(Repeated(name, _line(event), _column(event)))
        if above.name is not None:
            self._document.lines[name] = _line(event)
            self._document.columns[name] = _column(event)
        return key


def _merged(items: dict[str, Value]) -> Value:
    """A mapping with what its `<<` brings in; its own fields come first, then the earlier ones.

    Source: https://yaml.org/type/merge.html
    """
    merge = items.get("<<")
    others = merge if isinstance(merge, tuple) else (merge,)
    mappings = [other for other in others if isinstance(other, Mapping)]
    if not mappings:
        return items
    own = {key: value for key, value in items.items() if key != "<<"}
    for other in mappings:
        own = {**other, **own}
    return own


def _line(event: yaml.Event) -> int:
    return 1 if event.start_mark is None else int(event.start_mark.line) + 1


def _column(event: yaml.Event) -> int:
    return 1 if event.start_mark is None else int(event.start_mark.column) + 1


def is_empty(value: Value) -> bool:
    """Whether a value says nothing: there is none, or only blanks, or an empty list."""
    return not (value.strip() if isinstance(value, str) else value)


def as_text(value: Value) -> str:
    """A value on one line, for messages."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, tuple):
        return "a list"
    return "null" if value is None else " ".join(value.split())
